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
  '/insights/model': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a model was used for in a range of days, day by day or month by month, and whether that rises. Everybody who may read the model sees it. */
    get: ModelUsageOperations['getModelInsights'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/model/callers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who called a model. Owners of the model and permissions `model.gateway.manage` and `model.budget.manage` see all names; everybody else their own, and the sums of the others. */
    get: ModelUsageOperations['listModelCallers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/model/teams': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Teams that deployed a model (they own a component that says in the catalog that it consumes the model) or called it, with the first and the last call. Names as in `/insights/model/callers`. */
    get: ModelUsageOperations['listModelTeams'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/model/heat-map': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Calls of a model by weekday and hour in UTC, as far back as hours are kept. */
    get: ModelUsageOperations['getModelHeatMap'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/models/by-refs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Calls of the last 28 days, trend and number of teams for up to 100 models, for lists. Models that the caller may not read are left out. */
    post: ModelUsageOperations['getModelInsightsByRefs'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/callers/{callerKind}/{caller}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        callerKind: ModelUsageComponents['parameters']['CallerKindInPath'];
        /** @description Entity ref of the team or component; id of the profile. */
        caller: ModelUsageComponents['parameters']['Caller'];
      };
      cookie?: never;
    };
    /** What a team, component or access profile used and what that cost. Members and owners see theirs; permissions `model.gateway.manage` and `model.budget.manage` show all. */
    get: ModelUsageOperations['getCallerInsights'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/callers/{callerKind}/{caller}/uses': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        callerKind: ModelUsageComponents['parameters']['CallerKindInPath'];
        /** @description Entity ref of the team or component; id of the profile. */
        caller: ModelUsageComponents['parameters']['Caller'];
      };
      cookie?: never;
    };
    /** Who used what, where, and what it cost: one row for each combination of the names that `by` asks for. */
    get: ModelUsageOperations['listCallerUses'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/callers/{callerKind}/{caller}/budget': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        callerKind: ModelUsageComponents['parameters']['CallerKindInPath'];
        /** @description Entity ref of the team or component; id of the profile. */
        caller: ModelUsageComponents['parameters']['Caller'];
      };
      cookie?: never;
    };
    /** What was spent day by day against the budget, and what the month will cost. 404 where there is no budget. */
    get: ModelUsageOperations['getBudgetBurn'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/chargeback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What to charge whom, as CSV; `focus` has the columns of FOCUS 1.2. Of one team, component or profile for whoever may see its usage; of all with permission `model.gateway.manage` or `model.budget.manage`. The export is an audit event. */
    get: ModelUsageOperations['exportChargeback'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/organisation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What all teams used and what that cost. Needs permission `model.gateway.manage` or `model.budget.manage`. */
    get: ModelUsageOperations['getOrganisationInsights'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/organisation/breakdown': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Usage and cost by model, team, component, profile, tier or source. Needs permission `model.gateway.manage` or `model.budget.manage`. */
    get: ModelUsageOperations['listOrganisationUses'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/organisation/adoption': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many teams use how many models, week by week, and how many of the approved models are used. Needs permission `model.gateway.manage` or `model.budget.manage`. */
    get: ModelUsageOperations['getAdoption'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/organisation/waste': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Approvals that nobody used, and endpoints that nobody calls, of what the caller may read. */
    get: ModelUsageOperations['getWaste'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/insights/organisation/duplicates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Models that several teams made of the same base for the same task, of those that the caller may read. */
    get: ModelUsageOperations['listDuplicateModels'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/objectives': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Objectives of the models that the caller may see, and of the control plane; what burns first. */
    get: ModelUsageOperations['listObjectives'];
    put?: never;
    /** Sets an objective. Owners of a model may for theirs, and permission `model.slo.manage` may for all. */
    post: ModelUsageOperations['setObjective'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/objectives/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** How an objective would have been kept over the last days of its window. */
    post: ModelUsageOperations['previewObjective'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/objectives/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    /** An objective, and how it is kept now. */
    get: ModelUsageOperations['getObjective'];
    /** Changes what has to be kept. 409 when somebody else changed it since `version`. */
    put: ModelUsageOperations['changeObjective'];
    post?: never;
    /** Removes an objective. One that a default of the tier made does not come again. */
    delete: ModelUsageOperations['removeObjective'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/objectives/{id}/performance': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    /** The error budget day by day over the window, and how fast it burnt hour by hour over the last three days. */
    get: ModelUsageOperations['getObjectivePerformance'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/objectives/{id}/changes': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    /** Who set and changed an objective. */
    get: ModelUsageOperations['listObjectiveChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/objectives/{id}/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    /** Alerts about an objective, from begin to end. */
    get: ModelUsageOperations['listObjectiveAlerts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/feedback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A gateway passes on what callers say of answers; each call is judged once. `Authorization: Gateway <proof>`. */
    post: ModelUsageOperations['reportFeedback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/drift': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Versions whose calls differ from their reference at present, of the models that the caller may read. */
    get: ModelUsageOperations['listDrift'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/drift/model': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How the calls of each version of a model compare with its reference. Whoever may read the model may. */
    get: ModelUsageOperations['getModelDrift'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/drift/model/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What checks of a version found day by day, its references and its times of drift. */
    get: ModelUsageOperations['getDriftHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/drift/references': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says which days are usual for a version from now on; ends its drift. For owners of the model and permission `model.gateway.manage`. */
    post: ModelUsageOperations['setDriftReference'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sources': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the portal asks other programs of usage, and how that goes. Needs permission `model.gateway.manage`. */
    get: ModelUsageOperations['listUsageSources'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sources/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Asks a source now instead of at its next time. Needs permission `model.gateway.manage`. */
    post: ModelUsageOperations['retryUsageSource'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/imports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Files of usage and costs that were taken. Needs permission `model.usage.import`. */
    get: ModelUsageOperations['listUsageImports'];
    put?: never;
    /** Reads a file of usage or costs, and with `dryRun` only says what it would add. Each file and each row counts once. Needs permission `model.usage.import`. */
    post: ModelUsageOperations['importUsage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/imports/{id}/undo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes back what an import added. Its rows may be imported again after. Needs permission `model.usage.import`. */
    post: ModelUsageOperations['undoUsageImport'];
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
    UsageSourceState: {
      id: string;
      /** @description Whether it is asked at present. Others were once. */
      isConfigured: boolean;
      /** @description Items that were new. */
      taken: number;
      /** Format: date-time */
      askedAt?: string;
      /**
       * Format: date-time
       * @description When it last answered.
       */
      succeededAt?: string;
      /**
       * Format: date-time
       * @description Up to which moment it was counted; absent where its cursor does not tell.
       */
      upTo?: string;
      /** @description Why it could not be asked the last time. */
      problem?: string;
    };
    /** @enum {string} */
    UsageImportFormat: 'csv' | 'opencost-json' | 'opencost-csv';
    UsageImportInput: {
      format: ModelUsageComponents['schemas']['UsageImportFormat'];
      fileName: string;
      content: string;
      /** @description ISO 4217. What costs of OpenCost are in; USD without. */
      currency?: string;
      /** @description Only say what it would add. */
      dryRun?: boolean;
      /** @description Take the rest when some rows cannot be understood. */
      leaveOutBadRows?: boolean;
    };
    UsageImportSums: {
      rows: number;
      calls: number;
      inputTokens: number;
      outputTokens: number;
      costs: {
        currency: string;
        amount: number;
      }[];
      /** Format: date-time */
      from?: string;
      /** Format: date-time */
      to?: string;
    };
    UsageImportRow: {
      line: number;
      /** Format: date-time */
      at: string;
      model: string;
      version?: string;
      caller?: string;
      profile?: string;
      calls: number;
      inputTokens?: number;
      outputTokens?: number;
      cost?: number;
      currency?: string;
    };
    UsageImportOutcome: {
      import?: ModelUsageComponents['schemas']['UsageImport'];
      /**
       * Format: uuid
       * @description The import that took this very file before; nothing is added again.
       */
      repeats?: string;
      /** @description Rows of the file. */
      rows: number;
      new: ModelUsageComponents['schemas']['UsageImportSums'];
      /** @description Rows that were imported before. */
      known: number;
      problemCount: number;
      /** @description The first hundred. */
      problems: {
        line: number;
        message: string;
      }[];
      /** @description Workloads of OpenCost that no rule says the model of; the dearest first, at most a hundred. They are left out. */
      unmapped: {
        namespace: string;
        controller: string;
        rows: number;
        amount: number;
      }[];
      /** @description The first twenty rows that are new, as they were understood. */
      sample: ModelUsageComponents['schemas']['UsageImportRow'][];
    };
    UsageImport: {
      /** Format: uuid */
      id: string;
      format: ModelUsageComponents['schemas']['UsageImportFormat'];
      fileName: string;
      /** @description SHA-256 of the file. */
      digest: string;
      /** Format: date-time */
      takenAt: string;
      /** @description Entity ref. */
      takenBy: string;
      added: ModelUsageComponents['schemas']['UsageImportSums'];
      /** Format: date-time */
      undoneAt?: string;
      undoneBy?: string;
    };
    /**
     * @description `unsure` is large, and may be chance; `too-few` calls or days to tell.
     * @enum {string}
     */
    DriftState: 'steady' | 'changed' | 'unsure' | 'too-few';
    DriftReference: {
      id: string;
      /** Format: date */
      from: string;
      /**
       * Format: date
       * @description The last day of it.
       */
      to: string;
      /** Format: date-time */
      setAt: string;
      /** @description Entity ref, or `system`. */
      setBy: string;
      reason: string;
    };
    DriftReferenceInput: {
      model: string;
      version: string;
      /**
       * Format: date
       * @description The last 28 days that are over without.
       */
      from?: string;
      /** Format: date */
      to?: string;
      reason: string;
    };
    DriftBar: {
      value: string;
      label: string;
      /** @description Share of the calls. */
      reference: number;
      /** @description Share of the calls. */
      now: number;
    };
    DriftFinding: {
      id: string;
      title: string;
      /** @description Numbers in their order; categories otherwise. */
      ordered: boolean;
      state: ModelUsageComponents['schemas']['DriftState'];
      words: string;
      /** @description From what to what. */
      change?: string;
      referenceCalls: number;
      calls: number;
      /** @description Population stability index. */
      psi?: number;
      /** @description Distance of Kolmogorov and Smirnov of ordered features. */
      ks?: number;
      /** @description What the index is on average where days are dealt out at random. */
      byChance?: number;
      /** @description The greatest index of one week of the reference against its others. */
      ownSpread?: number;
      /** @description How likely chance alone is. */
      p?: number;
      distribution?: ModelUsageComponents['schemas']['DriftBar'][];
    };
    DriftAction: {
      /** @enum {string} */
      action: 'notify' | 're-evaluate' | 'canary-back' | 'suspend';
      tiers: string[];
      words: string;
    };
    DriftEpisode: {
      id: string;
      /**
       * Format: date
       * @description The day of the first check that found it.
       */
      begun: string;
      /** Format: date-time */
      ended?: string;
      /** @enum {string} */
      endedBecause?: 'steady' | 'new-reference';
      /** @description Their titles. */
      features: string[];
      taken?: ModelUsageComponents['schemas']['DriftAction'][];
    };
    DriftVersion: {
      version: string;
      /**
       * @description `collecting`: there is no reference yet, or not a week after it.
       * @enum {string}
       */
      state: 'steady' | 'changed' | 'unsure' | 'too-few' | 'collecting';
      /**
       * Format: date
       * @description The last day of the window that was checked.
       */
      checked?: string;
      /** @description While there is no reference. */
      collected?: {
        days: number;
        calls: number;
        ofDays: number;
        ofCalls: number;
      };
      reference?: ModelUsageComponents['schemas']['DriftReference'];
      episode?: ModelUsageComponents['schemas']['DriftEpisode'];
    };
    ModelDrift: {
      model: string;
      entityRef?: string;
      versions: ModelUsageComponents['schemas']['DriftVersion'][];
      /** @description The version that is told in full. */
      shown?: string;
      /** @description Of the version that is shown, as of its last check. */
      features?: ModelUsageComponents['schemas']['DriftFinding'][];
      /** @description Whether the caller may set a reference. */
      mayChange: boolean;
      /** @description How often chance alone may alarm for one version in a year. */
      falseAlarmsPerYear: number;
    };
    DriftListItem: {
      model: string;
      entityRef: string;
      title: string;
      version: string;
      /** Format: date */
      begun: string;
      features: string[];
    };
    DriftHistory: {
      checks: {
        /** Format: date */
        day: string;
        state: ModelUsageComponents['schemas']['DriftState'];
        features: {
          id: string;
          title: string;
          state: ModelUsageComponents['schemas']['DriftState'];
          psi?: number;
          ks?: number;
        }[];
      }[];
      episodes: ModelUsageComponents['schemas']['DriftEpisode'][];
      references: ModelUsageComponents['schemas']['DriftReference'][];
    };
    /**
     * @description The endpoint of a model, or the gateways and the portal. A failure of one never burns a budget of the other.
     * @enum {string}
     */
    ObjectivePlane: 'data' | 'control';
    /**
     * @description The first three are about a model, the others about the control plane.
     * @enum {string}
     */
    ObjectiveKind:
      | 'availability'
      | 'latency'
      | 'time-to-first-token'
      | 'gateway-availability'
      | 'snapshot-age'
      | 'ingest-lag'
      | 'approval-service';
    /** @enum {string} */
    ObjectiveState: 'burning' | 'missed' | 'at-risk' | 'kept' | 'no-events';
    /** @description Share of the events that have to be good. */
    ObjectiveTarget: number;
    /** @description Milliseconds within which something is good; for every kind but availability. */
    ObjectiveLimit: number;
    /**
     * @description Days.
     * @enum {integer}
     */
    ObjectiveWindow: 7 | 28 | 30;
    /** @description Entity refs that hear of alerts besides the owners. */
    ObjectiveNotify: string[];
    ObjectiveReason: string;
    ObjectiveInput: {
      kind: ModelUsageComponents['schemas']['ObjectiveKind'];
      /** @description Gateway id; for objectives of models. */
      model?: string;
      /** @description All versions without it. */
      modelVersion?: string;
      target: ModelUsageComponents['schemas']['ObjectiveTarget'];
      limitMs?: ModelUsageComponents['schemas']['ObjectiveLimit'];
      windowDays: ModelUsageComponents['schemas']['ObjectiveWindow'];
      notify?: ModelUsageComponents['schemas']['ObjectiveNotify'];
      reason?: ModelUsageComponents['schemas']['ObjectiveReason'];
    };
    ObjectiveChangeInput: {
      /** @description The one that the caller saw. */
      version: number;
      target: ModelUsageComponents['schemas']['ObjectiveTarget'];
      limitMs?: ModelUsageComponents['schemas']['ObjectiveLimit'];
      windowDays: ModelUsageComponents['schemas']['ObjectiveWindow'];
      notify?: ModelUsageComponents['schemas']['ObjectiveNotify'];
      reason?: ModelUsageComponents['schemas']['ObjectiveReason'];
    };
    /** @description How many times as fast as allowed the budget burnt lately; 1 spends it exactly in the window. */
    ObjectiveBurn: {
      fiveMinutes: number;
      halfHour: number;
      hour: number;
      sixHours: number;
      threeDays: number;
    };
    ObjectiveAlert: {
      id: string;
      /**
       * @description Somebody has to look at once or on a working day.
       * @enum {string}
       */
      severity: 'page' | 'ticket';
      /** @enum {string} */
      rule: 'fast' | 'slow' | 'steady';
      /** Format: date-time */
      openedAt: string;
      /** Format: date-time */
      closedAt?: string;
      peakBurn: number;
      /** @description Share of the budget when it opened. */
      budgetLeft: number;
      /**
       * Format: date-time
       * @description When the budget would be gone as it burnt when it opened.
       */
      exhaustsAt?: string;
    };
    Objective: {
      id: string;
      plane: ModelUsageComponents['schemas']['ObjectivePlane'];
      kind: ModelUsageComponents['schemas']['ObjectiveKind'];
      /** @description Gateway id. */
      model?: string;
      modelVersion?: string;
      /** @description Of the model in the catalog. */
      entityRef?: string;
      /** @description Of the model in the catalog. */
      title?: string;
      target: number;
      limitMs?: number;
      windowDays: number;
      notify: string[];
      /** @description The tier whose default it is */
      defaultOf?: string;
      version: number;
      updatedBy: string;
      /** Format: date-time */
      updatedAt: string;
      mayChange: boolean;
      state: ModelUsageComponents['schemas']['ObjectiveState'];
      /** @description Calls, answers or looks in the window. */
      events: number;
      good: number;
      /** @description Share of the events that were good; absent without any. */
      kept?: number;
      /** @description Share of the error budget; below 0 when the objective is missed, absent without events. */
      budgetLeft?: number;
      /** @description So few came in the last three days that no alert would be raised. */
      fewEvents: boolean;
      burn: ModelUsageComponents['schemas']['ObjectiveBurn'];
      /**
       * Format: date-time
       * @description When the budget is gone if it burns on as in the last hour.
       */
      exhaustsAt?: string;
      /** @description Those that are not over. */
      alerts: ModelUsageComponents['schemas']['ObjectiveAlert'][];
    };
    ObjectivePreview: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      events: number;
      good: number;
      kept?: number;
      budgetLeft?: number;
      /** @description Days with events. */
      days: ModelUsageComponents['schemas']['ObjectiveDay'][];
    };
    ObjectiveDay: {
      /** @description UTC, for example `2026-11-22`. */
      day: string;
      events: number;
      good: number;
      /** @description Of the day. */
      burn: number;
      /** @description Of the window that ends with the day, true to a day. */
      budgetLeft?: number;
    };
    ObjectiveHour: {
      /** Format: date-time */
      at: string;
      events: number;
      good: number;
      burn: number;
    };
    ObjectivePerformance: {
      /** @description Each day of the window. */
      days: ModelUsageComponents['schemas']['ObjectiveDay'][];
      /** @description Each of the last 72 hours. */
      hours: ModelUsageComponents['schemas']['ObjectiveHour'][];
    };
    ObjectiveTerms: {
      target: number;
      limitMs?: number;
      windowDays: number;
      notify: string[];
    };
    ObjectiveChange: {
      /** Format: date-time */
      at: string;
      /** @description Entity ref of a person, the subject of a program, or `default`. */
      by: string;
      /** @enum {string} */
      action: 'set' | 'changed' | 'removed';
      reason?: string;
      before?: ModelUsageComponents['schemas']['ObjectiveTerms'];
      after?: ModelUsageComponents['schemas']['ObjectiveTerms'];
    };
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
    /** @enum {string} */
    CallerKind: 'team' | 'component' | 'profile';
    /** @enum {string} */
    UseKey:
      | 'day'
      | 'month'
      | 'model'
      | 'version'
      | 'team'
      | 'component'
      | 'profile'
      | 'tier'
      | 'source';
    /** @description Amounts of different currencies are never added. */
    InsightCost: {
      /** @description ISO 4217 */
      currency: string;
      /** @description In units of the currency, to six places. */
      amount: number;
    };
    InsightSums: {
      /** @description All, whatever became of them. */
      calls: number;
      /** @description The gateway said no: not approved, over a limit, over a budget. */
      refused: number;
      /** @description The gateway could not. Not in `refused`. */
      unavailable: number;
      /** @description The endpoint answered 4xx except 429. */
      clientErrors: number;
      /** @description The endpoint answered 429. */
      throttled: number;
      /** @description The endpoint answered 5xx, or not in time. */
      serverErrors: number;
      /** @description The model answered that it will not do what it was asked for. */
      declined: number;
      /** @description Answered by the gateway's cache. */
      cached: number;
      /** @description Nobody knows what they cost. */
      unpricedCalls: number;
      /** @description Their tokens are estimates. */
      estimatedCalls: number;
      inputTokens: number;
      outputTokens: number;
      /** @description Part of `inputTokens`. */
      cachedInputTokens: number;
      /** @description One for each currency, by its name. */
      costs: ModelUsageComponents['schemas']['InsightCost'][];
    };
    /** @description Milliseconds, true to 1 %. */
    InsightDurations: {
      /** @description How many were measured. */
      count: number;
      mean: number;
      p50: number;
      p95: number;
      p99: number;
    };
    InsightPeriod: {
      /**
       * Format: date
       * @description First day of the period in UTC.
       */
      date: string;
      sums: ModelUsageComponents['schemas']['InsightSums'];
      latency?: ModelUsageComponents['schemas']['InsightDurations'];
      timeToFirstToken?: ModelUsageComponents['schemas']['InsightDurations'];
    };
    InsightRange: {
      /** Format: date */
      from: string;
      /**
       * Format: date
       * @description The last day.
       */
      to: string;
      /**
       * @description Months where the range is longer than 400 days (100 for the organisation) or begins before days are kept; then it is whole months.
       * @enum {string}
       */
      level: 'day' | 'month';
      /** @description Whether the range is over; the last period is not while this is false. */
      complete: boolean;
      /**
       * Format: date
       * @description Day or month of the first call that is known; absent where none is.
       */
      dataSince?: string;
    };
    /** @description Whether daily calls rise or decline, without the rhythm of the week; whole days only. */
    InsightTrend: {
      /** @enum {integer} */
      days: 7 | 28;
      /** @enum {string} */
      direction: 'rising' | 'stable' | 'declining' | 'unknown';
      /** @description By which part the calls of a day changed, 0.12 for +12 %: for 7 days against the same weekdays of the four weeks before, for 28 days from the beginning of the line to its end. */
      change?: number;
      /** @description Beginning of the interval of `change`, where it is reckoned. */
      low?: number;
      high?: number;
      /** @description Why it is unknown. */
      reason?: string;
    };
    ModelInsights: {
      model: string;
      version?: string;
      range: ModelUsageComponents['schemas']['InsightRange'];
      totals: ModelUsageComponents['schemas']['InsightSums'];
      latency?: ModelUsageComponents['schemas']['InsightDurations'];
      timeToFirstToken?: ModelUsageComponents['schemas']['InsightDurations'];
      previous: ModelUsageComponents['schemas']['InsightPrevious'];
      /** @description One for each day or month of the range, also without calls. */
      periods: ModelUsageComponents['schemas']['InsightPeriod'][];
      /** @description The largest number of calls first. */
      versions: {
        /** @description Empty where it is not known. */
        version: string;
        sums: ModelUsageComponents['schemas']['InsightSums'];
      }[];
      /** @description Of 7 and of 28 days up to yesterday, whatever the range. */
      trends: ModelUsageComponents['schemas']['InsightTrend'][];
    };
    /** @description As many days, or months, before. */
    InsightPrevious: {
      /** Format: date */
      from: string;
      /** Format: date */
      to: string;
      totals: ModelUsageComponents['schemas']['InsightSums'];
      latency?: ModelUsageComponents['schemas']['InsightDurations'];
      timeToFirstToken?: ModelUsageComponents['schemas']['InsightDurations'];
      /** @description Whether numbers go back that far; do not compare where false. */
      known: boolean;
    };
    InsightShare: {
      /** @description Empty for what is not known. */
      name: string;
      /** @description Of all calls of the range; 0 to 1. */
      share: number;
      sums: ModelUsageComponents['schemas']['InsightSums'];
    };
    /** @description Those whose names the caller does not see, summed up. */
    InsightOthers: {
      count: number;
      share: number;
      sums: ModelUsageComponents['schemas']['InsightSums'];
    };
    ModelCallers: {
      /** Format: date */
      from: string;
      /** Format: date */
      to: string;
      by: ModelUsageComponents['schemas']['CallerKind'];
      /** @enum {string} */
      sees: 'all' | 'own';
      items: ModelUsageComponents['schemas']['InsightShare'][];
      others?: ModelUsageComponents['schemas']['InsightOthers'];
      nextCursor?: string;
    };
    ModelTeam: {
      /** @description Entity ref. */
      team: string;
      /** @description Entity refs of its components that consume the model. */
      components: string[];
      /** @description Of the range; also those of its components. */
      calls: number;
      costs: ModelUsageComponents['schemas']['InsightCost'][];
      /**
       * Format: date
       * @description Of all that is known; absent where it never called.
       */
      firstCall?: string;
      /** Format: date */
      lastCall?: string;
    };
    ModelTeams: {
      /** Format: date */
      from: string;
      /** Format: date */
      to: string;
      /** @enum {string} */
      sees: 'all' | 'own';
      /** @description How many, those without a name here included. */
      teams: number;
      /** @description How many of them have a component that consumes the model. */
      deployed: number;
      /** @description How many of them called it in the range. */
      called: number;
      items: ModelUsageComponents['schemas']['ModelTeam'][];
    };
    ModelHeatMap: {
      /**
       * Format: date
       * @description Later than asked for where hours are kept for less.
       */
      from: string;
      /** Format: date */
      to: string;
      calls: number;
      items: {
        /** @description 1 is Monday and 7 is Sunday. */
        weekday: number;
        /** @description 0 to 23. */
        hour: number;
        calls: number;
      }[];
    };
    ModelInsightSummary: {
      entityRef: string;
      /** @description Gateway id. */
      model: string;
      /** @description Of the last 28 days. */
      calls: number;
      /** @description How many teams, and components of no known team, called it in these days. */
      teams: number;
      trend: ModelUsageComponents['schemas']['InsightTrend'];
      /** @description Calls of each of the 28 days, for a small picture. */
      days: number[];
      /**
       * Format: date
       * @description Absent where it was never called, as far as is known.
       */
      lastCall?: string;
    };
    CallerInsights: {
      kind: ModelUsageComponents['schemas']['CallerKind'];
      caller: string;
      range: ModelUsageComponents['schemas']['InsightRange'];
      totals: ModelUsageComponents['schemas']['InsightSums'];
      previous: ModelUsageComponents['schemas']['InsightPrevious'];
      /** @description Without durations, which are kept by model. */
      periods: ModelUsageComponents['schemas']['InsightPeriod'][];
      /** @description How many different ones were called. */
      models: number;
      trends: ModelUsageComponents['schemas']['InsightTrend'][];
    };
    /** @description The names that were asked for; the empty text stands for what is not known. */
    CallerUse: {
      /**
       * Format: date
       * @description First day of the day or month.
       */
      date?: string;
      model?: string;
      version?: string;
      team?: string;
      component?: string;
      profile?: string;
      tier?: string;
      /** @description `gateway`, or the id of another source. */
      source?: string;
      sums: ModelUsageComponents['schemas']['InsightSums'];
    };
    BudgetBurn: {
      budget: ModelUsageComponents['schemas']['Budget'];
      /** @description The days of the month up to today. */
      days: {
        /** Format: date */
        date: string;
        /** @description On this day, in the currency of the budget. */
        spent: number;
        /** @description In the month up to this day. */
        total: number;
        /** @description What the budget, spread evenly, allows up to the end of this day. */
        line: number;
      }[];
      /** @description Calls that do not count because their model has no price or one in another currency. */
      unpricedCalls: number;
      forecast?: ModelUsageComponents['schemas']['BudgetForecast'];
      /**
       * Format: date
       * @description The day on which the budget was used up or will be at this rate; absent where it lasts.
       */
      exhaustedOn?: string;
    };
    /** @description What the whole month will cost; absent for months that are over, and while fewer than seven whole days are known. */
    BudgetForecast: {
      /** @description In units of the currency. */
      expected: number;
      low: number;
      high: number;
      /** @description Which part of months ends between `low` and `high`, e.g. 0.9. */
      level: number;
      /** @enum {string} */
      method: 'weekday-mean';
      /** @description Whole days before today that it is made of. */
      daysUsed: number;
      /** @description Expected total at the end of today and of each day to come. */
      path: {
        /** Format: date */
        date: string;
        expected: number;
        low: number;
        high: number;
      }[];
    };
    OrganisationInsights: {
      range: ModelUsageComponents['schemas']['InsightRange'];
      totals: ModelUsageComponents['schemas']['InsightSums'];
      previous: ModelUsageComponents['schemas']['InsightPrevious'];
      /** @description Without durations. */
      periods: ModelUsageComponents['schemas']['InsightPeriod'][];
      tiers: ModelUsageComponents['schemas']['InsightShare'][];
      /** @description How many different ones were called. */
      models: number;
      /** @description How many different ones called. */
      teams: number;
      trends: ModelUsageComponents['schemas']['InsightTrend'][];
    };
    Adoption: {
      weeks: {
        /**
         * Format: date
         * @description Its Monday.
         */
        week: string;
        activeTeams: number;
        /** @description Active for the first time, as far as is known. */
        newTeams: number;
        activeModels: number;
        newModels: number;
        /** @description How many times a team used a model: 3 for two teams of which one uses two models. */
        pairs: number;
        calls: number;
      }[];
      /** @description How many teams called in the last 28 days. */
      teams: number;
      /** @description How many models were called in the last 28 days. */
      called: number;
      /** @description Models with an approval that holds; absent while governance does not answer. */
      approved?: number;
      approvedAndCalled?: number;
    };
    UnusedApproval: {
      id: string;
      entityRef: string;
      title?: string;
      /** @description Gateway id. */
      model: string;
      modelVersion: string;
      tier: string;
      purpose: string;
      profile: string;
      /** Format: date-time */
      approvedAt?: string;
      /** Format: date-time */
      expiresAt?: string;
      /**
       * Format: date
       * @description Of the profile at this tier or one below; absent where it never called.
       */
      lastCall?: string;
    };
    IdleEndpoint: {
      entityRef: string;
      title?: string;
      /** @description Gateway id. */
      model: string;
      /** @description Entity refs of the APIs that serve the model. */
      endpoints: string[];
      /** @description Entity refs of the components that consume the model. */
      consumers: string[];
      owners: string[];
      /**
       * Format: date
       * @description By anyone; absent where it was never called, as far as is known.
       */
      lastCall?: string;
      /** @description What it cost in these days although nobody called it, where a source tells. */
      costs: ModelUsageComponents['schemas']['InsightCost'][];
      /** @description What the catalog says that it runs on. */
      hardware?: string;
    };
    Waste: {
      days: number;
      /** Format: date */
      since: string;
      /** @description False while governance does not answer. */
      approvalsKnown: boolean;
      /** @description Older than these days, the longest idle first; 500 at most. One counts as used when its profile called the model at its tier or below, for whatever purpose. */
      unusedApprovals: ModelUsageComponents['schemas']['UnusedApproval'][];
      /** @description Models with an API that serves them or a component that consumes them and without a call in these days; 500 at most. */
      idleEndpoints: ModelUsageComponents['schemas']['IdleEndpoint'][];
    };
    DuplicateModels: {
      /** @description Entity ref of the model that all were made of. */
      baseModel: string;
      tasks: string[];
      /** @description Entity refs of the owners. */
      teams: string[];
      /** @description Of the last 28 days. */
      calls: number;
      costs: ModelUsageComponents['schemas']['InsightCost'][];
      models: {
        entityRef: string;
        title?: string;
        /** @description Gateway id. */
        model: string;
        owner: string;
        calls: number;
        costs: ModelUsageComponents['schemas']['InsightCost'][];
      }[];
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
    /** @description Gateway id. */
    DriftModel: string;
    ObjectiveId: string;
    /** @description UTC; this month by default. */
    Month: string;
    Kind: ModelUsageComponents['schemas']['BudgetKind'];
    /** @description Id of the profile or key; entity ref of the team. */
    Subject: string;
    /** @description How far back, 30 by default. */
    Days: number;
    Profile: string;
    /** @description Gateway id. */
    InsightModel: string;
    /** @description All versions without. */
    InsightVersion: string;
    /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
    InsightFrom: string;
    /** @description Last day in UTC, counted too; today by default. */
    InsightTo: string;
    CallerKindInPath: ModelUsageComponents['schemas']['CallerKind'];
    /** @description Entity ref of the team or component; id of the profile. */
    Caller: string;
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
  getModelInsights: {
    parameters: {
      query: {
        /** @description Gateway id. */
        model: ModelUsageComponents['parameters']['InsightModel'];
        /** @description All versions without. */
        version?: ModelUsageComponents['parameters']['InsightVersion'];
        /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
        from?: ModelUsageComponents['parameters']['InsightFrom'];
        /** @description Last day in UTC, counted too; today by default. */
        to?: ModelUsageComponents['parameters']['InsightTo'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Sums, durations and trends */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['ModelInsights'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listModelCallers: {
    parameters: {
      query: {
        /** @description Gateway id. */
        model: ModelUsageComponents['parameters']['InsightModel'];
        /** @description All versions without. */
        version?: ModelUsageComponents['parameters']['InsightVersion'];
        /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
        from?: ModelUsageComponents['parameters']['InsightFrom'];
        /** @description Last day in UTC, counted too; today by default. */
        to?: ModelUsageComponents['parameters']['InsightTo'];
        /** @description Teams by default. */
        by?: ModelUsageComponents['schemas']['CallerKind'];
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The largest number of calls first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['ModelCallers'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listModelTeams: {
    parameters: {
      query: {
        /** @description Gateway id. */
        model: ModelUsageComponents['parameters']['InsightModel'];
        /** @description All versions without. */
        version?: ModelUsageComponents['parameters']['InsightVersion'];
        /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
        from?: ModelUsageComponents['parameters']['InsightFrom'];
        /** @description Last day in UTC, counted too; today by default. */
        to?: ModelUsageComponents['parameters']['InsightTo'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who called last comes first, then those who never called */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['ModelTeams'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getModelHeatMap: {
    parameters: {
      query: {
        /** @description Gateway id. */
        model: ModelUsageComponents['parameters']['InsightModel'];
        /** @description All versions without. */
        version?: ModelUsageComponents['parameters']['InsightVersion'];
        /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
        from?: ModelUsageComponents['parameters']['InsightFrom'];
        /** @description Last day in UTC, counted too; today by default. */
        to?: ModelUsageComponents['parameters']['InsightTo'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Cells with calls */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['ModelHeatMap'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getModelInsightsByRefs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          entityRefs: string[];
        };
      };
    };
    responses: {
      /** @description In the order of the refs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            items: ModelUsageComponents['schemas']['ModelInsightSummary'][];
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getCallerInsights: {
    parameters: {
      query?: {
        /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
        from?: ModelUsageComponents['parameters']['InsightFrom'];
        /** @description Last day in UTC, counted too; today by default. */
        to?: ModelUsageComponents['parameters']['InsightTo'];
      };
      header?: never;
      path: {
        callerKind: ModelUsageComponents['parameters']['CallerKindInPath'];
        /** @description Entity ref of the team or component; id of the profile. */
        caller: ModelUsageComponents['parameters']['Caller'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Sums day by day or month by month */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['CallerInsights'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listCallerUses: {
    parameters: {
      query?: {
        /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
        from?: ModelUsageComponents['parameters']['InsightFrom'];
        /** @description Last day in UTC, counted too; today by default. */
        to?: ModelUsageComponents['parameters']['InsightTo'];
        /** @description All but `day` and `month` without. */
        by?: ModelUsageComponents['schemas']['UseKey'][];
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path: {
        callerKind: ModelUsageComponents['parameters']['CallerKindInPath'];
        /** @description Entity ref of the team or component; id of the profile. */
        caller: ModelUsageComponents['parameters']['Caller'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description By period where it is asked for, then the largest number of calls first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            items: ModelUsageComponents['schemas']['CallerUse'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getBudgetBurn: {
    parameters: {
      query?: {
        /** @description UTC; this month by default. */
        month?: ModelUsageComponents['parameters']['Month'];
      };
      header?: never;
      path: {
        callerKind: ModelUsageComponents['parameters']['CallerKindInPath'];
        /** @description Entity ref of the team or component; id of the profile. */
        caller: ModelUsageComponents['parameters']['Caller'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The month to date, and a forecast */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['BudgetBurn'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  exportChargeback: {
    parameters: {
      query?: {
        /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
        from?: ModelUsageComponents['parameters']['InsightFrom'];
        /** @description Last day in UTC, counted too; today by default. */
        to?: ModelUsageComponents['parameters']['InsightTo'];
        /** @description `csv` by default. */
        format?: 'csv' | 'focus';
        /** @description Together with `caller`; all without both. */
        callerKind?: ModelUsageComponents['schemas']['CallerKind'];
        caller?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One row for each day, or month where the range is longer than days are kept, and each model, version, team, component, profile, tier, currency and source */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getOrganisationInsights: {
    parameters: {
      query?: {
        /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
        from?: ModelUsageComponents['parameters']['InsightFrom'];
        /** @description Last day in UTC, counted too; today by default. */
        to?: ModelUsageComponents['parameters']['InsightTo'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Sums, day by day or month by month, and by tier */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['OrganisationInsights'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listOrganisationUses: {
    parameters: {
      query: {
        /** @description First day in UTC, e.g. 2026-11-01; 27 days before `to` by default. */
        from?: ModelUsageComponents['parameters']['InsightFrom'];
        /** @description Last day in UTC, counted too; today by default. */
        to?: ModelUsageComponents['parameters']['InsightTo'];
        by: 'model' | 'team' | 'component' | 'profile' | 'tier' | 'source';
        /** @description Calls by default. With `cost`, rows are ordered by the greatest amount in one currency. */
        orderBy?: 'calls' | 'cost';
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The greatest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            items: ModelUsageComponents['schemas']['InsightShare'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getAdoption: {
    parameters: {
      query?: {
        /** @description How far back, with this one; 26 by default. */
        weeks?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The oldest week first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['Adoption'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getWaste: {
    parameters: {
      query?: {
        /** @description How long without a call is idle, 28 by default. */
        days?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What could be given back */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['Waste'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listDuplicateModels: {
    parameters: {
      query?: {
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The most teams first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            items: ModelUsageComponents['schemas']['DuplicateModels'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listObjectives: {
    parameters: {
      query?: {
        plane?: ModelUsageComponents['schemas']['ObjectivePlane'];
        /** @description Gateway id. */
        model?: string;
        /** @description As of the last look, at most ten minutes ago. */
        state?: ModelUsageComponents['schemas']['ObjectiveState'];
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What burns, is missed or at risk comes first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelUsageComponents['schemas']['Objective'][];
            nextCursor?: string;
            /** @description Whether the caller may set objectives of the control plane and of every model. */
            maySetControlPlane: boolean;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  setObjective: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelUsageComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelUsageComponents['schemas']['ObjectiveInput'];
      };
    };
    responses: {
      /** @description The objective */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['Objective'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  previewObjective: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelUsageComponents['schemas']['ObjectiveInput'];
      };
    };
    responses: {
      /** @description What the sums tell */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['ObjectivePreview'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getObjective: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The objective */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['Objective'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  changeObjective: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelUsageComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelUsageComponents['schemas']['ObjectiveChangeInput'];
      };
    };
    responses: {
      /** @description The objective */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['Objective'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  removeObjective: {
    parameters: {
      query: {
        version: number;
        reason?: string;
      };
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelUsageComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getObjectivePerformance: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Reckoned anew from the sums, with whatever came late */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['ObjectivePerformance'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listObjectiveChanges: {
    parameters: {
      query?: {
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelUsageComponents['schemas']['ObjectiveChange'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listObjectiveAlerts: {
    parameters: {
      query?: {
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path: {
        id: ModelUsageComponents['parameters']['ObjectiveId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelUsageComponents['schemas']['ObjectiveAlert'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  reportFeedback: {
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
      /** @description How many were new */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            accepted: number;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listDrift: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelUsageComponents['schemas']['DriftListItem'][];
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getModelDrift: {
    parameters: {
      query: {
        /** @description Gateway id. */
        model: ModelUsageComponents['parameters']['DriftModel'];
        /** @description Of which version to tell distributions; the one that was checked last without. */
        version?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Versions, and one of them in full */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['ModelDrift'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  getDriftHistory: {
    parameters: {
      query: {
        /** @description Gateway id. */
        model: ModelUsageComponents['parameters']['DriftModel'];
        version: string;
        /** @description 90 without. */
        days?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Checks with the oldest first, the rest with the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['DriftHistory'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  setDriftReference: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelUsageComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelUsageComponents['schemas']['DriftReferenceInput'];
      };
    };
    responses: {
      /** @description The reference */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['DriftReference'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listUsageSources: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description By id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelUsageComponents['schemas']['UsageSourceState'][];
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  retryUsageSource: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How it went; after ten seconds it goes on without the caller */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['UsageSourceState'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  listUsageImports: {
    parameters: {
      query?: {
        cursor?: ModelUsageComponents['parameters']['Cursor'];
        limit?: ModelUsageComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelUsageComponents['schemas']['UsageImport'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  importUsage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelUsageComponents['schemas']['UsageImportInput'];
      };
    };
    responses: {
      /** @description What was understood, and what was or would be added */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['UsageImportOutcome'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
  undoUsageImport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The import; the same answer when it was undone before */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelUsageComponents['schemas']['UsageImport'];
        };
      };
      default: ModelUsageComponents['responses']['Error'];
    };
  };
}

/** @public */
export type UsageSourceState =
  ModelUsageComponents['schemas']['UsageSourceState'];
/** @public */
export type UsageImportFormat =
  ModelUsageComponents['schemas']['UsageImportFormat'];
/** @public */
export type UsageImportInput =
  ModelUsageComponents['schemas']['UsageImportInput'];
/** @public */
export type UsageImportSums =
  ModelUsageComponents['schemas']['UsageImportSums'];
/** @public */
export type UsageImportRow = ModelUsageComponents['schemas']['UsageImportRow'];
/** @public */
export type UsageImportOutcome =
  ModelUsageComponents['schemas']['UsageImportOutcome'];
/** @public */
export type UsageImport = ModelUsageComponents['schemas']['UsageImport'];
/**
 * `unsure` is large, and may be chance; `too-few` calls or days to tell.
 * @public */
export type DriftState = ModelUsageComponents['schemas']['DriftState'];
/** @public */
export type DriftReference = ModelUsageComponents['schemas']['DriftReference'];
/** @public */
export type DriftReferenceInput =
  ModelUsageComponents['schemas']['DriftReferenceInput'];
/** @public */
export type DriftBar = ModelUsageComponents['schemas']['DriftBar'];
/** @public */
export type DriftFinding = ModelUsageComponents['schemas']['DriftFinding'];
/** @public */
export type DriftAction = ModelUsageComponents['schemas']['DriftAction'];
/** @public */
export type DriftEpisode = ModelUsageComponents['schemas']['DriftEpisode'];
/** @public */
export type DriftVersion = ModelUsageComponents['schemas']['DriftVersion'];
/** @public */
export type ModelDrift = ModelUsageComponents['schemas']['ModelDrift'];
/** @public */
export type DriftListItem = ModelUsageComponents['schemas']['DriftListItem'];
/** @public */
export type DriftHistory = ModelUsageComponents['schemas']['DriftHistory'];
/**
 * The endpoint of a model, or the gateways and the portal. A failure of one never burns a budget of the other.
 * @public */
export type ObjectivePlane = ModelUsageComponents['schemas']['ObjectivePlane'];
/**
 * The first three are about a model, the others about the control plane.
 * @public */
export type ObjectiveKind = ModelUsageComponents['schemas']['ObjectiveKind'];
/** @public */
export type ObjectiveState = ModelUsageComponents['schemas']['ObjectiveState'];
/**
 * Share of the events that have to be good.
 * @public */
export type ObjectiveTarget =
  ModelUsageComponents['schemas']['ObjectiveTarget'];
/**
 * Milliseconds within which something is good; for every kind but availability.
 * @public */
export type ObjectiveLimit = ModelUsageComponents['schemas']['ObjectiveLimit'];
/**
 * Days.
 * @public */
export type ObjectiveWindow =
  ModelUsageComponents['schemas']['ObjectiveWindow'];
/**
 * Entity refs that hear of alerts besides the owners.
 * @public */
export type ObjectiveNotify =
  ModelUsageComponents['schemas']['ObjectiveNotify'];
/** @public */
export type ObjectiveReason =
  ModelUsageComponents['schemas']['ObjectiveReason'];
/** @public */
export type ObjectiveInput = ModelUsageComponents['schemas']['ObjectiveInput'];
/** @public */
export type ObjectiveChangeInput =
  ModelUsageComponents['schemas']['ObjectiveChangeInput'];
/**
 * How many times as fast as allowed the budget burnt lately; 1 spends it exactly in the window.
 * @public */
export type ObjectiveBurn = ModelUsageComponents['schemas']['ObjectiveBurn'];
/** @public */
export type ObjectiveAlert = ModelUsageComponents['schemas']['ObjectiveAlert'];
/** @public */
export type Objective = ModelUsageComponents['schemas']['Objective'];
/** @public */
export type ObjectivePreview =
  ModelUsageComponents['schemas']['ObjectivePreview'];
/** @public */
export type ObjectiveDay = ModelUsageComponents['schemas']['ObjectiveDay'];
/** @public */
export type ObjectiveHour = ModelUsageComponents['schemas']['ObjectiveHour'];
/** @public */
export type ObjectivePerformance =
  ModelUsageComponents['schemas']['ObjectivePerformance'];
/** @public */
export type ObjectiveTerms = ModelUsageComponents['schemas']['ObjectiveTerms'];
/** @public */
export type ObjectiveChange =
  ModelUsageComponents['schemas']['ObjectiveChange'];
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
/** @public */
export type CallerKind = ModelUsageComponents['schemas']['CallerKind'];
/** @public */
export type UseKey = ModelUsageComponents['schemas']['UseKey'];
/**
 * Amounts of different currencies are never added.
 * @public */
export type InsightCost = ModelUsageComponents['schemas']['InsightCost'];
/** @public */
export type InsightSums = ModelUsageComponents['schemas']['InsightSums'];
/**
 * Milliseconds, true to 1 %.
 * @public */
export type InsightDurations =
  ModelUsageComponents['schemas']['InsightDurations'];
/** @public */
export type InsightPeriod = ModelUsageComponents['schemas']['InsightPeriod'];
/** @public */
export type InsightRange = ModelUsageComponents['schemas']['InsightRange'];
/**
 * Whether daily calls rise or decline, without the rhythm of the week; whole days only.
 * @public */
export type InsightTrend = ModelUsageComponents['schemas']['InsightTrend'];
/** @public */
export type ModelInsights = ModelUsageComponents['schemas']['ModelInsights'];
/**
 * As many days, or months, before.
 * @public */
export type InsightPrevious =
  ModelUsageComponents['schemas']['InsightPrevious'];
/** @public */
export type InsightShare = ModelUsageComponents['schemas']['InsightShare'];
/**
 * Those whose names the caller does not see, summed up.
 * @public */
export type InsightOthers = ModelUsageComponents['schemas']['InsightOthers'];
/** @public */
export type ModelCallers = ModelUsageComponents['schemas']['ModelCallers'];
/** @public */
export type ModelTeam = ModelUsageComponents['schemas']['ModelTeam'];
/** @public */
export type ModelTeams = ModelUsageComponents['schemas']['ModelTeams'];
/** @public */
export type ModelHeatMap = ModelUsageComponents['schemas']['ModelHeatMap'];
/** @public */
export type ModelInsightSummary =
  ModelUsageComponents['schemas']['ModelInsightSummary'];
/** @public */
export type CallerInsights = ModelUsageComponents['schemas']['CallerInsights'];
/**
 * The names that were asked for; the empty text stands for what is not known.
 * @public */
export type CallerUse = ModelUsageComponents['schemas']['CallerUse'];
/** @public */
export type BudgetBurn = ModelUsageComponents['schemas']['BudgetBurn'];
/**
 * What the whole month will cost; absent for months that are over, and while fewer than seven whole days are known.
 * @public */
export type BudgetForecast = ModelUsageComponents['schemas']['BudgetForecast'];
/** @public */
export type OrganisationInsights =
  ModelUsageComponents['schemas']['OrganisationInsights'];
/** @public */
export type Adoption = ModelUsageComponents['schemas']['Adoption'];
/** @public */
export type UnusedApproval = ModelUsageComponents['schemas']['UnusedApproval'];
/** @public */
export type IdleEndpoint = ModelUsageComponents['schemas']['IdleEndpoint'];
/** @public */
export type Waste = ModelUsageComponents['schemas']['Waste'];
/** @public */
export type DuplicateModels =
  ModelUsageComponents['schemas']['DuplicateModels'];

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
  /** What a model was used for in a range of days, day by day or month by month, and whether that rises. Everybody who may read the model sees it. */
  async getModelInsights(
    request: {
      model: NonNullable<
        ModelUsagePaths['/insights/model']['get']['parameters']['query']
      >['model'];
      version?: NonNullable<
        ModelUsagePaths['/insights/model']['get']['parameters']['query']
      >['version'];
      from?: NonNullable<
        ModelUsagePaths['/insights/model']['get']['parameters']['query']
      >['from'];
      to?: NonNullable<
        ModelUsagePaths['/insights/model']['get']['parameters']['query']
      >['to'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/model']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/model`,
        {
          query: {
            model: request.model,
            version: request.version,
            from: request.from,
            to: request.to,
          },
        },
        options,
      )
    ).json();
  }
  /** Who called a model. Owners of the model and permissions `model.gateway.manage` and `model.budget.manage` see all names; everybody else their own, and the sums of the others. */
  async listModelCallers(
    request: {
      model: NonNullable<
        ModelUsagePaths['/insights/model/callers']['get']['parameters']['query']
      >['model'];
      version?: NonNullable<
        ModelUsagePaths['/insights/model/callers']['get']['parameters']['query']
      >['version'];
      from?: NonNullable<
        ModelUsagePaths['/insights/model/callers']['get']['parameters']['query']
      >['from'];
      to?: NonNullable<
        ModelUsagePaths['/insights/model/callers']['get']['parameters']['query']
      >['to'];
      by?: NonNullable<
        ModelUsagePaths['/insights/model/callers']['get']['parameters']['query']
      >['by'];
      cursor?: NonNullable<
        ModelUsagePaths['/insights/model/callers']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/insights/model/callers']['get']['parameters']['query']
      >['limit'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/model/callers']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/model/callers`,
        {
          query: {
            model: request.model,
            version: request.version,
            from: request.from,
            to: request.to,
            by: request.by,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Teams that deployed a model (they own a component that says in the catalog that it consumes the model) or called it, with the first and the last call. Names as in `/insights/model/callers`. */
  async listModelTeams(
    request: {
      model: NonNullable<
        ModelUsagePaths['/insights/model/teams']['get']['parameters']['query']
      >['model'];
      version?: NonNullable<
        ModelUsagePaths['/insights/model/teams']['get']['parameters']['query']
      >['version'];
      from?: NonNullable<
        ModelUsagePaths['/insights/model/teams']['get']['parameters']['query']
      >['from'];
      to?: NonNullable<
        ModelUsagePaths['/insights/model/teams']['get']['parameters']['query']
      >['to'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/model/teams']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/model/teams`,
        {
          query: {
            model: request.model,
            version: request.version,
            from: request.from,
            to: request.to,
          },
        },
        options,
      )
    ).json();
  }
  /** Calls of a model by weekday and hour in UTC, as far back as hours are kept. */
  async getModelHeatMap(
    request: {
      model: NonNullable<
        ModelUsagePaths['/insights/model/heat-map']['get']['parameters']['query']
      >['model'];
      version?: NonNullable<
        ModelUsagePaths['/insights/model/heat-map']['get']['parameters']['query']
      >['version'];
      from?: NonNullable<
        ModelUsagePaths['/insights/model/heat-map']['get']['parameters']['query']
      >['from'];
      to?: NonNullable<
        ModelUsagePaths['/insights/model/heat-map']['get']['parameters']['query']
      >['to'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/model/heat-map']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/model/heat-map`,
        {
          query: {
            model: request.model,
            version: request.version,
            from: request.from,
            to: request.to,
          },
        },
        options,
      )
    ).json();
  }
  /** Calls of the last 28 days, trend and number of teams for up to 100 models, for lists. Models that the caller may not read are left out. */
  async getModelInsightsByRefs(
    request: {
      body: NonNullable<
        ModelUsagePaths['/insights/models/by-refs']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/models/by-refs']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/insights/models/by-refs`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** What a team, component or access profile used and what that cost. Members and owners see theirs; permissions `model.gateway.manage` and `model.budget.manage` show all. */
  async getCallerInsights(
    request: {
      callerKind: string;
      caller: string;
      from?: NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}']['get']['parameters']['query']
      >['from'];
      to?: NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}']['get']['parameters']['query']
      >['to'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/callers/{callerKind}/{caller}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/callers/${encodeURIComponent(
          request.callerKind,
        )}/${encodeURIComponent(request.caller)}`,
        {
          query: { from: request.from, to: request.to },
        },
        options,
      )
    ).json();
  }
  /** Who used what, where, and what it cost: one row for each combination of the names that `by` asks for. */
  async listCallerUses(
    request: {
      callerKind: string;
      caller: string;
      from?: NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}/uses']['get']['parameters']['query']
      >['from'];
      to?: NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}/uses']['get']['parameters']['query']
      >['to'];
      by?: NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}/uses']['get']['parameters']['query']
      >['by'];
      cursor?: NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}/uses']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}/uses']['get']['parameters']['query']
      >['limit'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/callers/{callerKind}/{caller}/uses']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/callers/${encodeURIComponent(
          request.callerKind,
        )}/${encodeURIComponent(request.caller)}/uses`,
        {
          query: {
            from: request.from,
            to: request.to,
            by: request.by,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** What was spent day by day against the budget, and what the month will cost. 404 where there is no budget. */
  async getBudgetBurn(
    request: {
      callerKind: string;
      caller: string;
      month?: NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}/budget']['get']['parameters']['query']
      >['month'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/callers/{callerKind}/{caller}/budget']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/callers/${encodeURIComponent(
          request.callerKind,
        )}/${encodeURIComponent(request.caller)}/budget`,
        {
          query: { month: request.month },
        },
        options,
      )
    ).json();
  }
  /** What to charge whom, as CSV; `focus` has the columns of FOCUS 1.2. Of one team, component or profile for whoever may see its usage; of all with permission `model.gateway.manage` or `model.budget.manage`. The export is an audit event. */
  async exportChargeback(
    request: {
      from?: NonNullable<
        ModelUsagePaths['/insights/chargeback']['get']['parameters']['query']
      >['from'];
      to?: NonNullable<
        ModelUsagePaths['/insights/chargeback']['get']['parameters']['query']
      >['to'];
      format?: NonNullable<
        ModelUsagePaths['/insights/chargeback']['get']['parameters']['query']
      >['format'];
      callerKind?: NonNullable<
        ModelUsagePaths['/insights/chargeback']['get']['parameters']['query']
      >['callerKind'];
      caller?: NonNullable<
        ModelUsagePaths['/insights/chargeback']['get']['parameters']['query']
      >['caller'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'GET',
      `/insights/chargeback`,
      {
        query: {
          from: request.from,
          to: request.to,
          format: request.format,
          callerKind: request.callerKind,
          caller: request.caller,
        },
      },
      options,
    );
  }
  /** What all teams used and what that cost. Needs permission `model.gateway.manage` or `model.budget.manage`. */
  async getOrganisationInsights(
    request: {
      from?: NonNullable<
        ModelUsagePaths['/insights/organisation']['get']['parameters']['query']
      >['from'];
      to?: NonNullable<
        ModelUsagePaths['/insights/organisation']['get']['parameters']['query']
      >['to'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/organisation']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/organisation`,
        {
          query: { from: request.from, to: request.to },
        },
        options,
      )
    ).json();
  }
  /** Usage and cost by model, team, component, profile, tier or source. Needs permission `model.gateway.manage` or `model.budget.manage`. */
  async listOrganisationUses(
    request: {
      from?: NonNullable<
        ModelUsagePaths['/insights/organisation/breakdown']['get']['parameters']['query']
      >['from'];
      to?: NonNullable<
        ModelUsagePaths['/insights/organisation/breakdown']['get']['parameters']['query']
      >['to'];
      by: NonNullable<
        ModelUsagePaths['/insights/organisation/breakdown']['get']['parameters']['query']
      >['by'];
      orderBy?: NonNullable<
        ModelUsagePaths['/insights/organisation/breakdown']['get']['parameters']['query']
      >['orderBy'];
      cursor?: NonNullable<
        ModelUsagePaths['/insights/organisation/breakdown']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/insights/organisation/breakdown']['get']['parameters']['query']
      >['limit'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/organisation/breakdown']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/organisation/breakdown`,
        {
          query: {
            from: request.from,
            to: request.to,
            by: request.by,
            orderBy: request.orderBy,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** How many teams use how many models, week by week, and how many of the approved models are used. Needs permission `model.gateway.manage` or `model.budget.manage`. */
  async getAdoption(
    request: {
      weeks?: NonNullable<
        ModelUsagePaths['/insights/organisation/adoption']['get']['parameters']['query']
      >['weeks'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/organisation/adoption']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/organisation/adoption`,
        {
          query: { weeks: request.weeks },
        },
        options,
      )
    ).json();
  }
  /** Approvals that nobody used, and endpoints that nobody calls, of what the caller may read. */
  async getWaste(
    request: {
      days?: NonNullable<
        ModelUsagePaths['/insights/organisation/waste']['get']['parameters']['query']
      >['days'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/organisation/waste']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/organisation/waste`,
        {
          query: { days: request.days },
        },
        options,
      )
    ).json();
  }
  /** Models that several teams made of the same base for the same task, of those that the caller may read. */
  async listDuplicateModels(
    request: {
      cursor?: NonNullable<
        ModelUsagePaths['/insights/organisation/duplicates']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/insights/organisation/duplicates']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/insights/organisation/duplicates']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/insights/organisation/duplicates`,
        {
          query: { cursor: request.cursor, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** Objectives of the models that the caller may see, and of the control plane; what burns first. */
  async listObjectives(
    request: {
      plane?: NonNullable<
        ModelUsagePaths['/objectives']['get']['parameters']['query']
      >['plane'];
      model?: NonNullable<
        ModelUsagePaths['/objectives']['get']['parameters']['query']
      >['model'];
      state?: NonNullable<
        ModelUsagePaths['/objectives']['get']['parameters']['query']
      >['state'];
      cursor?: NonNullable<
        ModelUsagePaths['/objectives']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/objectives']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/objectives']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/objectives`,
        {
          query: {
            plane: request.plane,
            model: request.model,
            state: request.state,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Sets an objective. Owners of a model may for theirs, and permission `model.slo.manage` may for all. */
  async setObjective(
    request: {
      body: NonNullable<
        ModelUsagePaths['/objectives']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/objectives']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/objectives`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** How an objective would have been kept over the last days of its window. */
  async previewObjective(
    request: {
      body: NonNullable<
        ModelUsagePaths['/objectives/preview']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/objectives/preview']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/objectives/preview`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** An objective, and how it is kept now. */
  async getObjective(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/objectives/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/objectives/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Changes what has to be kept. 409 when somebody else changed it since `version`. */
  async changeObjective(
    request: {
      id: string;
      body: NonNullable<
        ModelUsagePaths['/objectives/{id}']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/objectives/{id}']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/objectives/${encodeURIComponent(request.id)}`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Removes an objective. One that a default of the tier made does not come again. */
  async removeObjective(
    request: {
      id: string;
      version: NonNullable<
        ModelUsagePaths['/objectives/{id}']['delete']['parameters']['query']
      >['version'];
      reason?: NonNullable<
        ModelUsagePaths['/objectives/{id}']['delete']['parameters']['query']
      >['reason'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<void> {
    await this.#request(
      'DELETE',
      `/objectives/${encodeURIComponent(request.id)}`,
      {
        query: { version: request.version, reason: request.reason },

        idempotencyKey: request.idempotencyKey ?? randomKey(),
      },
      options,
    );
  }
  /** The error budget day by day over the window, and how fast it burnt hour by hour over the last three days. */
  async getObjectivePerformance(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/objectives/{id}/performance']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/objectives/${encodeURIComponent(request.id)}/performance`,
        {},
        options,
      )
    ).json();
  }
  /** Who set and changed an objective. */
  async listObjectiveChanges(
    request: {
      id: string;
      cursor?: NonNullable<
        ModelUsagePaths['/objectives/{id}/changes']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/objectives/{id}/changes']['get']['parameters']['query']
      >['limit'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/objectives/{id}/changes']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/objectives/${encodeURIComponent(request.id)}/changes`,
        {
          query: { cursor: request.cursor, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** Alerts about an objective, from begin to end. */
  async listObjectiveAlerts(
    request: {
      id: string;
      cursor?: NonNullable<
        ModelUsagePaths['/objectives/{id}/alerts']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/objectives/{id}/alerts']['get']['parameters']['query']
      >['limit'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/objectives/{id}/alerts']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/objectives/${encodeURIComponent(request.id)}/alerts`,
        {
          query: { cursor: request.cursor, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** A gateway passes on what callers say of answers; each call is judged once. `Authorization: Gateway <proof>`. */
  async reportFeedback(
    request: {
      body: NonNullable<
        ModelUsagePaths['/feedback']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/feedback']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/feedback`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** Versions whose calls differ from their reference at present, of the models that the caller may read. */
  async listDrift(
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/drift']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/drift`, {}, options)).json();
  }
  /** How the calls of each version of a model compare with its reference. Whoever may read the model may. */
  async getModelDrift(
    request: {
      model: NonNullable<
        ModelUsagePaths['/drift/model']['get']['parameters']['query']
      >['model'];
      version?: NonNullable<
        ModelUsagePaths['/drift/model']['get']['parameters']['query']
      >['version'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/drift/model']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/drift/model`,
        {
          query: { model: request.model, version: request.version },
        },
        options,
      )
    ).json();
  }
  /** What checks of a version found day by day, its references and its times of drift. */
  async getDriftHistory(
    request: {
      model: NonNullable<
        ModelUsagePaths['/drift/model/history']['get']['parameters']['query']
      >['model'];
      version: NonNullable<
        ModelUsagePaths['/drift/model/history']['get']['parameters']['query']
      >['version'];
      days?: NonNullable<
        ModelUsagePaths['/drift/model/history']['get']['parameters']['query']
      >['days'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/drift/model/history']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/drift/model/history`,
        {
          query: {
            model: request.model,
            version: request.version,
            days: request.days,
          },
        },
        options,
      )
    ).json();
  }
  /** Says which days are usual for a version from now on; ends its drift. For owners of the model and permission `model.gateway.manage`. */
  async setDriftReference(
    request: {
      body: NonNullable<
        ModelUsagePaths['/drift/references']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/drift/references']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/drift/references`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** What the portal asks other programs of usage, and how that goes. Needs permission `model.gateway.manage`. */
  async listUsageSources(
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/sources']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/sources`, {}, options)).json();
  }
  /** Asks a source now instead of at its next time. Needs permission `model.gateway.manage`. */
  async retryUsageSource(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/sources/{id}/retry']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/sources/${encodeURIComponent(request.id)}/retry`,
        {},
        options,
      )
    ).json();
  }
  /** Files of usage and costs that were taken. Needs permission `model.usage.import`. */
  async listUsageImports(
    request: {
      cursor?: NonNullable<
        ModelUsagePaths['/imports']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelUsagePaths['/imports']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/imports']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/imports`,
        {
          query: { cursor: request.cursor, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** Reads a file of usage or costs, and with `dryRun` only says what it would add. Each file and each row counts once. Needs permission `model.usage.import`. */
  async importUsage(
    request: {
      body: NonNullable<
        ModelUsagePaths['/imports']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/imports']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/imports`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** Takes back what an import added. Its rows may be imported again after. Needs permission `model.usage.import`. */
  async undoUsageImport(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelUsagePaths['/imports/{id}/undo']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/imports/${encodeURIComponent(request.id)}/undo`,
        {},
        options,
      )
    ).json();
  }
}
