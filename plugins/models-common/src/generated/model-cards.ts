// Generated from plugins/model-cards-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import {
  type ApiClientOptions,
  type ApiRequestOptions,
  createApiRequest,
  randomKey,
} from '../api/request';

/** @public */
export interface ModelCardsPaths {
  '/models': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Models that the caller may read. Values of one facet are alternatives, different facets all have to match. */
    get: ModelCardsOperations['listModels'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/by-name/{namespace}/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelCardsOperations['getModel'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/by-name/{namespace}/{name}/card': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The text of the model card that `spec.card` names, read beside the file that declares the model. 404 when it has none. */
    get: ModelCardsOperations['getModelCard'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Models whose row changed or went after a sequence number. Only the last change of each is kept. Services only. */
    get: ModelCardsOperations['listModelChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Look for changes in the catalog now instead of within 30 seconds. Services, or permission `model.cards.refresh`. */
    post: ModelCardsOperations['refreshModels'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
/** @public */
export interface ModelCardsComponents {
  schemas: {
    Error: {
      error: {
        name: string;
        message: string;
        code?: string;
      };
      request?: {
        method?: string;
        url?: string;
      };
      response: {
        statusCode: number;
      };
    };
    FacetSelection: string[];
    /** @enum {string} */
    ModelRowSort:
      | 'relevance'
      | 'name'
      | 'updated'
      | 'context'
      | 'parameters'
      | 'gpuMemory'
      | 'completeness'
      | 'rating';
    /** @description One live approval. */
    ModelRowGrant: {
      tier: string;
      purpose: string;
      profile: string;
      modelVersion: string;
      expiresAt: string;
    };
    /** @description What a list shows of a model. */
    ModelRow: {
      entityRef: string;
      namespace: string;
      name: string;
      title: string;
      description?: string;
      type: string;
      lifecycle: string;
      /** @description Full entity ref. */
      owner: string;
      system?: string;
      provider: string;
      gatewayId: string;
      /**
       * @description `official` only when governance confirms it.
       * @enum {string}
       */
      curation?: 'official' | 'community' | 'base';
      licence?: {
        id: string;
        name?: string;
        /** @enum {string} */
        commercialUse?: 'yes' | 'no' | 'conditional';
      };
      tags: string[];
      tasks: string[];
      domains: string[];
      languages: string[];
      frameworks: string[];
      quantizations: string[];
      parameters?: number;
      contextTokens?: number;
      minGpuMemoryGiB?: number;
      pricing?: {
        inputPerMTok?: number;
        outputPerMTok?: number;
        currency?: string;
      };
      /** @description Names. */
      versions: string[];
      supersededBy?: string;
      /** @description 0 to 100. */
      completeness: number;
      /** @description Tiers that live approvals reach. */
      tiers: string[];
      /**
       * @description Absent when governance is not installed.
       * @enum {string}
       */
      maturity?: 'experimental' | 'validated' | 'production';
      official: boolean;
      grants: ModelCardsComponents['schemas']['ModelRowGrant'][];
      openRequests: number;
      holds: number;
      rating?: ModelCardsComponents['schemas']['ModelRowRating'];
      gatewayIdConflict?: ModelCardsComponents['schemas']['ModelRowConflict'];
      /**
       * Format: date-time
       * @description When the entity last changed
       */
      updatedAt: string;
    };
    /** @description What people gave the model. Absent when nobody did, without model-reviews, and for callers who may not read all reviews. */
    ModelRowRating: {
      /** @description Bayesian, of all stars; 1 to 5. */
      average: number;
      /** @description How many people gave stars. */
      count: number;
    };
    /** @description Other models claim the same gateway id. Claimants that the caller may not read are left out. */
    ModelRowConflict: {
      /** @enum {string} */
      outcome: 'held' | 'refused';
      otherClaimants: string[];
    };
    ModelRowDetail: {
      model: ModelCardsComponents['schemas']['ModelRow'];
      /** @description What the card lacks, the weightiest first. */
      missing: {
        field: string;
        title: string;
        weight: number;
      }[];
    };
    ModelCardText: {
      /** @description Without the front matter. */
      markdown: string;
      /** @description As `spec.card` says it. */
      path: string;
    };
    ModelRowFacetValue: {
      value: string;
      count: number;
    };
    /** @description By facet name, the most frequent values first, at most 100 of each. Each facet is counted with all filters except its own. `rating` has the values 4, 3, 2 and 1, for so many stars and more. */
    ModelRowFacets: {
      [key: string]: ModelCardsComponents['schemas']['ModelRowFacetValue'][];
    };
    ModelRowPage: {
      items: ModelCardsComponents['schemas']['ModelRow'][];
      totalItems: number;
      facets?: ModelCardsComponents['schemas']['ModelRowFacets'];
      /** @description Absent on the last page. */
      nextCursor?: string;
      /** @description True when the permission policy could not be applied in the database: counts then cover only the models that were looked at. */
      approximate: boolean;
    };
    ModelRowChange: {
      seq: number;
      entityRef: string;
      /** @enum {string} */
      type: 'upserted' | 'deleted';
      /** Format: date-time */
      at: string;
    };
  };
  responses: {
    /** @description An error as @backstage/errors serialises it */
    Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': ModelCardsComponents['schemas']['Error'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
/** @public */
export interface ModelCardsOperations {
  listModels: {
    parameters: {
      query?: {
        /** @description Words to look for; the last letters of each may be missing. */
        q?: string;
        task?: ModelCardsComponents['schemas']['FacetSelection'];
        domain?: ModelCardsComponents['schemas']['FacetSelection'];
        type?: ModelCardsComponents['schemas']['FacetSelection'];
        framework?: ModelCardsComponents['schemas']['FacetSelection'];
        provider?: ModelCardsComponents['schemas']['FacetSelection'];
        curation?: ModelCardsComponents['schemas']['FacetSelection'];
        /** @description A tier that live approvals reach. */
        tier?: ModelCardsComponents['schemas']['FacetSelection'];
        maturity?: ModelCardsComponents['schemas']['FacetSelection'];
        licence?: ModelCardsComponents['schemas']['FacetSelection'];
        language?: ModelCardsComponents['schemas']['FacetSelection'];
        lifecycle?: ModelCardsComponents['schemas']['FacetSelection'];
        /** @description Full entity refs. */
        owner?: ModelCardsComponents['schemas']['FacetSelection'];
        tag?: ModelCardsComponents['schemas']['FacetSelection'];
        /** @description Models whose replica needs no more GPU memory. Leaves out models that say nothing. */
        maxGpuMemoryGiB?: number;
        minContextTokens?: number;
        /** @description Models that people gave so many stars or more on average. Leaves out those that nobody rated. */
        minRating?: number;
        /** @description `relevance` when there is a `q`, else `name`. */
        sort?: ModelCardsComponents['schemas']['ModelRowSort'];
        /** @description `asc` for `name`, else `desc`. Models that lack the value come last either way. */
        order?: 'asc' | 'desc';
        /** @description Count facets too. */
        facets?: boolean;
        /** @description `nextCursor` of the page before, with the same parameters. */
        cursor?: string;
        limit?: number;
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
          'application/json': ModelCardsComponents['schemas']['ModelRowPage'];
        };
      };
      default: ModelCardsComponents['responses']['Error'];
    };
  };
  getModel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The model */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelCardsComponents['schemas']['ModelRowDetail'];
        };
      };
      default: ModelCardsComponents['responses']['Error'];
    };
  };
  getModelCard: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The card */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelCardsComponents['schemas']['ModelCardText'];
        };
      };
      default: ModelCardsComponents['responses']['Error'];
    };
  };
  listModelChanges: {
    parameters: {
      query?: {
        after?: number;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Changes in order */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelCardsComponents['schemas']['ModelRowChange'][];
            /** @description Pass as `after` next time. */
            next: number;
          };
        };
      };
      default: ModelCardsComponents['responses']['Error'];
    };
  };
  refreshModels: {
    parameters: {
      query?: never;
      header?: {
        /** @description Accepted for uniformity; refreshing twice does no more than refreshing once. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Make every row again. */
          rebuild?: boolean;
        };
      };
    };
    responses: {
      /** @description It will happen. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: ModelCardsComponents['responses']['Error'];
    };
  };
}

/** @public */
export type FacetSelection = ModelCardsComponents['schemas']['FacetSelection'];
/** @public */
export type ModelRowSort = ModelCardsComponents['schemas']['ModelRowSort'];
/**
 * One live approval.
 * @public */
export type ModelRowGrant = ModelCardsComponents['schemas']['ModelRowGrant'];
/**
 * What a list shows of a model.
 * @public */
export type ModelRow = ModelCardsComponents['schemas']['ModelRow'];
/**
 * What people gave the model. Absent when nobody did, without model-reviews, and for callers who may not read all reviews.
 * @public */
export type ModelRowRating = ModelCardsComponents['schemas']['ModelRowRating'];
/**
 * Other models claim the same gateway id. Claimants that the caller may not read are left out.
 * @public */
export type ModelRowConflict =
  ModelCardsComponents['schemas']['ModelRowConflict'];
/** @public */
export type ModelRowDetail = ModelCardsComponents['schemas']['ModelRowDetail'];
/** @public */
export type ModelCardText = ModelCardsComponents['schemas']['ModelCardText'];
/** @public */
export type ModelRowFacetValue =
  ModelCardsComponents['schemas']['ModelRowFacetValue'];
/**
 * By facet name, the most frequent values first, at most 100 of each. Each facet is counted with all filters except its own. `rating` has the values 4, 3, 2 and 1, for so many stars and more.
 * @public */
export type ModelRowFacets = ModelCardsComponents['schemas']['ModelRowFacets'];
/** @public */
export type ModelRowPage = ModelCardsComponents['schemas']['ModelRowPage'];
/** @public */
export type ModelRowChange = ModelCardsComponents['schemas']['ModelRowChange'];

/**
 * Client of the model-cards backend. Every method throws `ResponseError` of `@backstage/errors`.
 *
 * @public
 */
export class ModelCardsClient {
  readonly #request: ReturnType<typeof createApiRequest>;

  constructor(options: ApiClientOptions) {
    this.#request = createApiRequest('model-cards', options);
  }
  /** Models that the caller may read. Values of one facet are alternatives, different facets all have to match. */
  async listModels(
    request: {
      q?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['q'];
      task?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['task'];
      domain?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['domain'];
      type?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['type'];
      framework?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['framework'];
      provider?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['provider'];
      curation?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['curation'];
      tier?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['tier'];
      maturity?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['maturity'];
      licence?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['licence'];
      language?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['language'];
      lifecycle?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['lifecycle'];
      owner?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['owner'];
      tag?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['tag'];
      maxGpuMemoryGiB?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['maxGpuMemoryGiB'];
      minContextTokens?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['minContextTokens'];
      minRating?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['minRating'];
      sort?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['sort'];
      order?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['order'];
      facets?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['facets'];
      cursor?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelCardsPaths['/models']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelCardsPaths['/models']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/models`,
        {
          query: {
            q: request.q,
            task: request.task,
            domain: request.domain,
            type: request.type,
            framework: request.framework,
            provider: request.provider,
            curation: request.curation,
            tier: request.tier,
            maturity: request.maturity,
            licence: request.licence,
            language: request.language,
            lifecycle: request.lifecycle,
            owner: request.owner,
            tag: request.tag,
            maxGpuMemoryGiB: request.maxGpuMemoryGiB,
            minContextTokens: request.minContextTokens,
            minRating: request.minRating,
            sort: request.sort,
            order: request.order,
            facets: request.facets,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }

  async getModel(
    request: { namespace: string; name: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelCardsPaths['/models/by-name/{namespace}/{name}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/models/by-name/${encodeURIComponent(
          request.namespace,
        )}/${encodeURIComponent(request.name)}`,
        {},
        options,
      )
    ).json();
  }
  /** The text of the model card that `spec.card` names, read beside the file that declares the model. 404 when it has none. */
  async getModelCard(
    request: { namespace: string; name: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelCardsPaths['/models/by-name/{namespace}/{name}/card']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/models/by-name/${encodeURIComponent(
          request.namespace,
        )}/${encodeURIComponent(request.name)}/card`,
        {},
        options,
      )
    ).json();
  }
  /** Models whose row changed or went after a sequence number. Only the last change of each is kept. Services only. */
  async listModelChanges(
    request: {
      after?: NonNullable<
        ModelCardsPaths['/changes']['get']['parameters']['query']
      >['after'];
      limit?: NonNullable<
        ModelCardsPaths['/changes']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelCardsPaths['/changes']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/changes`,
        {
          query: { after: request.after, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** Look for changes in the catalog now instead of within 30 seconds. Services, or permission `model.cards.refresh`. */
  async refreshModels(
    request: {
      body?: NonNullable<
        ModelCardsPaths['/refresh']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    } = {},
    options?: ApiRequestOptions,
  ): Promise<void> {
    await this.#request(
      'POST',
      `/refresh`,
      {
        body: request.body,
        idempotencyKey: request.idempotencyKey ?? randomKey(),
      },
      options,
    );
  }
}
