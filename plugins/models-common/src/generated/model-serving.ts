// Generated from plugins/model-serving-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import {
  type ApiClientOptions,
  type ApiRequestOptions,
  createApiRequest,
  randomKey,
} from '../api/request';

/** @public */
export interface ModelServingPaths {
  '/engines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The engines that run models here, whether they can be reached, and their GPUs. */
    get: ModelServingOperations['listEngines'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/endpoints/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What an evaluation endpoint would take and cost, and whether the caller may start it. Changes nothing. */
    post: ModelServingOperations['previewEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Evaluation endpoints of the caller and of the caller's teams, newest first; all of them with permission `model.serving.manage`. */
    get: ModelServingOperations['listEndpoints'];
    put?: never;
    /** Starts an evaluation endpoint. Needs permission `model.endpoint.create`, membership of the team and of the access profile. */
    post: ModelServingOperations['createEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/endpoints/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get: ModelServingOperations['getEndpoint'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/endpoints/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    /** What happened to an endpoint, oldest first; the hub's own events and those of the engine. */
    get: ModelServingOperations['listEndpointEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/endpoints/{id}/logs': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    /** The last lines of the model server's log, oldest first. */
    get: ModelServingOperations['getEndpointLogs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/endpoints/{id}/extend': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets an endpoint live longer, once. Needs to be its owner or a member of its team. */
    post: ModelServingOperations['extendEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/endpoints/{id}/stop': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends an endpoint now. Its owner, members of its team and those with permission `model.serving.manage` may. Stopping one that has ended changes nothing. */
    post: ModelServingOperations['stopEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/endpoints/{id}/key': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Issues a new secret for the endpoint's key; the former one ends at once. Only its owner may. */
    post: ModelServingOperations['renewEndpointKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/targets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the caller can prompt with an access profile, and the limits. Ready endpoints of the caller and of the caller's teams, and hosted models that are approved for the profile. */
    get: ModelServingOperations['listPlaygroundTargets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/chat': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Prompts one target through the gateway. Server-sent events: `delta` (PlaygroundDelta), one `done` (PlaygroundDone) or one `error` (PlaygroundProblem); comments keep the line open. Nothing of it is kept. */
    post: ModelServingOperations['chatInPlayground'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/files/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Reads a JSONL or CSV text. Says its columns, which of them look like prompts and answers, its first rows, and what is wrong in which line. Keeps nothing. */
    post: ModelServingOperations['checkPlaygroundFile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/batches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's batches, newest first. */
    get: ModelServingOperations['listPlaygroundBatches'];
    put?: never;
    /** Runs a file through up to four targets. Goes on by itself, also after a restart. */
    post: ModelServingOperations['createPlaygroundBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/batches/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get: ModelServingOperations['getPlaygroundBatch'];
    put?: never;
    post?: never;
    /** Forgets the file and all answers. What was saved as an evaluation stays with the model. */
    delete: ModelServingOperations['erasePlaygroundBatch'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/batches/{id}/rows': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    /** The rows in the file's order, with what each target answered so far. */
    get: ModelServingOperations['listPlaygroundRows'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/batches/{id}/comparison': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    /** Two targets of a batch, row by row, in every metric that both have. */
    get: ModelServingOperations['comparePlaygroundTargets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/batches/{id}/download': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    /** All rows with answers and figures. In CSV, cells that a spreadsheet would run as a formula begin with an apostrophe; JSONL has them as they are. */
    get: ModelServingOperations['downloadPlaygroundBatch'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/batches/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends what still runs. What was answered stays. Cancelling one that is over changes nothing. */
    post: ModelServingOperations['cancelPlaygroundBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/batches/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Goes on with targets that failed or were cancelled; rows that were answered are not asked again. */
    post: ModelServingOperations['retryPlaygroundBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/batches/{id}/save': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Files what a target came to as an evaluation result of its model, as the caller. It is never changed, and is marked as a person's own input, which no check takes for an official pack. */
    post: ModelServingOperations['savePlaygroundBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/playground/batches/{id}/attach': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Attaches what a target came to as evidence to a request for approval of the same version; saves it before where it was not. */
    post: ModelServingOperations['attachPlaygroundBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
/** @public */
export interface ModelServingComponents {
  schemas: {
    Error: {
      error: {
        name: string;
        message: string;
      };
      request?: Record<string, unknown>;
      response: {
        statusCode: number;
      };
    };
    /**
     * @description `checking`: the sandbox checks run. `queued`: waits for quota or GPUs. `starting`: the engine begins it. `ready`: takes calls. `stopping`: holds things until the engine says that they are gone. Ends: `ended`; `refused` by the checks; `failed`.
     * @enum {string}
     */
    EndpointState:
      | 'checking'
      | 'queued'
      | 'starting'
      | 'ready'
      | 'stopping'
      | 'ended'
      | 'refused'
      | 'failed';
    ServingEngine: {
      id: string;
      title: string;
      hasGpus: boolean;
      health: ModelServingComponents['schemas']['ServingEngineHealth'];
      /** @description Evaluation endpoints that it holds now. */
      endpoints: number;
      /** @description GPUs that evaluation endpoints take here now. */
      gpusInUse?: number;
      /** @description GPUs that evaluation endpoints may take here together; absent where nothing bounds them. */
      gpuLimit?: number;
    };
    ServingEngineHealth: {
      /** @enum {string} */
      state: 'up' | 'away';
      message?: string;
      /** Format: date-time */
      since: string;
      /** @description Where the engine knows. */
      gpus?: {
        total: number;
        free: number;
      };
    };
    ServingMoney: {
      amount: number;
      currency: string;
    };
    /** @description What one replica takes. */
    EndpointResources: {
      /** @description Whole GPUs; 0 where a CPU does. */
      gpus: number;
      /** @description Id of the GPU, such as l4-24gb. */
      gpu?: string;
      /** @description Cores. */
      cpu: number;
      /** @description GiB of main memory. */
      memoryGiB: number;
    };
    EndpointChoice: {
      /** @description Entity ref of the model. */
      entityRef: string;
      /** @description The first that can be run by default. */
      modelVersion?: string;
      /** @description Entity ref of one of the caller's groups; the first by default. */
      team?: string;
      /** @description Access profile that the caller is a member of; the first by default. */
      profile?: string;
      /** @description The first that fits by default. */
      engine?: string;
    };
    /** @description What is left out is chosen as in the preview. */
    EndpointInput: {
      entityRef: string;
      modelVersion?: string;
      team?: string;
      profile?: string;
      engine?: string;
      /** @description What it is for, for the team; goes into the request for approval where one is filed. */
      note?: string;
    };
    EndpointVersionChoice: {
      name: string;
      digest?: string;
      format?: string;
      sizeBytes?: number;
      uri?: string;
      usable: boolean;
      /** @description Why it cannot be run. */
      reason?: string;
    };
    EndpointEngineChoice: {
      id: string;
      title: string;
      fits: boolean;
      /** @description Why the model does not run here. */
      reason?: string;
      resources?: ModelServingComponents['schemas']['EndpointResources'];
      health: ModelServingComponents['schemas']['ServingEngineHealth'];
      /** @description Its place if it were asked for now; 0 means that it starts at once. */
      queuePosition?: number;
    };
    EndpointCostEstimate: {
      known: boolean;
      /** @description For the whole life without an extension. */
      amount?: number;
      perHour?: number;
      currency?: string;
      hours: number;
      /** @description Where the price is from, or why none is known. */
      basis: string;
    };
    EndpointQuotaFigure: {
      used: number;
      /** @description Absent where nothing bounds it. */
      limit?: number;
    };
    /** @description Of the team. */
    EndpointQuota: {
      gpus: ModelServingComponents['schemas']['EndpointQuotaFigure'];
      endpoints: ModelServingComponents['schemas']['EndpointQuotaFigure'];
      /** @description Endpoints begun in the last 24 hours. */
      today: ModelServingComponents['schemas']['EndpointQuotaFigure'];
    };
    EndpointAccessPreview: {
      /** @enum {string} */
      state: 'allowed' | 'will-be-checked' | 'refused';
      reason: string;
      approvalId?: string;
    };
    EndpointPreview: {
      entityRef: string;
      title: string;
      gatewayId: string;
      versions: ModelServingComponents['schemas']['EndpointVersionChoice'][];
      modelVersion?: string;
      /** @description The caller's groups. */
      teams: {
        entityRef: string;
        title: string;
      }[];
      team?: string;
      /** @description Access profiles that the caller is a member of. */
      profiles: {
        id: string;
        title: string;
      }[];
      profile?: string;
      purpose: string;
      /** @description Life from when it is ready. */
      hours: number;
      extendHours: number;
      engines: ModelServingComponents['schemas']['EndpointEngineChoice'][];
      engine?: string;
      resources?: ModelServingComponents['schemas']['EndpointResources'];
      cost: ModelServingComponents['schemas']['EndpointCostEstimate'];
      quota?: ModelServingComponents['schemas']['EndpointQuota'];
      /** @description Its place if it were asked for now; 0 means that it starts at once. */
      queuePosition?: number;
      /** @description What it would wait for. */
      queueReason?: string;
      access: ModelServingComponents['schemas']['EndpointAccessPreview'];
      mayCreate: boolean;
      /** @description Why the caller may not start it. */
      reason?: string;
      /** @description One of the caller's or the team's that can be used instead. */
      existing?: ModelServingComponents['schemas']['EvaluationEndpoint'];
    };
    EvaluationEndpoint: {
      id: string;
      state: ModelServingComponents['schemas']['EndpointState'];
      /** @description For people, what it waits for, why it ended, or what went wrong and what to do. */
      message?: string;
      entityRef: string;
      title: string;
      gatewayId: string;
      modelVersion: string;
      digest?: string;
      /** @description Entity ref of a group. */
      team: string;
      /** @description Entity ref of who started it. */
      owner: string;
      profile: string;
      purpose: string;
      /** @enum {string} */
      tier: 'sandbox';
      engine: {
        id: string;
        title: string;
      };
      resources: ModelServingComponents['schemas']['EndpointResources'];
      note?: string;
      approvalId?: string;
      /** @description While it is queued; 1 is next. */
      queuePosition?: number;
      /** @description While it starts, 0 to 1; where the engine knows. */
      progress?: number;
      hours: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      queuedAt?: string;
      /**
       * Format: date-time
       * @description When the engine began it.
       */
      startedAt?: string;
      /** Format: date-time */
      readyAt?: string;
      /**
       * Format: date-time
       * @description When it is stopped at the latest; while it starts, when starting is given up.
       */
      endsAt?: string;
      /** Format: date-time */
      stoppingAt?: string;
      /** Format: date-time */
      endedAt?: string;
      /** Format: date-time */
      extendedAt?: string;
      /**
       * @description One word.
       * @enum {string}
       */
      endReason?:
        | 'stopped'
        | 'time-over'
        | 'start-timeout'
        | 'approval-ended'
        | 'model-unavailable'
        | 'left-team'
        | 'engine-failed'
        | 'key-refused'
        | 'refused';
      /** @description Entity ref of who stopped it. */
      endedBy?: string;
      mayExtend: boolean;
      /** @description Why it cannot be extended. */
      extendReason?: string;
      mayStop: boolean;
      mayRenewKey: boolean;
      cost: {
        known: boolean;
        soFar: ModelServingComponents['schemas']['ServingMoney'];
        perHour?: number;
        basis?: string;
      };
      /** @description When it is ready. */
      connection?: {
        /** @description Base URL of the OpenAI-compatible API, with `/v1`. */
        gatewayUrl: string;
        model: string;
        keyId?: string;
      };
      /** @description Where the usage room knows. */
      usage?: {
        calls: number;
        inputTokens: number;
        outputTokens: number;
      };
    };
    StartedEndpoint: ModelServingComponents['schemas']['EvaluationEndpoint'] & {
      /** @description Of its gateway key. Absent on a replay. */
      secret?: string;
    };
    EndpointPage: {
      items: ModelServingComponents['schemas']['EvaluationEndpoint'][];
      nextCursor?: string;
    };
    EndpointEvent: {
      /** Format: date-time */
      at: string;
      /** @enum {string} */
      source: 'hub' | 'engine';
      /** @enum {string} */
      level: 'info' | 'warning';
      /** @description One word. */
      type: string;
      message: string;
      /** @description Entity ref of who did it. */
      by?: string;
      state?: ModelServingComponents['schemas']['EndpointState'];
    };
    PlaygroundTarget: {
      /** @description `endpoint:<id>` or `model:<gateway id>@<version>`. */
      id: string;
      /** @enum {string} */
      kind: 'endpoint' | 'model';
      title: string;
      /** @description Of the model. */
      entityRef: string;
      gatewayId: string;
      modelVersion: string;
      available: boolean;
      /** @description Why it cannot be called now. */
      reason?: string;
      endpoint?: {
        id: string;
        /** @description Entity ref of a group. */
        team: string;
        engine?: string;
        /** Format: date-time */
        endsAt?: string;
      };
      price?: ModelServingComponents['schemas']['PlaygroundPrice'];
    };
    /** @description Of tokens, or of the hours of an endpoint. */
    PlaygroundPrice: {
      currency: string;
      /** @description For a million tokens. */
      inputPerMTok?: number;
      /** @description For a million tokens. */
      outputPerMTok?: number;
      perHour?: number;
      /** @enum {string} */
      basis: 'tokens' | 'time';
    };
    PlaygroundScorer: {
      type: string;
      title: string;
      about: string;
      needsExpected: boolean;
      /** @description Taken where rows have an expected answer and no scorers are chosen. */
      byDefault: boolean;
    };
    PlaygroundLimits: {
      /** @description Side by side. */
      targets: number;
      /** @description All messages together. */
      promptCharacters: number;
      answerTokens: number;
      fileBytes: number;
      rows: number;
      chatsAtOnce: number;
      chatsPerMinute: number;
      /** @description Batches are erased after it. */
      keepDays: number;
    };
    PlaygroundTargets: {
      items: ModelServingComponents['schemas']['PlaygroundTarget'][];
      /** @description Access profiles that the caller is a member of. */
      profiles: {
        id: string;
        title: string;
      }[];
      /** @description The one that the targets are for. */
      profile?: string;
      purpose: string;
      /** @description Why hosted models are missing, where they are. */
      problem?: string;
      limits: ModelServingComponents['schemas']['PlaygroundLimits'];
      scorers: ModelServingComponents['schemas']['PlaygroundScorer'][];
    };
    PlaygroundSettings: {
      temperature?: number;
      maxTokens?: number;
      topP?: number;
      seed?: number;
      stop?: string[];
    };
    PlaygroundMessage: {
      /** @enum {string} */
      role: 'system' | 'user' | 'assistant';
      content: string;
    };
    PlaygroundChat: {
      target: string;
      /** @description Access profile that the caller is a member of; the first by default. Endpoints have their own. */
      profile?: string;
      messages: ModelServingComponents['schemas']['PlaygroundMessage'][];
      settings?: ModelServingComponents['schemas']['PlaygroundSettings'];
    };
    /** @description Data of the event `delta`. */
    PlaygroundDelta: {
      text: string;
    };
    PlaygroundCost: {
      amount: number;
      currency: string;
      /**
       * @description `tokens`: prices of the model; `time`: the price of the endpoint for as long as the answer took.
       * @enum {string}
       */
      basis: 'tokens' | 'time';
    };
    /** @description Data of the event `done`. */
    PlaygroundDone: {
      finishReason?: string;
      inputTokens: number;
      outputTokens: number;
      /** @description The server did not count, so they are about a quarter of the characters. */
      tokensEstimated: boolean;
      /** @description From the request to the first piece of the answer. */
      ttftMs?: number;
      latencyMs: number;
      /** @description Output tokens after the first, by the time after the first. */
      tokensPerSecond?: number;
      cost?: ModelServingComponents['schemas']['PlaygroundCost'];
    };
    /** @description Data of the event `error`. */
    PlaygroundProblem: {
      message: string;
      status: number;
      code?: string;
      retryAfterSeconds?: number;
      /** @description Where to request access. */
      accessUrl?: string;
    };
    /** @description Names of columns of the file. */
    PlaygroundColumns: {
      prompt: string;
      expected?: string;
      system?: string;
      slice?: string;
    };
    /** @enum {string} */
    PlaygroundFormat: 'jsonl' | 'csv';
    PlaygroundFile: {
      text: string;
      /** @description Guessed without. */
      format?: ModelServingComponents['schemas']['PlaygroundFormat'];
      /** @description Guessed without. */
      columns?: ModelServingComponents['schemas']['PlaygroundColumns'];
    };
    PlaygroundFileProblem: {
      /** @description From 1. */
      line: number;
      message: string;
    };
    PlaygroundFileCheck: {
      format: ModelServingComponents['schemas']['PlaygroundFormat'];
      columns: string[];
      guessed?: ModelServingComponents['schemas']['PlaygroundColumns'];
      /** @description That can be run. */
      rows: number;
      bytes: number;
      /** @description `sha256:…` of the text in UTF-8. */
      digest: string;
      /** @description The first rows; long values are shortened. */
      first: {
        line: number;
        values: {
          [key: string]: string;
        };
      }[];
      /** @description The first 100. */
      problems: ModelServingComponents['schemas']['PlaygroundFileProblem'][];
      problemCount: number;
      /** @description Whether a batch can be made of it. With problems in lines it cannot, so that no line is lost unseen. */
      isUsable: boolean;
      /** @description Types of scorers that fit the rows. */
      scorers: string[];
    };
    PlaygroundScorerChoice: {
      type: string;
      params?: {
        [key: string]: unknown;
      };
    };
    PlaygroundBatchInput: {
      name: string;
      fileName?: string;
      /** @description The whole file. */
      text: string;
      format?: ModelServingComponents['schemas']['PlaygroundFormat'];
      columns: ModelServingComponents['schemas']['PlaygroundColumns'];
      targets: string[];
      settings?: ModelServingComponents['schemas']['PlaygroundSettings'];
      /** @description Goes before each prompt whose row has none of its own. */
      system?: string;
      /** @description Without them, those that fit rows with an expected answer. */
      scorers?: ModelServingComponents['schemas']['PlaygroundScorerChoice'][];
      profile?: string;
    };
    PlaygroundMetric: {
      name: string;
      title: string;
      value: number;
      unit: string;
      /** @enum {string} */
      direction?: 'higher' | 'lower';
      statistic?: string;
      slice?: string;
      samples?: number;
      /** @description At the level of 95 %. */
      interval?: number[];
    };
    /** @enum {string} */
    PlaygroundRunState:
      | 'queued'
      | 'running'
      | 'finished'
      | 'failed'
      | 'cancelled';
    PlaygroundBatchTarget: {
      /** @description In the batch */
      place: number;
      target: ModelServingComponents['schemas']['PlaygroundTarget'];
      state: ModelServingComponents['schemas']['PlaygroundRunState'];
      /** @description Rows that are through */
      done: number;
      failed: number;
      total: number;
      /** @description Requests that were made again. */
      retries?: number;
      problem?: string;
      /** Format: date-time */
      startedAt?: string;
      /** Format: date-time */
      finishedAt?: string;
      metrics: ModelServingComponents['schemas']['PlaygroundMetric'][];
      cost?: ModelServingComponents['schemas']['PlaygroundCost'];
      /** @description Of the evaluation result in governance; once it is saved. */
      resultId?: string;
      /** @description Ids of approvals. */
      attachedTo: string[];
    };
    PlaygroundBatch: {
      id: string;
      name: string;
      fileName?: string;
      /** @description `failed` where no target came to a result. */
      state: ModelServingComponents['schemas']['PlaygroundRunState'];
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      finishedAt?: string;
      /** @description Entity ref. */
      createdBy: string;
      profile?: string;
      rows: number;
      format: ModelServingComponents['schemas']['PlaygroundFormat'];
      /** @description `sha256:…` of the file. */
      digest: string;
      columns: ModelServingComponents['schemas']['PlaygroundColumns'];
      system?: string;
      settings: ModelServingComponents['schemas']['PlaygroundSettings'];
      scorers: ModelServingComponents['schemas']['PlaygroundScorerChoice'][];
      targets: ModelServingComponents['schemas']['PlaygroundBatchTarget'][];
      /** Format: date-time */
      eraseAt: string;
      mayCancel: boolean;
      mayRetry: boolean;
    };
    PlaygroundBatchPage: {
      items: ModelServingComponents['schemas']['PlaygroundBatch'][];
      nextCursor?: string;
    };
    PlaygroundAnswer: {
      place: number;
      /** @enum {string} */
      state: 'waiting' | 'answered' | 'failed';
      text?: string;
      finishReason?: string;
      problem?: string;
      /** @description By the name of the metric. */
      scores: {
        [key: string]: {
          value?: number;
          note?: string;
        };
      };
      latencyMs?: number;
      ttftMs?: number;
      inputTokens?: number;
      outputTokens?: number;
      cost?: ModelServingComponents['schemas']['PlaygroundCost'];
    };
    PlaygroundRow: {
      id: string;
      /** @description In the file. */
      line: number;
      prompt: string;
      system?: string;
      expected?: string;
      slice?: string;
      answers: ModelServingComponents['schemas']['PlaygroundAnswer'][];
    };
    PlaygroundRowPage: {
      items: ModelServingComponents['schemas']['PlaygroundRow'][];
      total: number;
      nextCursor?: string;
    };
    PlaygroundDifference: {
      metric: string;
      title: string;
      pairs: number;
      candidate: number;
      incumbent: number;
      /** @enum {string} */
      direction: 'higher' | 'lower';
      unit: string;
      /** @description Candidate minus incumbent, turned so that a negative one is a loss. */
      difference: number;
      interval: number[];
      pValue?: number;
      /** @enum {string} */
      standing: 'worse' | 'unclear' | 'not-worse' | 'better';
    };
    PlaygroundComparison: {
      candidate: number;
      incumbent: number;
      confidence: number;
      items: ModelServingComponents['schemas']['PlaygroundDifference'][];
      /** @description Metrics that cannot be compared, with the reason. */
      missing: {
        metric: string;
        reason: string;
      }[];
    };
    PlaygroundSaveInput: {
      /** @description Its place. */
      target: number;
    };
    PlaygroundAttachInput: {
      /** @description Its place. */
      target: number;
      approvalId: string;
    };
  };
  responses: {
    /** @description An error as @backstage/errors serialises it */
    Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': ModelServingComponents['schemas']['Error'];
      };
    };
  };
  parameters: {
    Id: string;
    Cursor: string;
    /** @description 20 by default. */
    Limit: number;
    /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
    IdempotencyKey: string;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
/** @public */
export interface ModelServingOperations {
  listEngines: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Engines */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelServingComponents['schemas']['ServingEngine'][];
          };
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  previewEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelServingComponents['schemas']['EndpointChoice'];
      };
    };
    responses: {
      /** @description The preview */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['EndpointPreview'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  listEndpoints: {
    parameters: {
      query?: {
        /** @description Only those that the caller started. */
        mine?: boolean;
        /** @description Entity ref of a group. */
        team?: string;
        /** @description Entity ref of the model. */
        entityRef?: string;
        state?: ModelServingComponents['schemas']['EndpointState'][];
        cursor?: ModelServingComponents['parameters']['Cursor'];
        /** @description 20 by default. */
        limit?: ModelServingComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['EndpointPage'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  createEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelServingComponents['schemas']['EndpointInput'];
      };
    };
    responses: {
      /** @description The endpoint with its key's secret, which is in this answer and in no other; a replay answers without it. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['StartedEndpoint'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  getEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The endpoint */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['EvaluationEndpoint'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  listEndpointEvents: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelServingComponents['schemas']['EndpointEvent'][];
            /** @description Why the engine's own events are missing. */
            engineProblem?: string;
          };
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  getEndpointLogs: {
    parameters: {
      query?: {
        /** @description 200 lines by default. */
        tail?: number;
      };
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Lines */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  extendEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The endpoint */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['EvaluationEndpoint'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  stopEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The endpoint */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['EvaluationEndpoint'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  renewEndpointKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The endpoint with the new secret, which is in this answer and in no other; a replay answers without it. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['StartedEndpoint'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  listPlaygroundTargets: {
    parameters: {
      query?: {
        /** @description Access profile that the caller is a member of; the first by default. */
        profile?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Targets */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundTargets'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  chatInPlayground: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelServingComponents['schemas']['PlaygroundChat'];
      };
    };
    responses: {
      /** @description The stream */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  checkPlaygroundFile: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelServingComponents['schemas']['PlaygroundFile'];
      };
    };
    responses: {
      /** @description What is in it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundFileCheck'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  listPlaygroundBatches: {
    parameters: {
      query?: {
        cursor?: ModelServingComponents['parameters']['Cursor'];
        /** @description 20 by default. */
        limit?: ModelServingComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundBatchPage'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  createPlaygroundBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelServingComponents['schemas']['PlaygroundBatchInput'];
      };
    };
    responses: {
      /** @description The batch */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundBatch'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  getPlaygroundBatch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The batch with progress and metrics of each target */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundBatch'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  erasePlaygroundBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Erased */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  listPlaygroundRows: {
    parameters: {
      query?: {
        cursor?: ModelServingComponents['parameters']['Cursor'];
        /** @description 20 by default. */
        limit?: ModelServingComponents['parameters']['Limit'];
      };
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundRowPage'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  comparePlaygroundTargets: {
    parameters: {
      query: {
        /** @description Place of the target in the batch, from 0. */
        candidate: number;
        incumbent: number;
      };
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The comparison */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundComparison'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  downloadPlaygroundBatch: {
    parameters: {
      query: {
        format: 'csv' | 'jsonl';
      };
      header?: never;
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  cancelPlaygroundBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The batch */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundBatch'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  retryPlaygroundBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The batch */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundBatch'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  savePlaygroundBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelServingComponents['schemas']['PlaygroundSaveInput'];
      };
    };
    responses: {
      /** @description The batch; its target names the result */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundBatch'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
  attachPlaygroundBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelServingComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelServingComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelServingComponents['schemas']['PlaygroundAttachInput'];
      };
    };
    responses: {
      /** @description The batch; its target names the result and the requests */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelServingComponents['schemas']['PlaygroundBatch'];
        };
      };
      default: ModelServingComponents['responses']['Error'];
    };
  };
}

/**
 * `checking`: the sandbox checks run. `queued`: waits for quota or GPUs. `starting`: the engine begins it. `ready`: takes calls. `stopping`: holds things until the engine says that they are gone. Ends: `ended`; `refused` by the checks; `failed`.
 * @public */
export type EndpointState = ModelServingComponents['schemas']['EndpointState'];
/** @public */
export type ServingEngine = ModelServingComponents['schemas']['ServingEngine'];
/** @public */
export type ServingEngineHealth =
  ModelServingComponents['schemas']['ServingEngineHealth'];
/** @public */
export type ServingMoney = ModelServingComponents['schemas']['ServingMoney'];
/**
 * What one replica takes.
 * @public */
export type EndpointResources =
  ModelServingComponents['schemas']['EndpointResources'];
/** @public */
export type EndpointChoice =
  ModelServingComponents['schemas']['EndpointChoice'];
/**
 * What is left out is chosen as in the preview.
 * @public */
export type EndpointInput = ModelServingComponents['schemas']['EndpointInput'];
/** @public */
export type EndpointVersionChoice =
  ModelServingComponents['schemas']['EndpointVersionChoice'];
/** @public */
export type EndpointEngineChoice =
  ModelServingComponents['schemas']['EndpointEngineChoice'];
/** @public */
export type EndpointCostEstimate =
  ModelServingComponents['schemas']['EndpointCostEstimate'];
/** @public */
export type EndpointQuotaFigure =
  ModelServingComponents['schemas']['EndpointQuotaFigure'];
/**
 * Of the team.
 * @public */
export type EndpointQuota = ModelServingComponents['schemas']['EndpointQuota'];
/** @public */
export type EndpointAccessPreview =
  ModelServingComponents['schemas']['EndpointAccessPreview'];
/** @public */
export type EndpointPreview =
  ModelServingComponents['schemas']['EndpointPreview'];
/** @public */
export type EvaluationEndpoint =
  ModelServingComponents['schemas']['EvaluationEndpoint'];
/** @public */
export type StartedEndpoint =
  ModelServingComponents['schemas']['StartedEndpoint'];
/** @public */
export type EndpointPage = ModelServingComponents['schemas']['EndpointPage'];
/** @public */
export type EndpointEvent = ModelServingComponents['schemas']['EndpointEvent'];
/** @public */
export type PlaygroundTarget =
  ModelServingComponents['schemas']['PlaygroundTarget'];
/**
 * Of tokens, or of the hours of an endpoint.
 * @public */
export type PlaygroundPrice =
  ModelServingComponents['schemas']['PlaygroundPrice'];
/** @public */
export type PlaygroundScorer =
  ModelServingComponents['schemas']['PlaygroundScorer'];
/** @public */
export type PlaygroundLimits =
  ModelServingComponents['schemas']['PlaygroundLimits'];
/** @public */
export type PlaygroundTargets =
  ModelServingComponents['schemas']['PlaygroundTargets'];
/** @public */
export type PlaygroundSettings =
  ModelServingComponents['schemas']['PlaygroundSettings'];
/** @public */
export type PlaygroundMessage =
  ModelServingComponents['schemas']['PlaygroundMessage'];
/** @public */
export type PlaygroundChat =
  ModelServingComponents['schemas']['PlaygroundChat'];
/**
 * Data of the event `delta`.
 * @public */
export type PlaygroundDelta =
  ModelServingComponents['schemas']['PlaygroundDelta'];
/** @public */
export type PlaygroundCost =
  ModelServingComponents['schemas']['PlaygroundCost'];
/**
 * Data of the event `done`.
 * @public */
export type PlaygroundDone =
  ModelServingComponents['schemas']['PlaygroundDone'];
/**
 * Data of the event `error`.
 * @public */
export type PlaygroundProblem =
  ModelServingComponents['schemas']['PlaygroundProblem'];
/**
 * Names of columns of the file.
 * @public */
export type PlaygroundColumns =
  ModelServingComponents['schemas']['PlaygroundColumns'];
/** @public */
export type PlaygroundFormat =
  ModelServingComponents['schemas']['PlaygroundFormat'];
/** @public */
export type PlaygroundFile =
  ModelServingComponents['schemas']['PlaygroundFile'];
/** @public */
export type PlaygroundFileProblem =
  ModelServingComponents['schemas']['PlaygroundFileProblem'];
/** @public */
export type PlaygroundFileCheck =
  ModelServingComponents['schemas']['PlaygroundFileCheck'];
/** @public */
export type PlaygroundScorerChoice =
  ModelServingComponents['schemas']['PlaygroundScorerChoice'];
/** @public */
export type PlaygroundBatchInput =
  ModelServingComponents['schemas']['PlaygroundBatchInput'];
/** @public */
export type PlaygroundMetric =
  ModelServingComponents['schemas']['PlaygroundMetric'];
/** @public */
export type PlaygroundRunState =
  ModelServingComponents['schemas']['PlaygroundRunState'];
/** @public */
export type PlaygroundBatchTarget =
  ModelServingComponents['schemas']['PlaygroundBatchTarget'];
/** @public */
export type PlaygroundBatch =
  ModelServingComponents['schemas']['PlaygroundBatch'];
/** @public */
export type PlaygroundBatchPage =
  ModelServingComponents['schemas']['PlaygroundBatchPage'];
/** @public */
export type PlaygroundAnswer =
  ModelServingComponents['schemas']['PlaygroundAnswer'];
/** @public */
export type PlaygroundRow = ModelServingComponents['schemas']['PlaygroundRow'];
/** @public */
export type PlaygroundRowPage =
  ModelServingComponents['schemas']['PlaygroundRowPage'];
/** @public */
export type PlaygroundDifference =
  ModelServingComponents['schemas']['PlaygroundDifference'];
/** @public */
export type PlaygroundComparison =
  ModelServingComponents['schemas']['PlaygroundComparison'];
/** @public */
export type PlaygroundSaveInput =
  ModelServingComponents['schemas']['PlaygroundSaveInput'];
/** @public */
export type PlaygroundAttachInput =
  ModelServingComponents['schemas']['PlaygroundAttachInput'];

/**
 * Client of the model-serving backend. Every method throws `ResponseError` of `@backstage/errors`.
 *
 * @public
 */
export class ModelServingClient {
  readonly #request: ReturnType<typeof createApiRequest>;

  constructor(options: ApiClientOptions) {
    this.#request = createApiRequest('model-serving', options);
  }
  /** The engines that run models here, whether they can be reached, and their GPUs. */
  async listEngines(
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/engines']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/engines`, {}, options)).json();
  }
  /** What an evaluation endpoint would take and cost, and whether the caller may start it. Changes nothing. */
  async previewEndpoint(
    request: {
      body: NonNullable<
        ModelServingPaths['/endpoints/preview']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/endpoints/preview']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/endpoints/preview`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** Evaluation endpoints of the caller and of the caller's teams, newest first; all of them with permission `model.serving.manage`. */
  async listEndpoints(
    request: {
      mine?: NonNullable<
        ModelServingPaths['/endpoints']['get']['parameters']['query']
      >['mine'];
      team?: NonNullable<
        ModelServingPaths['/endpoints']['get']['parameters']['query']
      >['team'];
      entityRef?: NonNullable<
        ModelServingPaths['/endpoints']['get']['parameters']['query']
      >['entityRef'];
      state?: NonNullable<
        ModelServingPaths['/endpoints']['get']['parameters']['query']
      >['state'];
      cursor?: NonNullable<
        ModelServingPaths['/endpoints']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelServingPaths['/endpoints']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/endpoints']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/endpoints`,
        {
          query: {
            mine: request.mine,
            team: request.team,
            entityRef: request.entityRef,
            state: request.state,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Starts an evaluation endpoint. Needs permission `model.endpoint.create`, membership of the team and of the access profile. */
  async createEndpoint(
    request: {
      body: NonNullable<
        ModelServingPaths['/endpoints']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/endpoints']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/endpoints`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async getEndpoint(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/endpoints/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/endpoints/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** What happened to an endpoint, oldest first; the hub's own events and those of the engine. */
  async listEndpointEvents(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/endpoints/{id}/events']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/endpoints/${encodeURIComponent(request.id)}/events`,
        {},
        options,
      )
    ).json();
  }
  /** The last lines of the model server's log, oldest first. */
  async getEndpointLogs(
    request: {
      id: string;
      tail?: NonNullable<
        ModelServingPaths['/endpoints/{id}/logs']['get']['parameters']['query']
      >['tail'];
    },
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'GET',
      `/endpoints/${encodeURIComponent(request.id)}/logs`,
      {
        query: { tail: request.tail },
      },
      options,
    );
  }
  /** Lets an endpoint live longer, once. Needs to be its owner or a member of its team. */
  async extendEndpoint(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/endpoints/{id}/extend']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/endpoints/${encodeURIComponent(request.id)}/extend`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Ends an endpoint now. Its owner, members of its team and those with permission `model.serving.manage` may. Stopping one that has ended changes nothing. */
  async stopEndpoint(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/endpoints/{id}/stop']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/endpoints/${encodeURIComponent(request.id)}/stop`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Issues a new secret for the endpoint's key; the former one ends at once. Only its owner may. */
  async renewEndpointKey(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/endpoints/{id}/key']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/endpoints/${encodeURIComponent(request.id)}/key`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** What the caller can prompt with an access profile, and the limits. Ready endpoints of the caller and of the caller's teams, and hosted models that are approved for the profile. */
  async listPlaygroundTargets(
    request: {
      profile?: NonNullable<
        ModelServingPaths['/playground/targets']['get']['parameters']['query']
      >['profile'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/targets']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/playground/targets`,
        {
          query: { profile: request.profile },
        },
        options,
      )
    ).json();
  }
  /** Prompts one target through the gateway. Server-sent events: `delta` (PlaygroundDelta), one `done` (PlaygroundDone) or one `error` (PlaygroundProblem); comments keep the line open. Nothing of it is kept. */
  async chatInPlayground(
    request: {
      body: NonNullable<
        ModelServingPaths['/playground/chat']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'POST',
      `/playground/chat`,
      {
        body: request.body,
      },
      options,
    );
  }
  /** Reads a JSONL or CSV text. Says its columns, which of them look like prompts and answers, its first rows, and what is wrong in which line. Keeps nothing. */
  async checkPlaygroundFile(
    request: {
      body: NonNullable<
        ModelServingPaths['/playground/files/check']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/files/check']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/playground/files/check`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** The caller's batches, newest first. */
  async listPlaygroundBatches(
    request: {
      cursor?: NonNullable<
        ModelServingPaths['/playground/batches']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelServingPaths['/playground/batches']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/batches']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/playground/batches`,
        {
          query: { cursor: request.cursor, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** Runs a file through up to four targets. Goes on by itself, also after a restart. */
  async createPlaygroundBatch(
    request: {
      body: NonNullable<
        ModelServingPaths['/playground/batches']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/batches']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/playground/batches`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async getPlaygroundBatch(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/batches/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/playground/batches/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Forgets the file and all answers. What was saved as an evaluation stays with the model. */
  async erasePlaygroundBatch(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<void> {
    await this.#request(
      'DELETE',
      `/playground/batches/${encodeURIComponent(request.id)}`,
      {
        idempotencyKey: request.idempotencyKey ?? randomKey(),
      },
      options,
    );
  }
  /** The rows in the file's order, with what each target answered so far. */
  async listPlaygroundRows(
    request: {
      id: string;
      cursor?: NonNullable<
        ModelServingPaths['/playground/batches/{id}/rows']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelServingPaths['/playground/batches/{id}/rows']['get']['parameters']['query']
      >['limit'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/batches/{id}/rows']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/playground/batches/${encodeURIComponent(request.id)}/rows`,
        {
          query: { cursor: request.cursor, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** Two targets of a batch, row by row, in every metric that both have. */
  async comparePlaygroundTargets(
    request: {
      id: string;
      candidate: NonNullable<
        ModelServingPaths['/playground/batches/{id}/comparison']['get']['parameters']['query']
      >['candidate'];
      incumbent: NonNullable<
        ModelServingPaths['/playground/batches/{id}/comparison']['get']['parameters']['query']
      >['incumbent'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/batches/{id}/comparison']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/playground/batches/${encodeURIComponent(request.id)}/comparison`,
        {
          query: { candidate: request.candidate, incumbent: request.incumbent },
        },
        options,
      )
    ).json();
  }
  /** All rows with answers and figures. In CSV, cells that a spreadsheet would run as a formula begin with an apostrophe; JSONL has them as they are. */
  async downloadPlaygroundBatch(
    request: {
      id: string;
      format: NonNullable<
        ModelServingPaths['/playground/batches/{id}/download']['get']['parameters']['query']
      >['format'];
    },
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'GET',
      `/playground/batches/${encodeURIComponent(request.id)}/download`,
      {
        query: { format: request.format },
      },
      options,
    );
  }
  /** Ends what still runs. What was answered stays. Cancelling one that is over changes nothing. */
  async cancelPlaygroundBatch(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/batches/{id}/cancel']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/playground/batches/${encodeURIComponent(request.id)}/cancel`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Goes on with targets that failed or were cancelled; rows that were answered are not asked again. */
  async retryPlaygroundBatch(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/batches/{id}/retry']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/playground/batches/${encodeURIComponent(request.id)}/retry`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Files what a target came to as an evaluation result of its model, as the caller. It is never changed, and is marked as a person's own input, which no check takes for an official pack. */
  async savePlaygroundBatch(
    request: {
      id: string;
      body: NonNullable<
        ModelServingPaths['/playground/batches/{id}/save']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/batches/{id}/save']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/playground/batches/${encodeURIComponent(request.id)}/save`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Attaches what a target came to as evidence to a request for approval of the same version; saves it before where it was not. */
  async attachPlaygroundBatch(
    request: {
      id: string;
      body: NonNullable<
        ModelServingPaths['/playground/batches/{id}/attach']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelServingPaths['/playground/batches/{id}/attach']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/playground/batches/${encodeURIComponent(request.id)}/attach`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
}
