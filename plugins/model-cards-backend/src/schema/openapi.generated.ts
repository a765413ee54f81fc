// Generated from plugins/model-cards-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import type { ModelCardsPaths } from '@modelhub/backstage-plugin-models-common';
import { createDocumentRouter } from '@modelhub/backstage-plugin-models-node';
import type { RequestHandler } from 'express';

/** Every route with the types of its parameters, answer, body and query. */
export type Routes = {
  get: {
    '/models': RequestHandler<
      {},
      ModelCardsPaths['/models']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelCardsPaths['/models']['get']['parameters']['query']>
    >;
    '/models/by-name/:namespace/:name': RequestHandler<
      { namespace: string; name: string },
      ModelCardsPaths['/models/by-name/{namespace}/{name}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/models/by-name/:namespace/:name/card': RequestHandler<
      { namespace: string; name: string },
      ModelCardsPaths['/models/by-name/{namespace}/{name}/card']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/changes': RequestHandler<
      {},
      ModelCardsPaths['/changes']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelCardsPaths['/changes']['get']['parameters']['query']>
    >;
  };
  post: {
    '/refresh': RequestHandler<
      {},
      void,
      NonNullable<
        ModelCardsPaths['/refresh']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
  };
};

/** An express router that takes only the routes of the document. */
export type OpenapiRouter = RequestHandler & {
  use(...handlers: RequestHandler[]): OpenapiRouter;
  get<P extends keyof Routes['get']>(
    path: P,
    ...handlers: Array<Routes['get'][P]>
  ): OpenapiRouter;
  post<P extends keyof Routes['post']>(
    path: P,
    ...handlers: Array<Routes['post'][P]>
  ): OpenapiRouter;
};

export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'model-cards',
    version: '1',
    description:
      'The read side of Model Hub. One indexed row per model for search, facets and lists.',
    license: {
      name: 'Apache-2.0',
      url: 'http://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  paths: {
    '/models': {
      get: {
        operationId: 'listModels',
        tags: ['models'],
        summary:
          'Models that the caller may read. Values of one facet are alternatives, different facets all have to match.',
        parameters: [
          {
            name: 'q',
            in: 'query',
            allowReserved: true,
            schema: { type: 'string', maxLength: 200 },
            description:
              'Words to look for; the last letters of each may be missing.',
          },
          {
            name: 'task',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'domain',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'type',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'framework',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'provider',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'curation',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'tier',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
            description: 'A tier that live approvals reach.',
          },
          {
            name: 'maturity',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'licence',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'language',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'lifecycle',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'owner',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
            description: 'Full entity refs.',
          },
          {
            name: 'tag',
            in: 'query',
            schema: { $ref: '#/components/schemas/FacetSelection' },
          },
          {
            name: 'maxGpuMemoryGiB',
            in: 'query',
            schema: { type: 'number', minimum: 0 },
            description:
              'Models whose replica needs no more GPU memory. Leaves out models that say nothing.',
          },
          {
            name: 'minContextTokens',
            in: 'query',
            schema: { type: 'number', minimum: 0 },
          },
          {
            name: 'minRating',
            in: 'query',
            schema: { type: 'number', minimum: 1, maximum: 5 },
            description:
              'Models that people gave so many stars or more on average. Leaves out those that nobody rated.',
          },
          {
            name: 'sort',
            in: 'query',
            schema: { $ref: '#/components/schemas/ModelRowSort' },
            description: '`relevance` when there is a `q`, else `name`.',
          },
          {
            name: 'order',
            in: 'query',
            schema: { type: 'string', enum: ['asc', 'desc'] },
            description:
              '`asc` for `name`, else `desc`. Models that lack the value come last either way.',
          },
          {
            name: 'facets',
            in: 'query',
            schema: { type: 'boolean' },
            description: 'Count facets too.',
          },
          {
            name: 'cursor',
            in: 'query',
            schema: { type: 'string', maxLength: 2000 },
            description:
              '`nextCursor` of the page before, with the same parameters.',
          },
          {
            name: 'limit',
            in: 'query',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelRowPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/models/by-name/{namespace}/{name}': {
      get: {
        operationId: 'getModel',
        tags: ['models'],
        parameters: [
          {
            name: 'namespace',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'The model',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelRowDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/models/by-name/{namespace}/{name}/card': {
      get: {
        operationId: 'getModelCard',
        tags: ['models'],
        summary:
          'The text of the model card that `spec.card` names, read beside the file that declares the model. 404 when it has none.',
        parameters: [
          {
            name: 'namespace',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'The card',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelCardText' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/changes': {
      get: {
        operationId: 'listModelChanges',
        tags: ['models'],
        summary:
          'Models whose row changed or went after a sequence number. Only the last change of each is kept. Services only.',
        parameters: [
          {
            name: 'after',
            in: 'query',
            schema: { type: 'integer', minimum: 0 },
          },
          {
            name: 'limit',
            in: 'query',
            schema: { type: 'integer', minimum: 1, maximum: 500 },
          },
        ],
        responses: {
          '200': {
            description: 'Changes in order',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'next'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ModelRowChange' },
                    },
                    next: {
                      type: 'integer',
                      description: 'Pass as `after` next time.',
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
    '/refresh': {
      post: {
        operationId: 'refreshModels',
        tags: ['models'],
        summary:
          'Look for changes in the catalog now instead of within 30 seconds. Services, or permission `model.cards.refresh`.',
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description:
              'Accepted for uniformity; refreshing twice does no more than refreshing once.',
            schema: { type: 'string', minLength: 8, maxLength: 200 },
          },
        ],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                properties: {
                  rebuild: {
                    type: 'boolean',
                    description: 'Make every row again.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '202': { description: 'It will happen.' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
  },
  components: {
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
              code: { type: 'string' },
            },
          },
          request: {
            type: 'object',
            properties: { method: { type: 'string' }, url: { type: 'string' } },
          },
          response: {
            type: 'object',
            required: ['statusCode'],
            properties: { statusCode: { type: 'number' } },
          },
        },
      },
      FacetSelection: {
        type: 'array',
        maxItems: 50,
        items: { type: 'string', maxLength: 250 },
      },
      ModelRowSort: {
        type: 'string',
        enum: [
          'relevance',
          'name',
          'updated',
          'context',
          'parameters',
          'gpuMemory',
          'completeness',
          'rating',
        ],
      },
      ModelRowGrant: {
        description: 'One live approval.',
        type: 'object',
        required: ['tier', 'purpose', 'profile', 'modelVersion', 'expiresAt'],
        properties: {
          tier: { type: 'string' },
          purpose: { type: 'string' },
          profile: { type: 'string' },
          modelVersion: { type: 'string' },
          expiresAt: { type: 'string' },
        },
      },
      ModelRow: {
        description: 'What a list shows of a model.',
        type: 'object',
        required: [
          'entityRef',
          'namespace',
          'name',
          'title',
          'type',
          'lifecycle',
          'owner',
          'provider',
          'gatewayId',
          'tags',
          'tasks',
          'domains',
          'languages',
          'frameworks',
          'quantizations',
          'versions',
          'completeness',
          'tiers',
          'official',
          'grants',
          'openRequests',
          'holds',
          'updatedAt',
        ],
        properties: {
          entityRef: { type: 'string' },
          namespace: { type: 'string' },
          name: { type: 'string' },
          title: { type: 'string' },
          description: { type: 'string' },
          type: { type: 'string' },
          lifecycle: { type: 'string' },
          owner: { type: 'string', description: 'Full entity ref.' },
          system: { type: 'string' },
          provider: { type: 'string' },
          gatewayId: { type: 'string' },
          curation: {
            type: 'string',
            enum: ['official', 'community', 'base'],
            description: '`official` only when governance confirms it.',
          },
          licence: {
            type: 'object',
            required: ['id'],
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              commercialUse: {
                type: 'string',
                enum: ['yes', 'no', 'conditional'],
              },
            },
          },
          tags: { type: 'array', items: { type: 'string' } },
          tasks: { type: 'array', items: { type: 'string' } },
          domains: { type: 'array', items: { type: 'string' } },
          languages: { type: 'array', items: { type: 'string' } },
          frameworks: { type: 'array', items: { type: 'string' } },
          quantizations: { type: 'array', items: { type: 'string' } },
          parameters: { type: 'number' },
          contextTokens: { type: 'number' },
          minGpuMemoryGiB: { type: 'number' },
          pricing: {
            type: 'object',
            properties: {
              inputPerMTok: { type: 'number' },
              outputPerMTok: { type: 'number' },
              currency: { type: 'string' },
            },
          },
          versions: {
            type: 'array',
            items: { type: 'string' },
            description: 'Names.',
          },
          supersededBy: { type: 'string' },
          completeness: { type: 'integer', description: '0 to 100.' },
          tiers: {
            type: 'array',
            items: { type: 'string' },
            description: 'Tiers that live approvals reach.',
          },
          maturity: {
            type: 'string',
            enum: ['experimental', 'validated', 'production'],
            description: 'Absent when governance is not installed.',
          },
          official: { type: 'boolean' },
          grants: {
            type: 'array',
            items: { $ref: '#/components/schemas/ModelRowGrant' },
          },
          openRequests: { type: 'integer' },
          holds: { type: 'integer' },
          rating: { $ref: '#/components/schemas/ModelRowRating' },
          gatewayIdConflict: { $ref: '#/components/schemas/ModelRowConflict' },
          updatedAt: {
            type: 'string',
            format: 'date-time',
            description: 'When the entity last changed',
            'as far as this index saw it.': null,
          },
        },
      },
      ModelRowRating: {
        description:
          'What people gave the model. Absent when nobody did, without model-reviews, and for callers who may not read all reviews.',
        type: 'object',
        required: ['average', 'count'],
        properties: {
          average: {
            type: 'number',
            description: 'Bayesian, of all stars; 1 to 5.',
          },
          count: {
            type: 'integer',
            description: 'How many people gave stars.',
          },
        },
      },
      ModelRowConflict: {
        description:
          'Other models claim the same gateway id. Claimants that the caller may not read are left out.',
        type: 'object',
        required: ['outcome', 'otherClaimants'],
        properties: {
          outcome: { type: 'string', enum: ['held', 'refused'] },
          otherClaimants: { type: 'array', items: { type: 'string' } },
        },
      },
      ModelRowDetail: {
        type: 'object',
        required: ['model', 'missing'],
        properties: {
          model: { $ref: '#/components/schemas/ModelRow' },
          missing: {
            description: 'What the card lacks, the weightiest first.',
            type: 'array',
            items: {
              type: 'object',
              required: ['field', 'title', 'weight'],
              properties: {
                field: { type: 'string' },
                title: { type: 'string' },
                weight: { type: 'number' },
              },
            },
          },
        },
      },
      ModelCardText: {
        type: 'object',
        required: ['markdown', 'path'],
        properties: {
          markdown: {
            type: 'string',
            description: 'Without the front matter.',
          },
          path: { type: 'string', description: 'As `spec.card` says it.' },
        },
      },
      ModelRowFacetValue: {
        type: 'object',
        required: ['value', 'count'],
        properties: { value: { type: 'string' }, count: { type: 'integer' } },
      },
      ModelRowFacets: {
        description:
          'By facet name, the most frequent values first, at most 100 of each. Each facet is counted with all filters except its own. `rating` has the values 4, 3, 2 and 1, for so many stars and more.',
        type: 'object',
        additionalProperties: {
          type: 'array',
          items: { $ref: '#/components/schemas/ModelRowFacetValue' },
        },
      },
      ModelRowPage: {
        type: 'object',
        required: ['items', 'totalItems', 'approximate'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ModelRow' },
          },
          totalItems: { type: 'integer' },
          facets: { $ref: '#/components/schemas/ModelRowFacets' },
          nextCursor: {
            type: 'string',
            description: 'Absent on the last page.',
          },
          approximate: {
            type: 'boolean',
            description:
              'True when the permission policy could not be applied in the database: counts then cover only the models that were looked at.',
          },
        },
      },
      ModelRowChange: {
        type: 'object',
        required: ['seq', 'entityRef', 'type', 'at'],
        properties: {
          seq: { type: 'integer' },
          entityRef: { type: 'string' },
          type: { type: 'string', enum: ['upserted', 'deleted'] },
          at: { type: 'string', format: 'date-time' },
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
