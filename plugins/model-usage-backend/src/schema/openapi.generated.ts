// Generated from plugins/model-usage-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import type { ModelUsagePaths } from '@modelhub/backstage-plugin-models-common';
import { createDocumentRouter } from '@modelhub/backstage-plugin-models-node';
import type { RequestHandler } from 'express';

/** Every route with the types of its parameters, answer, body and query. */
export type Routes = {
  post: {
    '/batches': RequestHandler<
      {},
      ModelUsagePaths['/batches']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/batches']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/leases': RequestHandler<
      {},
      ModelUsagePaths['/leases']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/leases']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/traces': RequestHandler<
      {},
      ModelUsagePaths['/traces']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/traces']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
  };
  get: {
    '/budgets': RequestHandler<
      {},
      ModelUsagePaths['/budgets']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelUsagePaths['/budgets']['get']['parameters']['query']>
    >;
    '/budgets/:kind/:subject': RequestHandler<
      { kind: string; subject: string },
      ModelUsagePaths['/budgets/{kind}/{subject}']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/budgets/{kind}/{subject}']['get']['parameters']['query']
      >
    >;
    '/spending': RequestHandler<
      {},
      ModelUsagePaths['/spending']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelUsagePaths['/spending']['get']['parameters']['query']>
    >;
    '/spending/:kind/:subject': RequestHandler<
      { kind: string; subject: string },
      ModelUsagePaths['/spending/{kind}/{subject}']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/spending/{kind}/{subject}']['get']['parameters']['query']
      >
    >;
    '/spending/:kind/:subject/models': RequestHandler<
      { kind: string; subject: string },
      ModelUsagePaths['/spending/{kind}/{subject}/models']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/spending/{kind}/{subject}/models']['get']['parameters']['query']
      >
    >;
    '/totals': RequestHandler<
      {},
      ModelUsagePaths['/totals']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelUsagePaths['/totals']['get']['parameters']['query']>
    >;
    '/called-scopes': RequestHandler<
      {},
      ModelUsagePaths['/called-scopes']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/called-scopes']['get']['parameters']['query']
      >
    >;
    '/own-called-models': RequestHandler<
      {},
      ModelUsagePaths['/own-called-models']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/own-called-models']['get']['parameters']['query']
      >
    >;
    '/enforcement-report': RequestHandler<
      {},
      ModelUsagePaths['/enforcement-report']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/enforcement-report']['get']['parameters']['query']
      >
    >;
    '/enforcement-report/profiles': RequestHandler<
      {},
      ModelUsagePaths['/enforcement-report/profiles']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/enforcement-report/profiles']['get']['parameters']['query']
      >
    >;
  };
  put: {
    '/budgets/:kind/:subject': RequestHandler<
      { kind: string; subject: string },
      ModelUsagePaths['/budgets/{kind}/{subject}']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/budgets/{kind}/{subject}']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
  };
  delete: {
    '/budgets/:kind/:subject': RequestHandler<
      { kind: string; subject: string },
      void,
      unknown,
      {}
    >;
  };
};

/** An express router that takes only the routes of the document. */
export type OpenapiRouter = RequestHandler & {
  use(...handlers: RequestHandler[]): OpenapiRouter;
  post<P extends keyof Routes['post']>(
    path: P,
    ...handlers: Array<Routes['post'][P]>
  ): OpenapiRouter;
  get<P extends keyof Routes['get']>(
    path: P,
    ...handlers: Array<Routes['get'][P]>
  ): OpenapiRouter;
  put<P extends keyof Routes['put']>(
    path: P,
    ...handlers: Array<Routes['put'][P]>
  ): OpenapiRouter;
  delete<P extends keyof Routes['delete']>(
    path: P,
    ...handlers: Array<Routes['delete'][P]>
  ): OpenapiRouter;
};

