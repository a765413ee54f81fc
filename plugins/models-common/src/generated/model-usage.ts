// Generated from plugins/model-usage-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import {
  type ApiClientOptions,
  type ApiRequestOptions,
  createApiRequest,
  randomKey,
} from '../api/request';

/** @public */
export interface ModelUsagePaths {
  '/batches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes a batch of usage records exactly once. `Authorization: Gateway <proof>`. */
    post: ModelUsageOperations['ingestUsage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/leases': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A gateway says what it holds of limits and budgets, and is told what it may hold. `Authorization: Gateway <proof>`. */
    post: ModelUsageOperations['leaseQuotas'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/traces': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A gateway adds a call of an agent to its trace, which all gateways share. `Authorization: Gateway <proof>`. */
    post: ModelUsageOperations['stepTrace'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/budgets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Budgets of the caller's profiles, teams and keys, or all with permission `model.budget.manage`. */
    get: ModelUsageOperations['listBudgets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/budgets/{kind}/{subject}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: ModelUsageComponents['parameters']['Kind'];
        /** @description Id of the profile or key; entity ref of the team. */
        subject: ModelUsageComponents['parameters']['Subject'];
      };
      cookie?: never;
    };
    get: ModelUsageOperations['getBudget'];
    /** Sets what may be spent in each month. Needs permission `model.budget.manage`. */
    put: ModelUsageOperations['putBudget'];
    post?: never;
    /** Nothing bounds the spending any more. Needs permission `model.budget.manage`. */
    delete: ModelUsageOperations['deleteBudget'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/spending': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What profiles, teams and keys spent in a month, and the budgets they have. Everybody sees their own; permission `model.budget.manage` or `model.gateway.manage` shows all. */
    get: ModelUsageOperations['listSpending'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/spending/{kind}/{subject}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: ModelUsageComponents['parameters']['Kind'];
        /** @description Id of the profile or key; entity ref of the team. */
        subject: ModelUsageComponents['parameters']['Subject'];
      };
      cookie?: never;
    };
    /** What was spent month by month, with the alerts of each. */
    get: ModelUsageOperations['getSpendingHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/spending/{kind}/{subject}/models': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kind: ModelUsageComponents['parameters']['Kind'];
        /** @description Id of the profile or key; entity ref of the team. */
        subject: ModelUsageComponents['parameters']['Subject'];
      };
      cookie?: never;
    };
    /** Which models a profile, team or key called in a month, and what each cost. */
    get: ModelUsageOperations['listModelSpending'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/totals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was used in a month, by profile, team, key and model. Members of a profile see theirs; permission `model.gateway.manage` shows all. */
    get: ModelUsageOperations['listUsageTotals'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/called-scopes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Calls that passed by an approval, summed up by model, profile, purpose and tier, as far back as records are kept. Members of a profile see theirs; permission `model.gateway.manage` shows all. */
    get: ModelUsageOperations['listCalledScopes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/own-called-models': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Models that the caller's own access profiles, teams and keys called, whatever else the caller may see; by month, so as far back as the month in which the days begin. */
    get: ModelUsageOperations['listOwnCalledModels'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/enforcement-report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What enforcing would have refused of the calls of profiles that only observe or warn. Members of a profile see theirs; permission `model.gateway.manage` shows all. */
    get: ModelUsageOperations['getEnforcementReport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/enforcement-report/profiles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same summed up for each access profile. */
    get: ModelUsageOperations['listEnforcementProfiles'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
/** @public */
export interface ModelUsageComponents {
  schemas: {
    /** @description `TraceStep` of @modelhub/governance-protocol. */
    TraceStep: {
      trace: string;
      /** @enum {string} */
      forget: 'idle' | 'hourly';
      calls: number;
      risk: number;
      call?: string;
      limits: {
        calls?: number;
        risk?: number;
        repeats?: number;
      };
    };
    TraceAnswer: {
      /** @enum {string} */
      exceeded?: 'calls' | 'risk' | 'repeats';
      calls: number;
      risk: number;
    };
    Error: {
      error: {
        name: string;
        message: string;
      };
      request?: Record<string, unknown>;
      response: Record<string, unknown>;
    };
    UsageReceipt: {
      batchId: string;
      /** Format: date-time */
      receivedAt: string;
      records: number;
      /** @description Those that were not known from another batch. */
      accepted: number;
    };
    QuotaLeases: {
      gateways: number;
      limits: {
        subject: string;
        /** @enum {string} */
        limit: 'requestsPerMinute' | 'tokensPerMinute' | 'maxConcurrent';
        share: number;
      }[];
      budgets: {
        budget: string;
        month: string;
        shareMicros: number;
        exhausted: boolean;
        amountMicros?: number;
        leftMicros?: number;
      }[];
      budgetsVersion: string;
      list?: {
        id: string;
        currency: string;
      }[];
    };
    /** @enum {string} */
    BudgetKind: 'profile' | 'team' | 'key';
    BudgetInput: {
      /** @description For a month, in units of the currency. */
      amount: number;
      /** @description ISO 4217 */
      currency: string;
      /** @description Entity refs that hear of alerts besides the owner. */
      notify?: string[];
    };
    Budget: {
      /** @description For example `profile:checkout`. */
      id: string;
      kind: ModelUsageComponents['schemas']['BudgetKind'];
      subject: string;
      /** @description For a month, in units of the currency. */
      amount: number;
      currency: string;
      notify: string[];
      updatedBy: string;
      /** Format: date-time */
      updatedAt: string;
      month: string;
      /** @description As reported by gateways. */
      spent: number;
      /** @description What gateways hold of it and have not reported as spent. */
      held: number;
      /** @description Calls of the month in this currency. */
      calls: number;
      /** @description Calls that do not count because their model has no price or one in another currency. */
      unpricedCalls: number;
      /** @description What the whole month costs if it goes on as it did so far; absent on the first day of a month, and the amount spent for one that is over. */
      forecast?: number;
      alerts: ModelUsageComponents['schemas']['BudgetAlert'][];
    };
    BudgetAlert: {
      /** @enum {integer} */
      percent: 50 | 80 | 100;
      /** Format: date-time */
      at: string;
    };
    Cost: {
      currency: string;
      /** @description In units of the currency. */
      amount: number;
      calls: number;
    };
    Spending: {
      /** @description For example `profile:checkout`. */
      id: string;
      kind: ModelUsageComponents['schemas']['BudgetKind'];
      subject: string;
      /** @description Those that were answered. */
      calls: number;
      /** @description Those whose model has no price. */
      unpricedCalls: number;
      costs: ModelUsageComponents['schemas']['Cost'][];
      budget?: ModelUsageComponents['schemas']['Budget'];
    };
    SpendingMonth: {
      month: string;
      calls: number;
      unpricedCalls: number;
      costs: ModelUsageComponents['schemas']['Cost'][];
      alerts: ModelUsageComponents['schemas']['BudgetAlert'][];
    };
    ModelSpending: {
      /** @description What callers call it. */
      model: string;
      calls: number;
      /** @description Those that no provider was asked for. */
      refused: number;
      inputTokens: number;
      outputTokens: number;
      currency?: string;
      /** @description In units of the currency. */
      cost?: number;
    };
    CalledScope: {
      /** @description Gateway id. */
      model: string;
      profile: string;
      purpose: string;
      /** @enum {string} */
      tier: 'sandbox' | 'internal' | 'customer-facing' | 'regulated';
      calls: number;
      lastAt: string;
    };
    OwnCalledModel: {
      /** @description Gateway id. */
      model: string;
      /** @description Those that were answered. */
      calls: number;
    };
    UsageTotal: {
      profile: string;
      team?: string;
      keyId: string;
      model: string;
      currency?: string;
      /** @description In units of the currency. */
      cost?: number;
      calls: number;
      /** @description Those that no provider was asked for. */
      refused: number;
      unpricedCalls: number;
      /** @description Those whose tokens were estimated. */
      estimatedCalls: number;
      inputTokens: number;
      outputTokens: number;
      cachedInputTokens: number;
    };
    UncoveredUse: {
      profile: string;
      model: string;
      keyId: string;
      /** @description Why it would be refused. */
      code: string;
      calls: number;
      /** Format: date-time */
      firstAt: string;
      /** Format: date-time */
      lastAt: string;
    };
    UncoveredProfile: {
      profile: string;
      calls: number;
      /** @description How many different ones. */
      models: number;
      /** @description How many different ones. */
      keys: number;
      /** Format: date-time */
      firstAt: string;
      /** Format: date-time */
      lastAt: string;
    };
  };
  responses: {
    /** @description An error as @backstage/errors serialises it */
    Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': ModelUsageComponents['schemas']['Error'];
      };
    };
  };
  parameters: {
    /** @description UTC; this month by default. */
    Month: string;
    Kind: ModelUsageComponents['schemas']['BudgetKind'];
    /** @description Id of the profile or key; entity ref of the team. */
    Subject: string;
    /** @description How far back, 30 by default. */
    Days: number;
    Profile: string;
    Cursor: string;
    Limit: number;
    /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
    IdempotencyKey: string;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
/** @public */
export interface ModelUsageOperations {
  ingestUsage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          batchId: string;
          records: Record<string, unknown>[];
        };
      };
    };
    responses: {
      /** @description What became of it; the same answer however often it is sent */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['UsageReceipt'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  leaseQuotas: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': Record<string, unknown>;
      };
    };
    responses: {
      /** @description `LeaseAnswer` of @modelhub/governance-protocol */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['QuotaLeases'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  stepTrace: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelUsageComponents['schemas']['TraceStep'];
      };
    };
    responses: {
      /** @description `TraceAnswer` of @modelhub/governance-protocol */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['TraceAnswer'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listBudgets: {
    parameters: {
      query?: {
        /** @description UTC; this month by default. */
        month?: ModelUsageComponents['parameters']['Month'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Budgets with what was spent in the month */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelUsageComponents['schemas']['Budget'][];
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getBudget: {
    parameters: {
      query?: {
        /** @description UTC; this month by default. */
        month?: ModelUsageComponents['parameters']['Month'];
      };
      header?: never;
      path: {
        kind: ModelUsageComponents['parameters']['Kind'];
        /** @description Id of the profile or key; entity ref of the team. */
        subject: ModelUsageComponents['parameters']['Subject'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The budget */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['Budget'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  putBudget: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelUsageComponents['parameters']['IdempotencyKey'];
      };
      path: {
        kind: ModelUsageComponents['parameters']['Kind'];
        /** @description Id of the profile or key; entity ref of the team. */
        subject: ModelUsageComponents['parameters']['Subject'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelUsageComponents['schemas']['BudgetInput'];
      };
    };
    responses: {
      /** @description The budget */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['Budget'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  deleteBudget: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelUsageComponents['parameters']['IdempotencyKey'];
      };
      path: {
        kind: ModelUsageComponents['parameters']['Kind'];
        /** @description Id of the profile or key; entity ref of the team. */
        subject: ModelUsageComponents['parameters']['Subject'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Gone */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listSpending: {
    parameters: {
      query?: {
        /** @description UTC; this month by default. */
        month?: ModelUsageComponents['parameters']['Month'];
        kind?: ModelUsageComponents['schemas']['BudgetKind'];
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who spent most first, then budgets of which nothing was spent */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            month: string;
            items: ModelUsageComponents['schemas']['Spending'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getSpendingHistory: {
    parameters: {
      query?: {
        /** @description How far back, with this one; 12 by default. */
        months?: number;
      };
      header?: never;
      path: {
        kind: ModelUsageComponents['parameters']['Kind'];
        /** @description Id of the profile or key; entity ref of the team. */
        subject: ModelUsageComponents['parameters']['Subject'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One item for each month, the oldest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            kind: ModelUsageComponents['schemas']['BudgetKind'];
            subject: string;
            budget?: ModelUsageComponents['schemas']['Budget'];
            items: ModelUsageComponents['schemas']['SpendingMonth'][];
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listModelSpending: {
    parameters: {
      query?: {
        /** @description UTC; this month by default. */
        month?: ModelUsageComponents['parameters']['Month'];
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path: {
        kind: ModelUsageComponents['parameters']['Kind'];
        /** @description Id of the profile or key; entity ref of the team. */
        subject: ModelUsageComponents['parameters']['Subject'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The largest number of calls first; a model with prices in two currencies comes twice */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            month: string;
            items: ModelUsageComponents['schemas']['ModelSpending'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listUsageTotals: {
    parameters: {
      query?: {
        /** @description UTC; this month by default. */
        month?: ModelUsageComponents['parameters']['Month'];
        profile?: ModelUsageComponents['parameters']['Profile'];
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Totals, the largest number of calls first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            month: string;
            items: ModelUsageComponents['schemas']['UsageTotal'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listCalledScopes: {
    parameters: {
      query?: {
        /** @description How far back, 30 by default. */
        days?: ModelUsageComponents['parameters']['Days'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Sums, the largest number of calls first; 10,000 at most */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            from: string;
            to: string;
            items: ModelUsageComponents['schemas']['CalledScope'][];
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listOwnCalledModels: {
    parameters: {
      query?: {
        /** @description How far back, 30 by default. */
        days?: ModelUsageComponents['parameters']['Days'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The largest number of calls first; 1,000 at most */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelUsageComponents['schemas']['OwnCalledModel'][];
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getEnforcementReport: {
    parameters: {
      query?: {
        profile?: ModelUsageComponents['parameters']['Profile'];
        /** @description How far back, 30 by default. */
        days?: ModelUsageComponents['parameters']['Days'];
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Calls that would be refused, the most frequent first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: date-time */
            from: string;
            /** @description Of all items. */
            calls: number;
            items: ModelUsageComponents['schemas']['UncoveredUse'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listEnforcementProfiles: {
    parameters: {
      query?: {
        profile?: ModelUsageComponents['parameters']['Profile'];
        /** @description How far back, 30 by default. */
        days?: ModelUsageComponents['parameters']['Days'];
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Profiles of which enforcing would refuse a call, the most calls first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: date-time */
            from: string;
            items: ModelUsageComponents['schemas']['UncoveredProfile'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
}

/**
 * `TraceStep` of @modelhub/governance-protocol.
 * @public */
export type TraceStep = ModelUsageComponents['schemas']['TraceStep'];
/** @public */
export type TraceAnswer = ModelUsageComponents['schemas']['TraceAnswer'];
/** @public */
export type UsageReceipt = ModelUsageComponents['schemas']['UsageReceipt'];
/** @public */
export type QuotaLeases = ModelUsageComponents['schemas']['QuotaLeases'];
/** @public */
export type BudgetKind = ModelUsageComponents['schemas']['BudgetKind'];
/** @public */
export type BudgetInput = ModelUsageComponents['schemas']['BudgetInput'];
/** @public */
export type Budget = ModelUsageComponents['schemas']['Budget'];
/** @public */
export type BudgetAlert = ModelUsageComponents['schemas']['BudgetAlert'];
/** @public */
export type Cost = ModelUsageComponents['schemas']['Cost'];
/** @public */
export type Spending = ModelUsageComponents['schemas']['Spending'];
/** @public */
export type SpendingMonth = ModelUsageComponents['schemas']['SpendingMonth'];
/** @public */
export type ModelSpending = ModelUsageComponents['schemas']['ModelSpending'];
/** @public */
export type CalledScope = ModelUsageComponents['schemas']['CalledScope'];
/** @public */
export type OwnCalledModel = ModelUsageComponents['schemas']['OwnCalledModel'];
/** @public */
export type UsageTotal = ModelUsageComponents['schemas']['UsageTotal'];
/** @public */
export type UncoveredUse = ModelUsageComponents['schemas']['UncoveredUse'];
/** @public */
export type UncoveredProfile =
  ModelUsageComponents['schemas']['UncoveredProfile'];

/**
 * Client of the model-usage backend. Every method throws `ResponseError` of `@backstage/errors`.
 *
 * @public
 */
export class ModelUsageClient {
  readonly #request: ReturnType<typeof createApiRequest>;

  constructor(options: ApiClientOptions) {
    this.#request = createApiRequest('model-usage', options);
  }
  /** Takes a batch of usage records exactly once. `Authorization: Gateway <proof>`. */
  async ingestUsage(
    request: {
      body: NonNullable<
        ModelUsagePaths['/batches']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/batches']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/batches`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** A gateway says what it holds of limits and budgets, and is told what it may hold. `Authorization: Gateway <proof>`. */
  async leaseQuotas(
    request: {
      body: NonNullable<
        ModelUsagePaths['/leases']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/leases']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/leases`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** A gateway adds a call of an agent to its trace, which all gateways share. `Authorization: Gateway <proof>`. */
  async stepTrace(
    request: {
      body: NonNullable<
        ModelUsagePaths['/traces']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/traces']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/traces`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** Budgets of the caller's profiles, teams and keys, or all with permission `model.budget.manage`. */
  async listBudgets(
    request: {
      month?: NonNullable<
        ModelUsagePaths['/budgets']['get']['parameters']['query']
      >['month'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/budgets']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/budgets`,
        {
          query: { month: request.month },
        },
        options,
      )
    ).json();
  }

  async getBudget(
    request: {
      kind: string;
      subject: string;
      month?: NonNullable<
        ModelUsagePaths['/budgets/{kind}/{subject}']['get']['parameters']['query']
      >['month'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/budgets/{kind}/{subject}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/budgets/${encodeURIComponent(request.kind)}/${encodeURIComponent(
          request.subject,
        )}`,
        {
          query: { month: request.month },
        },
        options,
      )
    ).json();
  }
  /** Sets what may be spent in each month. Needs permission `model.budget.manage`. */
  async putBudget(
    request: {
      kind: string;
      subject: string;
      body: NonNullable<
        ModelUsagePaths['/budgets/{kind}/{subject}']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/budgets/{kind}/{subject}']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/budgets/${encodeURIComponent(request.kind)}/${encodeURIComponent(
          request.subject,
        )}`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Nothing bounds the spending any more. Needs permission `model.budget.manage`. */
  async deleteBudget(
    request: {
      kind: string;
      subject: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<void> {
    await this.#request(
      'DELETE',
      `/budgets/${encodeURIComponent(request.kind)}/${encodeURIComponent(
        request.subject,
      )}`,
      {
        idempotencyKey: request.idempotencyKey ?? randomKey(),
      },
      options,
    );
  }
  /** What profiles, teams and keys spent in a month, and the budgets they have. Everybody sees their own; permission `model.budget.manage` or `model.gateway.manage` shows all. */
  async listSpending(
    request: {
      month?: NonNullable<
        ModelUsagePaths['/spending']['get']['parameters']['query']
      >['month'];
      kind?: NonNullable<
        ModelUsagePaths['/spending']['get']['parameters']['query']
      >['kind'];
      cursor?: NonNullable<
        ModelUsagePaths['/spending']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/spending']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/spending']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/spending`,
        {
          query: {
            month: request.month,
            kind: request.kind,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** What was spent month by month, with the alerts of each. */
  async getSpendingHistory(
    request: {
      kind: string;
      subject: string;
      months?: NonNullable<
        ModelUsagePaths['/spending/{kind}/{subject}']['get']['parameters']['query']
      >['months'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/spending/{kind}/{subject}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/spending/${encodeURIComponent(request.kind)}/${encodeURIComponent(
          request.subject,
        )}`,
        {
          query: { months: request.months },
        },
        options,
      )
    ).json();
  }
  /** Which models a profile, team or key called in a month, and what each cost. */
  async listModelSpending(
    request: {
      kind: string;
      subject: string;
      month?: NonNullable<
        ModelUsagePaths['/spending/{kind}/{subject}/models']['get']['parameters']['query']
      >['month'];
      cursor?: NonNullable<
        ModelUsagePaths['/spending/{kind}/{subject}/models']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/spending/{kind}/{subject}/models']['get']['parameters']['query']
      >['limit'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/spending/{kind}/{subject}/models']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/spending/${encodeURIComponent(request.kind)}/${encodeURIComponent(
          request.subject,
        )}/models`,
        {
          query: {
            month: request.month,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** What was used in a month, by profile, team, key and model. Members of a profile see theirs; permission `model.gateway.manage` shows all. */
  async listUsageTotals(
    request: {
      month?: NonNullable<
        ModelUsagePaths['/totals']['get']['parameters']['query']
      >['month'];
      profile?: NonNullable<
        ModelUsagePaths['/totals']['get']['parameters']['query']
      >['profile'];
      cursor?: NonNullable<
        ModelUsagePaths['/totals']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/totals']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/totals']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/totals`,
        {
          query: {
            month: request.month,
            profile: request.profile,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Calls that passed by an approval, summed up by model, profile, purpose and tier, as far back as records are kept. Members of a profile see theirs; permission `model.gateway.manage` shows all. */
  async listCalledScopes(
    request: {
      days?: NonNullable<
        ModelUsagePaths['/called-scopes']['get']['parameters']['query']
      >['days'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/called-scopes']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/called-scopes`,
        {
          query: { days: request.days },
        },
        options,
      )
    ).json();
  }
  /** Models that the caller's own access profiles, teams and keys called, whatever else the caller may see; by month, so as far back as the month in which the days begin. */
  async listOwnCalledModels(
    request: {
      days?: NonNullable<
        ModelUsagePaths['/own-called-models']['get']['parameters']['query']
      >['days'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/own-called-models']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/own-called-models`,
        {
          query: { days: request.days },
        },
        options,
      )
    ).json();
  }
  /** What enforcing would have refused of the calls of profiles that only observe or warn. Members of a profile see theirs; permission `model.gateway.manage` shows all. */
  async getEnforcementReport(
    request: {
      profile?: NonNullable<
        ModelUsagePaths['/enforcement-report']['get']['parameters']['query']
      >['profile'];
      days?: NonNullable<
        ModelUsagePaths['/enforcement-report']['get']['parameters']['query']
      >['days'];
      cursor?: NonNullable<
        ModelUsagePaths['/enforcement-report']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/enforcement-report']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/enforcement-report']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/enforcement-report`,
        {
          query: {
            profile: request.profile,
            days: request.days,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** The same summed up for each access profile. */
  async listEnforcementProfiles(
    request: {
      profile?: NonNullable<
        ModelUsagePaths['/enforcement-report/profiles']['get']['parameters']['query']
      >['profile'];
      days?: NonNullable<
        ModelUsagePaths['/enforcement-report/profiles']['get']['parameters']['query']
      >['days'];
      cursor?: NonNullable<
        ModelUsagePaths['/enforcement-report/profiles']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/enforcement-report/profiles']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/enforcement-report/profiles']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/enforcement-report/profiles`,
        {
          query: {
            profile: request.profile,
            days: request.days,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
}