export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'model-usage',
    version: '1',
    description:
      'What gateways report of calls, budgets, shared quotas, and what enforcing would refuse.',
    license: {
      name: 'Apache-2.0',
      url: 'http://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  paths: {
    '/batches': {
      post: {
        operationId: 'ingestUsage',
        tags: ['ingest'],
        summary:
          'Takes a batch of usage records exactly once. `Authorization: Gateway <proof>`.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                description: '`UsageBatch` of @modelhub/governance-protocol.',
                required: ['batchId', 'records'],
                properties: {
                  batchId: { type: 'string' },
                  records: { type: 'array', items: { type: 'object' } },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description:
              'What became of it; the same answer however often it is sent',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/UsageReceipt' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/leases': {
      post: {
        operationId: 'leaseQuotas',
        tags: ['leases'],
        summary:
          'A gateway says what it holds of limits and budgets, and is told what it may hold. `Authorization: Gateway <proof>`.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                description: '`LeaseRequest` of @modelhub/governance-protocol.',
              },
            },
          },
        },
        responses: {
          '200': {
            description: '`LeaseAnswer` of @modelhub/governance-protocol',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/QuotaLeases' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/traces': {
      post: {
        operationId: 'stepTrace',
        tags: ['traces'],
        summary:
          'A gateway adds a call of an agent to its trace, which all gateways share. `Authorization: Gateway <proof>`.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/TraceStep' },
            },
          },
        },
        responses: {
          '200': {
            description: '`TraceAnswer` of @modelhub/governance-protocol',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/TraceAnswer' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/budgets': {
      get: {
        operationId: 'listBudgets',
        tags: ['budgets'],
        summary:
          "Budgets of the caller's profiles, teams and keys, or all with permission `model.budget.manage`.",
        parameters: [{ $ref: '#/components/parameters/Month' }],
        responses: {
          '200': {
            description: 'Budgets with what was spent in the month',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Budget' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/budgets/{kind}/{subject}': {
      parameters: [
        { $ref: '#/components/parameters/Kind' },
        { $ref: '#/components/parameters/Subject' },
      ],
      get: {
        operationId: 'getBudget',
        tags: ['budgets'],
        parameters: [{ $ref: '#/components/parameters/Month' }],
        responses: {
          '200': {
            description: 'The budget',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Budget' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      put: {
        operationId: 'putBudget',
        tags: ['budgets'],
        summary:
          'Sets what may be spent in each month. Needs permission `model.budget.manage`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/BudgetInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The budget',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Budget' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      delete: {
        operationId: 'deleteBudget',
        tags: ['budgets'],
        summary:
          'Nothing bounds the spending any more. Needs permission `model.budget.manage`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        responses: {
          '204': { description: 'Gone' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/spending': {
      get: {
        operationId: 'listSpending',
        tags: ['spending'],
        summary:
          'What profiles, teams and keys spent in a month, and the budgets they have. Everybody sees their own; permission `model.budget.manage` or `model.gateway.manage` shows all.',
        parameters: [
          { $ref: '#/components/parameters/Month' },
          {
            name: 'kind',
            in: 'query',
            schema: { $ref: '#/components/schemas/BudgetKind' },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description:
              'Who spent most first, then budgets of which nothing was spent',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['month', 'items'],
                  properties: {
                    month: { type: 'string' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Spending' },
                    },
                    nextCursor: { type: 'string' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/spending/{kind}/{subject}': {
      parameters: [
        { $ref: '#/components/parameters/Kind' },
        { $ref: '#/components/parameters/Subject' },
      ],
      get: {
        operationId: 'getSpendingHistory',
        tags: ['spending'],
        summary: 'What was spent month by month, with the alerts of each.',
        parameters: [
          {
            name: 'months',
            in: 'query',
            description: 'How far back, with this one; 12 by default.',
            schema: { type: 'integer', minimum: 1, maximum: 36 },
          },
        ],
        responses: {
          '200': {
            description: 'One item for each month, the oldest first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['id', 'kind', 'subject', 'items'],
                  properties: {
                    id: { type: 'string' },
                    kind: { $ref: '#/components/schemas/BudgetKind' },
                    subject: { type: 'string' },
                    budget: { $ref: '#/components/schemas/Budget' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/SpendingMonth' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/spending/{kind}/{subject}/models': {
      parameters: [
        { $ref: '#/components/parameters/Kind' },
        { $ref: '#/components/parameters/Subject' },
      ],
      get: {
        operationId: 'listModelSpending',
        tags: ['spending'],
        summary:
          'Which models a profile, team or key called in a month, and what each cost.',
        parameters: [
          { $ref: '#/components/parameters/Month' },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description:
              'The largest number of calls first; a model with prices in two currencies comes twice',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['month', 'items'],
                  properties: {
                    month: { type: 'string' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ModelSpending' },
                    },
                    nextCursor: { type: 'string' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/totals': {
      get: {
        operationId: 'listUsageTotals',
        tags: ['totals'],
        summary:
          'What was used in a month, by profile, team, key and model. Members of a profile see theirs; permission `model.gateway.manage` shows all.',
        parameters: [
          { $ref: '#/components/parameters/Month' },
          { $ref: '#/components/parameters/Profile' },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Totals, the largest number of calls first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['month', 'items'],
                  properties: {
                    month: { type: 'string' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/UsageTotal' },
                    },
                    nextCursor: { type: 'string' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/called-scopes': {
      get: {
        operationId: 'listCalledScopes',
        tags: ['totals'],
        summary:
          'Calls that passed by an approval, summed up by model, profile, purpose and tier, as far back as records are kept. Members of a profile see theirs; permission `model.gateway.manage` shows all.',
        parameters: [{ $ref: '#/components/parameters/Days' }],
        responses: {
          '200': {
            description:
              'Sums, the largest number of calls first; 10,000 at most',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['from', 'to', 'items'],
                  properties: {
                    from: { type: 'string' },
                    to: { type: 'string' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/CalledScope' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/own-called-models': {
      get: {
        operationId: 'listOwnCalledModels',
        tags: ['totals'],
        summary:
          "Models that the caller's own access profiles, teams and keys called, whatever else the caller may see; by month, so as far back as the month in which the days begin.",
        parameters: [{ $ref: '#/components/parameters/Days' }],
        responses: {
          '200': {
            description: 'The largest number of calls first; 1,000 at most',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/OwnCalledModel' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/enforcement-report': {
      get: {
        operationId: 'getEnforcementReport',
        tags: ['enforcement'],
        summary:
          'What enforcing would have refused of the calls of profiles that only observe or warn. Members of a profile see theirs; permission `model.gateway.manage` shows all.',
        parameters: [
          { $ref: '#/components/parameters/Profile' },
          { $ref: '#/components/parameters/Days' },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Calls that would be refused, the most frequent first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['from', 'calls', 'items'],
                  properties: {
                    from: { type: 'string', format: 'date-time' },
                    calls: { type: 'integer', description: 'Of all items.' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/UncoveredUse' },
                    },
                    nextCursor: { type: 'string' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/enforcement-report/profiles': {
      get: {
        operationId: 'listEnforcementProfiles',
        tags: ['enforcement'],
        summary: 'The same summed up for each access profile.',
        parameters: [
          { $ref: '#/components/parameters/Profile' },
          { $ref: '#/components/parameters/Days' },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description:
              'Profiles of which enforcing would refuse a call, the most calls first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['from', 'items'],
                  properties: {
                    from: { type: 'string', format: 'date-time' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/UncoveredProfile' },
                    },
                    nextCursor: { type: 'string' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
  },
  components: {
    parameters: {
      Month: {
        name: 'month',
        in: 'query',
        description: 'UTC; this month by default.',
        schema: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' },
      },
      Kind: {
        name: 'kind',
        in: 'path',
        required: true,
        schema: { $ref: '#/components/schemas/BudgetKind' },
      },
      Subject: {
        name: 'subject',
        in: 'path',
        required: true,
        description: 'Id of the profile or key; entity ref of the team.',
        schema: { type: 'string', minLength: 1, maxLength: 400 },
      },
      Days: {
        name: 'days',
        in: 'query',
        description: 'How far back, 30 by default.',
        schema: { type: 'integer', minimum: 1, maximum: 366 },
      },
      Profile: {
        name: 'profile',
        in: 'query',
        schema: { type: 'string', minLength: 1, maxLength: 100 },
      },
      Cursor: { name: 'cursor', in: 'query', schema: { type: 'string' } },
      Limit: {
        name: 'limit',
        in: 'query',
        schema: { type: 'integer', minimum: 1, maximum: 500 },
      },
      IdempotencyKey: {
        name: 'Idempotency-Key',
        in: 'header',
        description:
          'The same key with the same body answers as the first time and does nothing twice; with another body it is refused.',
        schema: { type: 'string', minLength: 8, maxLength: 200 },
      },
    },
    responses: {
      Error: {
        description: 'An error as @backstage/errors serialises it',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    },
    schemas: {
      TraceStep: {
        type: 'object',
        additionalProperties: false,
        required: ['trace', 'forget', 'calls', 'risk', 'limits'],
        description: '`TraceStep` of @modelhub/governance-protocol.',
        properties: {
          trace: { type: 'string', pattern: '^[0-9a-f]{64}$' },
          forget: { type: 'string', enum: ['idle', 'hourly'] },
          calls: { type: 'integer', minimum: -1, maximum: 1 },
          risk: { type: 'number', minimum: -1000000000, maximum: 1000000000 },
          call: { type: 'string', minLength: 1, maxLength: 64 },
          limits: {
            type: 'object',
            additionalProperties: false,
            properties: {
              calls: { type: 'integer', minimum: 1 },
              risk: { type: 'number', minimum: 0 },
              repeats: { type: 'integer', minimum: 1 },
            },
          },
        },
      },
      TraceAnswer: {
        type: 'object',
        required: ['calls', 'risk'],
        properties: {
          exceeded: { type: 'string', enum: ['calls', 'risk', 'repeats'] },
          calls: { type: 'integer' },
          risk: { type: 'number' },
        },
      },
      Error: {
        type: 'object',
        required: ['error', 'response'],
        properties: {
          error: {
            type: 'object',
            required: ['name', 'message'],
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
            },
          },
          request: { type: 'object' },
          response: { type: 'object' },
        },
      },
      UsageReceipt: {
        type: 'object',
        required: ['batchId', 'receivedAt', 'records', 'accepted'],
        properties: {
          batchId: { type: 'string' },
          receivedAt: { type: 'string', format: 'date-time' },
          records: { type: 'integer' },
          accepted: {
            type: 'integer',
            description: 'Those that were not known from another batch.',
          },
        },
      },
      QuotaLeases: {
        type: 'object',
        required: ['gateways', 'limits', 'budgets', 'budgetsVersion'],
        properties: {
          gateways: { type: 'integer' },
          limits: {
            type: 'array',
            items: {
              type: 'object',
              required: ['subject', 'limit', 'share'],
              properties: {
                subject: { type: 'string' },
                limit: {
                  type: 'string',
                  enum: [
                    'requestsPerMinute',
                    'tokensPerMinute',
                    'maxConcurrent',
                  ],
                },
                share: { type: 'number' },
              },
            },
          },
          budgets: {
            type: 'array',
            items: {
              type: 'object',
              required: ['budget', 'month', 'shareMicros', 'exhausted'],
              properties: {
                budget: { type: 'string' },
                month: { type: 'string' },
                shareMicros: { type: 'integer' },
                exhausted: { type: 'boolean' },
                amountMicros: { type: 'integer' },
                leftMicros: { type: 'integer' },
              },
            },
          },
          budgetsVersion: { type: 'string' },
          list: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'currency'],
              properties: {
                id: { type: 'string' },
                currency: { type: 'string' },
              },
            },
          },
        },
      },
      BudgetKind: { type: 'string', enum: ['profile', 'team', 'key'] },
      BudgetInput: {
        type: 'object',
        additionalProperties: false,
        required: ['amount', 'currency'],
        properties: {
          amount: {
            type: 'number',
            minimum: 0,
            maximum: 1000000000,
            description: 'For a month, in units of the currency.',
          },
          currency: {
            type: 'string',
            pattern: '^[A-Z]{3}$',
            description: 'ISO 4217',
          },
          notify: {
            type: 'array',
            maxItems: 20,
            items: { type: 'string', minLength: 1, maxLength: 400 },
            description: 'Entity refs that hear of alerts besides the owner.',
          },
        },
      },
      Budget: {
        type: 'object',
        required: [
          'id',
          'kind',
          'subject',
          'amount',
          'currency',
          'notify',
          'updatedBy',
          'updatedAt',
          'month',
          'spent',
          'held',
          'calls',
          'unpricedCalls',
          'alerts',
        ],
        properties: {
          id: {
            type: 'string',
            description: 'For example `profile:checkout`.',
          },
          kind: { $ref: '#/components/schemas/BudgetKind' },
          subject: { type: 'string' },
          amount: {
            type: 'number',
            description: 'For a month, in units of the currency.',
          },
          currency: { type: 'string' },
          notify: { type: 'array', items: { type: 'string' } },
          updatedBy: { type: 'string' },
          updatedAt: { type: 'string', format: 'date-time' },
          month: { type: 'string' },
          spent: { type: 'number', description: 'As reported by gateways.' },
          held: {
            type: 'number',
            description:
              'What gateways hold of it and have not reported as spent.',
          },
          calls: {
            type: 'integer',
            description: 'Calls of the month in this currency.',
          },
          unpricedCalls: {
            type: 'integer',
            description:
              'Calls that do not count because their model has no price or one in another currency.',
          },
          forecast: {
            type: 'number',
            description:
              'What the whole month costs if it goes on as it did so far; absent on the first day of a month, and the amount spent for one that is over.',
          },
          alerts: {
            type: 'array',
            items: { $ref: '#/components/schemas/BudgetAlert' },
          },
        },
      },
      BudgetAlert: {
        type: 'object',
        required: ['percent', 'at'],
        properties: {
          percent: { type: 'integer', enum: [50, 80, 100] },
          at: { type: 'string', format: 'date-time' },
        },
      },
      Cost: {
        type: 'object',
        required: ['currency', 'amount', 'calls'],
        properties: {
          currency: { type: 'string' },
          amount: { type: 'number', description: 'In units of the currency.' },
          calls: { type: 'integer' },
        },
      },
      Spending: {
        type: 'object',
        required: ['id', 'kind', 'subject', 'calls', 'unpricedCalls', 'costs'],
        properties: {
          id: {
            type: 'string',
            description: 'For example `profile:checkout`.',
          },
          kind: { $ref: '#/components/schemas/BudgetKind' },
          subject: { type: 'string' },
          calls: { type: 'integer', description: 'Those that were answered.' },
          unpricedCalls: {
            type: 'integer',
            description: 'Those whose model has no price.',
          },
          costs: {
            type: 'array',
            items: { $ref: '#/components/schemas/Cost' },
          },
          budget: { $ref: '#/components/schemas/Budget' },
        },
      },
      SpendingMonth: {
        type: 'object',
        required: ['month', 'calls', 'unpricedCalls', 'costs', 'alerts'],
        properties: {
          month: { type: 'string' },
          calls: { type: 'integer' },
          unpricedCalls: { type: 'integer' },
          costs: {
            type: 'array',
            items: { $ref: '#/components/schemas/Cost' },
          },
          alerts: {
            type: 'array',
            items: { $ref: '#/components/schemas/BudgetAlert' },
          },
        },
      },
      ModelSpending: {
        type: 'object',
        required: ['model', 'calls', 'refused', 'inputTokens', 'outputTokens'],
        properties: {
          model: { type: 'string', description: 'What callers call it.' },
          calls: { type: 'integer' },
          refused: {
            type: 'integer',
            description: 'Those that no provider was asked for.',
          },
          inputTokens: { type: 'integer' },
          outputTokens: { type: 'integer' },
          currency: { type: 'string' },
          cost: { type: 'number', description: 'In units of the currency.' },
        },
      },
      CalledScope: {
        type: 'object',
        required: ['model', 'profile', 'purpose', 'tier', 'calls', 'lastAt'],
        properties: {
          model: { type: 'string', description: 'Gateway id.' },
          profile: { type: 'string' },
          purpose: { type: 'string' },
          tier: {
            type: 'string',
            enum: ['sandbox', 'internal', 'customer-facing', 'regulated'],
          },
          calls: { type: 'integer' },
          lastAt: { type: 'string' },
        },
      },
      OwnCalledModel: {
        type: 'object',
        required: ['model', 'calls'],
        properties: {
          model: { type: 'string', description: 'Gateway id.' },
          calls: { type: 'integer', description: 'Those that were answered.' },
        },
      },
      UsageTotal: {
        type: 'object',
        required: [
          'profile',
          'keyId',
          'model',
          'calls',
          'refused',
          'unpricedCalls',
          'estimatedCalls',
          'inputTokens',
          'outputTokens',
          'cachedInputTokens',
        ],
        properties: {
          profile: { type: 'string' },
          team: { type: 'string' },
          keyId: { type: 'string' },
          model: { type: 'string' },
          currency: { type: 'string' },
          cost: { type: 'number', description: 'In units of the currency.' },
          calls: { type: 'integer' },
          refused: {
            type: 'integer',
            description: 'Those that no provider was asked for.',
          },
          unpricedCalls: { type: 'integer' },
          estimatedCalls: {
            type: 'integer',
            description: 'Those whose tokens were estimated.',
          },
          inputTokens: { type: 'integer' },
          outputTokens: { type: 'integer' },
          cachedInputTokens: { type: 'integer' },
        },
      },
      UncoveredUse: {
        type: 'object',
        required: [
          'profile',
          'model',
          'keyId',
          'code',
          'calls',
          'firstAt',
          'lastAt',
        ],
        properties: {
          profile: { type: 'string' },
          model: { type: 'string' },
          keyId: { type: 'string' },
          code: { type: 'string', description: 'Why it would be refused.' },
          calls: { type: 'integer' },
          firstAt: { type: 'string', format: 'date-time' },
          lastAt: { type: 'string', format: 'date-time' },
        },
      },
      UncoveredProfile: {
        type: 'object',
        required: ['profile', 'calls', 'models', 'keys', 'firstAt', 'lastAt'],
        properties: {
          profile: { type: 'string' },
          calls: { type: 'integer' },
          models: { type: 'integer', description: 'How many different ones.' },
          keys: { type: 'integer', description: 'How many different ones.' },
          firstAt: { type: 'string', format: 'date-time' },
          lastAt: { type: 'string', format: 'date-time' },
        },
      },
    },
  },
} as const;

/** A router that refuses what the document does not allow. */
export const createOpenapiRouter = (
  options?: Parameters<typeof createDocumentRouter>[1],
): OpenapiRouter =>
  // Inferring types from the whole document makes the type check slow.
  createDocumentRouter(spec, options) as unknown as OpenapiRouter;
