// Generated from plugins/model-serving-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import type { ModelServingPaths } from '@modelhub/backstage-plugin-models-common';
import { createDocumentRouter } from '@modelhub/backstage-plugin-models-node';
import type { RequestHandler } from 'express';

/** Every route with the types of its parameters, answer, body and query. */
export type Routes = {
  get: {
    '/engines': RequestHandler<
      {},
      ModelServingPaths['/engines']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/endpoints': RequestHandler<
      {},
      ModelServingPaths['/endpoints']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelServingPaths['/endpoints']['get']['parameters']['query']>
    >;
    '/endpoints/:id': RequestHandler<
      { id: string },
      ModelServingPaths['/endpoints/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/endpoints/:id/events': RequestHandler<
      { id: string },
      ModelServingPaths['/endpoints/{id}/events']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/endpoints/:id/logs': RequestHandler<
      { id: string },
      string,
      unknown,
      NonNullable<
        ModelServingPaths['/endpoints/{id}/logs']['get']['parameters']['query']
      >
    >;
    '/playground/targets': RequestHandler<
      {},
      ModelServingPaths['/playground/targets']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelServingPaths['/playground/targets']['get']['parameters']['query']
      >
    >;
    '/playground/batches': RequestHandler<
      {},
      ModelServingPaths['/playground/batches']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelServingPaths['/playground/batches']['get']['parameters']['query']
      >
    >;
    '/playground/batches/:id': RequestHandler<
      { id: string },
      ModelServingPaths['/playground/batches/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/playground/batches/:id/rows': RequestHandler<
      { id: string },
      ModelServingPaths['/playground/batches/{id}/rows']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelServingPaths['/playground/batches/{id}/rows']['get']['parameters']['query']
      >
    >;
    '/playground/batches/:id/comparison': RequestHandler<
      { id: string },
      ModelServingPaths['/playground/batches/{id}/comparison']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelServingPaths['/playground/batches/{id}/comparison']['get']['parameters']['query']
      >
    >;
    '/playground/batches/:id/download': RequestHandler<
      { id: string },
      string,
      unknown,
      NonNullable<
        ModelServingPaths['/playground/batches/{id}/download']['get']['parameters']['query']
      >
    >;
  };
  post: {
    '/endpoints/preview': RequestHandler<
      {},
      ModelServingPaths['/endpoints/preview']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelServingPaths['/endpoints/preview']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/endpoints': RequestHandler<
      {},
      ModelServingPaths['/endpoints']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelServingPaths['/endpoints']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/endpoints/:id/extend': RequestHandler<
      { id: string },
      ModelServingPaths['/endpoints/{id}/extend']['post']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/endpoints/:id/stop': RequestHandler<
      { id: string },
      ModelServingPaths['/endpoints/{id}/stop']['post']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/endpoints/:id/key': RequestHandler<
      { id: string },
      ModelServingPaths['/endpoints/{id}/key']['post']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/playground/chat': RequestHandler<
      {},
      string,
      NonNullable<
        ModelServingPaths['/playground/chat']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/playground/files/check': RequestHandler<
      {},
      ModelServingPaths['/playground/files/check']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelServingPaths['/playground/files/check']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/playground/batches': RequestHandler<
      {},
      ModelServingPaths['/playground/batches']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelServingPaths['/playground/batches']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/playground/batches/:id/cancel': RequestHandler<
      { id: string },
      ModelServingPaths['/playground/batches/{id}/cancel']['post']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/playground/batches/:id/retry': RequestHandler<
      { id: string },
      ModelServingPaths['/playground/batches/{id}/retry']['post']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/playground/batches/:id/save': RequestHandler<
      { id: string },
      ModelServingPaths['/playground/batches/{id}/save']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelServingPaths['/playground/batches/{id}/save']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/playground/batches/:id/attach': RequestHandler<
      { id: string },
      ModelServingPaths['/playground/batches/{id}/attach']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelServingPaths['/playground/batches/{id}/attach']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
  };
  delete: {
    '/playground/batches/:id': RequestHandler<
      { id: string },
      void,
      unknown,
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
  delete<P extends keyof Routes['delete']>(
    path: P,
    ...handlers: Array<Routes['delete'][P]>
  ): OpenapiRouter;
};

export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'model-serving',
    version: '1',
    description:
      'Evaluation endpoints with a fixed life and a GPU quota, the playground, and the engines that run models.',
    license: {
      name: 'Apache-2.0',
      url: 'http://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  paths: {
    '/engines': {
      get: {
        operationId: 'listEngines',
        tags: ['engines'],
        summary:
          'The engines that run models here, whether they can be reached, and their GPUs.',
        responses: {
          '200': {
            description: 'Engines',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ServingEngine' },
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
    '/endpoints/preview': {
      post: {
        operationId: 'previewEndpoint',
        tags: ['endpoints'],
        summary:
          'What an evaluation endpoint would take and cost, and whether the caller may start it. Changes nothing.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EndpointChoice' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The preview',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EndpointPreview' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/endpoints': {
      get: {
        operationId: 'listEndpoints',
        tags: ['endpoints'],
        summary:
          "Evaluation endpoints of the caller and of the caller's teams, newest first; all of them with permission `model.serving.manage`.",
        parameters: [
          {
            name: 'mine',
            in: 'query',
            description: 'Only those that the caller started.',
            schema: { type: 'boolean' },
          },
          {
            name: 'team',
            in: 'query',
            description: 'Entity ref of a group.',
            schema: { type: 'string', minLength: 1, maxLength: 400 },
          },
          {
            name: 'entityRef',
            in: 'query',
            description: 'Entity ref of the model.',
            schema: { type: 'string', minLength: 1, maxLength: 400 },
          },
          {
            name: 'state',
            in: 'query',
            schema: {
              type: 'array',
              items: { $ref: '#/components/schemas/EndpointState' },
            },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EndpointPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'createEndpoint',
        tags: ['endpoints'],
        summary:
          'Starts an evaluation endpoint. Needs permission `model.endpoint.create`, membership of the team and of the access profile.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EndpointInput' },
            },
          },
        },
        responses: {
          '201': {
            description:
              "The endpoint with its key's secret, which is in this answer and in no other; a replay answers without it.",
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/StartedEndpoint' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/endpoints/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getEndpoint',
        tags: ['endpoints'],
        responses: {
          '200': {
            description: 'The endpoint',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvaluationEndpoint' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/endpoints/{id}/events': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'listEndpointEvents',
        tags: ['endpoints'],
        summary:
          "What happened to an endpoint, oldest first; the hub's own events and those of the engine.",
        responses: {
          '200': {
            description: 'Events',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/EndpointEvent' },
                    },
                    engineProblem: {
                      type: 'string',
                      description: "Why the engine's own events are missing.",
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
    '/endpoints/{id}/logs': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getEndpointLogs',
        tags: ['endpoints'],
        summary: "The last lines of the model server's log, oldest first.",
        parameters: [
          {
            name: 'tail',
            in: 'query',
            description: '200 lines by default.',
            schema: { type: 'integer', minimum: 1, maximum: 5000 },
          },
        ],
        responses: {
          '200': {
            description: 'Lines',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/endpoints/{id}/extend': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'extendEndpoint',
        tags: ['endpoints'],
        summary:
          'Lets an endpoint live longer, once. Needs to be its owner or a member of its team.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        responses: {
          '200': {
            description: 'The endpoint',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvaluationEndpoint' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/endpoints/{id}/stop': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'stopEndpoint',
        tags: ['endpoints'],
        summary:
          'Ends an endpoint now. Its owner, members of its team and those with permission `model.serving.manage` may. Stopping one that has ended changes nothing.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        responses: {
          '200': {
            description: 'The endpoint',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvaluationEndpoint' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/endpoints/{id}/key': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'renewEndpointKey',
        tags: ['endpoints'],
        summary:
          "Issues a new secret for the endpoint's key; the former one ends at once. Only its owner may.",
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        responses: {
          '200': {
            description:
              'The endpoint with the new secret, which is in this answer and in no other; a replay answers without it.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/StartedEndpoint' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/targets': {
      get: {
        operationId: 'listPlaygroundTargets',
        tags: ['playground'],
        summary:
          "What the caller can prompt with an access profile, and the limits. Ready endpoints of the caller and of the caller's teams, and hosted models that are approved for the profile.",
        parameters: [
          {
            name: 'profile',
            in: 'query',
            description:
              'Access profile that the caller is a member of; the first by default.',
            schema: { type: 'string', minLength: 1, maxLength: 100 },
          },
        ],
        responses: {
          '200': {
            description: 'Targets',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundTargets' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/chat': {
      post: {
        operationId: 'chatInPlayground',
        tags: ['playground'],
        summary:
          'Prompts one target through the gateway. Server-sent events: `delta` (PlaygroundDelta), one `done` (PlaygroundDone) or one `error` (PlaygroundProblem); comments keep the line open. Nothing of it is kept.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PlaygroundChat' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The stream',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/files/check': {
      post: {
        operationId: 'checkPlaygroundFile',
        tags: ['playground'],
        summary:
          'Reads a JSONL or CSV text. Says its columns, which of them look like prompts and answers, its first rows, and what is wrong in which line. Keeps nothing.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PlaygroundFile' },
            },
          },
        },
        responses: {
          '200': {
            description: 'What is in it',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundFileCheck' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/batches': {
      get: {
        operationId: 'listPlaygroundBatches',
        tags: ['playground'],
        summary: "The caller's batches, newest first.",
        parameters: [
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundBatchPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'createPlaygroundBatch',
        tags: ['playground'],
        summary:
          'Runs a file through up to four targets. Goes on by itself, also after a restart.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PlaygroundBatchInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'The batch',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundBatch' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/batches/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getPlaygroundBatch',
        tags: ['playground'],
        responses: {
          '200': {
            description: 'The batch with progress and metrics of each target',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundBatch' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      delete: {
        operationId: 'erasePlaygroundBatch',
        tags: ['playground'],
        summary:
          'Forgets the file and all answers. What was saved as an evaluation stays with the model.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        responses: {
          '204': { description: 'Erased' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/batches/{id}/rows': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'listPlaygroundRows',
        tags: ['playground'],
        summary:
          "The rows in the file's order, with what each target answered so far.",
        parameters: [
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundRowPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/batches/{id}/comparison': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'comparePlaygroundTargets',
        tags: ['playground'],
        summary:
          'Two targets of a batch, row by row, in every metric that both have.',
        parameters: [
          {
            name: 'candidate',
            in: 'query',
            required: true,
            description: 'Place of the target in the batch, from 0.',
            schema: { type: 'integer', minimum: 0, maximum: 3 },
          },
          {
            name: 'incumbent',
            in: 'query',
            required: true,
            schema: { type: 'integer', minimum: 0, maximum: 3 },
          },
        ],
        responses: {
          '200': {
            description: 'The comparison',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundComparison' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/batches/{id}/download': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'downloadPlaygroundBatch',
        tags: ['playground'],
        summary:
          'All rows with answers and figures. In CSV, cells that a spreadsheet would run as a formula begin with an apostrophe; JSONL has them as they are.',
        parameters: [
          {
            name: 'format',
            in: 'query',
            required: true,
            schema: { type: 'string', enum: ['csv', 'jsonl'] },
          },
        ],
        responses: {
          '200': {
            description: 'The file',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/batches/{id}/cancel': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'cancelPlaygroundBatch',
        tags: ['playground'],
        summary:
          'Ends what still runs. What was answered stays. Cancelling one that is over changes nothing.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        responses: {
          '200': {
            description: 'The batch',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundBatch' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/batches/{id}/retry': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'retryPlaygroundBatch',
        tags: ['playground'],
        summary:
          'Goes on with targets that failed or were cancelled; rows that were answered are not asked again.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        responses: {
          '200': {
            description: 'The batch',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundBatch' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/batches/{id}/save': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'savePlaygroundBatch',
        tags: ['playground'],
        summary:
          "Files what a target came to as an evaluation result of its model, as the caller. It is never changed, and is marked as a person's own input, which no check takes for an official pack.",
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PlaygroundSaveInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The batch; its target names the result',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundBatch' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/playground/batches/{id}/attach': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'attachPlaygroundBatch',
        tags: ['playground'],
        summary:
          'Attaches what a target came to as evidence to a request for approval of the same version; saves it before where it was not.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PlaygroundAttachInput' },
            },
          },
        },
        responses: {
          '200': {
            description:
              'The batch; its target names the result and the requests',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlaygroundBatch' },
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
      Id: {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 40 },
      },
      Cursor: {
        name: 'cursor',
        in: 'query',
        schema: { type: 'string', maxLength: 500 },
      },
      Limit: {
        name: 'limit',
        in: 'query',
        description: '20 by default.',
        schema: { type: 'integer', minimum: 1, maximum: 100 },
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
          response: {
            type: 'object',
            required: ['statusCode'],
            properties: { statusCode: { type: 'number' } },
          },
        },
      },
      EndpointState: {
        type: 'string',
        description:
          '`checking`: the sandbox checks run. `queued`: waits for quota or GPUs. `starting`: the engine begins it. `ready`: takes calls. `stopping`: holds things until the engine says that they are gone. Ends: `ended`; `refused` by the checks; `failed`.',
        enum: [
          'checking',
          'queued',
          'starting',
          'ready',
          'stopping',
          'ended',
          'refused',
          'failed',
        ],
      },
      ServingEngine: {
        type: 'object',
        required: ['id', 'title', 'hasGpus', 'health', 'endpoints'],
        properties: {
          id: { type: 'string' },
          title: { type: 'string' },
          hasGpus: { type: 'boolean' },
          health: { $ref: '#/components/schemas/ServingEngineHealth' },
          endpoints: {
            type: 'integer',
            description: 'Evaluation endpoints that it holds now.',
          },
          gpusInUse: {
            type: 'integer',
            description: 'GPUs that evaluation endpoints take here now.',
          },
          gpuLimit: {
            type: 'integer',
            description:
              'GPUs that evaluation endpoints may take here together; absent where nothing bounds them.',
          },
        },
      },
      ServingEngineHealth: {
        type: 'object',
        required: ['state', 'since'],
        properties: {
          state: { type: 'string', enum: ['up', 'away'] },
          message: { type: 'string' },
          since: { type: 'string', format: 'date-time' },
          gpus: {
            type: 'object',
            description: 'Where the engine knows.',
            required: ['total', 'free'],
            properties: {
              total: { type: 'integer' },
              free: { type: 'integer' },
            },
          },
        },
      },
      ServingMoney: {
        type: 'object',
        required: ['amount', 'currency'],
        properties: {
          amount: { type: 'number' },
          currency: { type: 'string' },
        },
      },
      EndpointResources: {
        type: 'object',
        description: 'What one replica takes.',
        required: ['gpus', 'cpu', 'memoryGiB'],
        properties: {
          gpus: {
            type: 'integer',
            description: 'Whole GPUs; 0 where a CPU does.',
          },
          gpu: {
            type: 'string',
            description: 'Id of the GPU, such as l4-24gb.',
          },
          cpu: { type: 'number', description: 'Cores.' },
          memoryGiB: { type: 'number', description: 'GiB of main memory.' },
        },
      },
      EndpointChoice: {
        type: 'object',
        additionalProperties: false,
        required: ['entityRef'],
        properties: {
          entityRef: {
            type: 'string',
            description: 'Entity ref of the model.',
            minLength: 1,
            maxLength: 400,
          },
          modelVersion: {
            type: 'string',
            description: 'The first that can be run by default.',
            minLength: 1,
            maxLength: 100,
          },
          team: {
            type: 'string',
            description:
              "Entity ref of one of the caller's groups; the first by default.",
            minLength: 1,
            maxLength: 400,
          },
          profile: {
            type: 'string',
            description:
              'Access profile that the caller is a member of; the first by default.',
            minLength: 1,
            maxLength: 100,
          },
          engine: {
            type: 'string',
            description: 'The first that fits by default.',
            minLength: 1,
            maxLength: 100,
          },
        },
      },
      EndpointInput: {
        type: 'object',
        description: 'What is left out is chosen as in the preview.',
        additionalProperties: false,
        required: ['entityRef'],
        properties: {
          entityRef: { type: 'string', minLength: 1, maxLength: 400 },
          modelVersion: { type: 'string', minLength: 1, maxLength: 100 },
          team: { type: 'string', minLength: 1, maxLength: 400 },
          profile: { type: 'string', minLength: 1, maxLength: 100 },
          engine: { type: 'string', minLength: 1, maxLength: 100 },
          note: {
            type: 'string',
            description:
              'What it is for, for the team; goes into the request for approval where one is filed.',
            maxLength: 1000,
          },
        },
      },
      EndpointVersionChoice: {
        type: 'object',
        required: ['name', 'usable'],
        properties: {
          name: { type: 'string' },
          digest: { type: 'string' },
          format: { type: 'string' },
          sizeBytes: { type: 'number' },
          uri: { type: 'string' },
          usable: { type: 'boolean' },
          reason: { type: 'string', description: 'Why it cannot be run.' },
        },
      },
      EndpointEngineChoice: {
        type: 'object',
        required: ['id', 'title', 'fits', 'health'],
        properties: {
          id: { type: 'string' },
          title: { type: 'string' },
          fits: { type: 'boolean' },
          reason: {
            type: 'string',
            description: 'Why the model does not run here.',
          },
          resources: { $ref: '#/components/schemas/EndpointResources' },
          health: { $ref: '#/components/schemas/ServingEngineHealth' },
          queuePosition: {
            type: 'integer',
            description:
              'Its place if it were asked for now; 0 means that it starts at once.',
          },
        },
      },
      EndpointCostEstimate: {
        type: 'object',
        required: ['known', 'hours', 'basis'],
        properties: {
          known: { type: 'boolean' },
          amount: {
            type: 'number',
            description: 'For the whole life without an extension.',
          },
          perHour: { type: 'number' },
          currency: { type: 'string' },
          hours: { type: 'number' },
          basis: {
            type: 'string',
            description: 'Where the price is from, or why none is known.',
          },
        },
      },
      EndpointQuotaFigure: {
        type: 'object',
        required: ['used'],
        properties: {
          used: { type: 'integer' },
          limit: {
            type: 'integer',
            description: 'Absent where nothing bounds it.',
          },
        },
      },
      EndpointQuota: {
        type: 'object',
        description: 'Of the team.',
        required: ['gpus', 'endpoints', 'today'],
        properties: {
          gpus: { $ref: '#/components/schemas/EndpointQuotaFigure' },
          endpoints: { $ref: '#/components/schemas/EndpointQuotaFigure' },
          today: {
            description: 'Endpoints begun in the last 24 hours.',
            $ref: '#/components/schemas/EndpointQuotaFigure',
          },
        },
      },
      EndpointAccessPreview: {
        type: 'object',
        required: ['state', 'reason'],
        properties: {
          state: {
            type: 'string',
            enum: ['allowed', 'will-be-checked', 'refused'],
          },
          reason: { type: 'string' },
          approvalId: { type: 'string' },
        },
      },
      EndpointPreview: {
        type: 'object',
        required: [
          'entityRef',
          'title',
          'gatewayId',
          'versions',
          'teams',
          'profiles',
          'purpose',
          'hours',
          'extendHours',
          'engines',
          'cost',
          'access',
          'mayCreate',
        ],
        properties: {
          entityRef: { type: 'string' },
          title: { type: 'string' },
          gatewayId: { type: 'string' },
          versions: {
            type: 'array',
            items: { $ref: '#/components/schemas/EndpointVersionChoice' },
          },
          modelVersion: { type: 'string' },
          teams: {
            type: 'array',
            description: "The caller's groups.",
            items: {
              type: 'object',
              required: ['entityRef', 'title'],
              properties: {
                entityRef: { type: 'string' },
                title: { type: 'string' },
              },
            },
          },
          team: { type: 'string' },
          profiles: {
            type: 'array',
            description: 'Access profiles that the caller is a member of.',
            items: {
              type: 'object',
              required: ['id', 'title'],
              properties: { id: { type: 'string' }, title: { type: 'string' } },
            },
          },
          profile: { type: 'string' },
          purpose: { type: 'string' },
          hours: { type: 'number', description: 'Life from when it is ready.' },
          extendHours: { type: 'number' },
          engines: {
            type: 'array',
            items: { $ref: '#/components/schemas/EndpointEngineChoice' },
          },
          engine: { type: 'string' },
          resources: { $ref: '#/components/schemas/EndpointResources' },
          cost: { $ref: '#/components/schemas/EndpointCostEstimate' },
          quota: { $ref: '#/components/schemas/EndpointQuota' },
          queuePosition: {
            type: 'integer',
            description:
              'Its place if it were asked for now; 0 means that it starts at once.',
          },
          queueReason: {
            type: 'string',
            description: 'What it would wait for.',
          },
          access: { $ref: '#/components/schemas/EndpointAccessPreview' },
          mayCreate: { type: 'boolean' },
          reason: {
            type: 'string',
            description: 'Why the caller may not start it.',
          },
          existing: {
            description:
              "One of the caller's or the team's that can be used instead.",
            $ref: '#/components/schemas/EvaluationEndpoint',
          },
        },
      },
      EvaluationEndpoint: {
        type: 'object',
        required: [
          'id',
          'state',
          'entityRef',
          'title',
          'gatewayId',
          'modelVersion',
          'team',
          'owner',
          'profile',
          'purpose',
          'tier',
          'engine',
          'resources',
          'hours',
          'createdAt',
          'cost',
          'mayExtend',
          'mayStop',
          'mayRenewKey',
        ],
        properties: {
          id: { type: 'string' },
          state: { $ref: '#/components/schemas/EndpointState' },
          message: {
            type: 'string',
            description:
              'For people, what it waits for, why it ended, or what went wrong and what to do.',
          },
          entityRef: { type: 'string' },
          title: { type: 'string' },
          gatewayId: { type: 'string' },
          modelVersion: { type: 'string' },
          digest: { type: 'string' },
          team: { type: 'string', description: 'Entity ref of a group.' },
          owner: {
            type: 'string',
            description: 'Entity ref of who started it.',
          },
          profile: { type: 'string' },
          purpose: { type: 'string' },
          tier: { type: 'string', enum: ['sandbox'] },
          engine: {
            type: 'object',
            required: ['id', 'title'],
            properties: { id: { type: 'string' }, title: { type: 'string' } },
          },
          resources: { $ref: '#/components/schemas/EndpointResources' },
          note: { type: 'string' },
          approvalId: { type: 'string' },
          queuePosition: {
            type: 'integer',
            description: 'While it is queued; 1 is next.',
          },
          progress: {
            type: 'number',
            description: 'While it starts, 0 to 1; where the engine knows.',
          },
          hours: { type: 'number' },
          createdAt: { type: 'string', format: 'date-time' },
          queuedAt: { type: 'string', format: 'date-time' },
          startedAt: {
            type: 'string',
            format: 'date-time',
            description: 'When the engine began it.',
          },
          readyAt: { type: 'string', format: 'date-time' },
          endsAt: {
            type: 'string',
            format: 'date-time',
            description:
              'When it is stopped at the latest; while it starts, when starting is given up.',
          },
          stoppingAt: { type: 'string', format: 'date-time' },
          endedAt: { type: 'string', format: 'date-time' },
          extendedAt: { type: 'string', format: 'date-time' },
          endReason: {
            type: 'string',
            description: 'One word.',
            enum: [
              'stopped',
              'time-over',
              'start-timeout',
              'approval-ended',
              'model-unavailable',
              'left-team',
              'engine-failed',
              'key-refused',
              'refused',
            ],
          },
          endedBy: {
            type: 'string',
            description: 'Entity ref of who stopped it.',
          },
          mayExtend: { type: 'boolean' },
          extendReason: {
            type: 'string',
            description: 'Why it cannot be extended.',
          },
          mayStop: { type: 'boolean' },
          mayRenewKey: { type: 'boolean' },
          cost: {
            type: 'object',
            required: ['known', 'soFar'],
            properties: {
              known: { type: 'boolean' },
              soFar: { $ref: '#/components/schemas/ServingMoney' },
              perHour: { type: 'number' },
              basis: { type: 'string' },
            },
          },
          connection: {
            type: 'object',
            description: 'When it is ready.',
            required: ['gatewayUrl', 'model'],
            properties: {
              gatewayUrl: {
                type: 'string',
                description:
                  'Base URL of the OpenAI-compatible API, with `/v1`.',
              },
              model: { type: 'string' },
              keyId: { type: 'string' },
            },
          },
          usage: {
            type: 'object',
            description: 'Where the usage room knows.',
            required: ['calls', 'inputTokens', 'outputTokens'],
            properties: {
              calls: { type: 'integer' },
              inputTokens: { type: 'integer' },
              outputTokens: { type: 'integer' },
            },
          },
        },
      },
      StartedEndpoint: {
        allOf: [
          { $ref: '#/components/schemas/EvaluationEndpoint' },
          {
            type: 'object',
            properties: {
              secret: {
                type: 'string',
                description: 'Of its gateway key. Absent on a replay.',
              },
            },
          },
        ],
      },
      EndpointPage: {
        type: 'object',
        required: ['items'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/EvaluationEndpoint' },
          },
          nextCursor: { type: 'string' },
        },
      },
      EndpointEvent: {
        type: 'object',
        required: ['at', 'source', 'level', 'type', 'message'],
        properties: {
          at: { type: 'string', format: 'date-time' },
          source: { type: 'string', enum: ['hub', 'engine'] },
          level: { type: 'string', enum: ['info', 'warning'] },
          type: { type: 'string', description: 'One word.' },
          message: { type: 'string' },
          by: { type: 'string', description: 'Entity ref of who did it.' },
          state: { $ref: '#/components/schemas/EndpointState' },
        },
      },
      PlaygroundTarget: {
        type: 'object',
        required: [
          'id',
          'kind',
          'title',
          'entityRef',
          'gatewayId',
          'modelVersion',
          'available',
        ],
        properties: {
          id: {
            type: 'string',
            description: '`endpoint:<id>` or `model:<gateway id>@<version>`.',
          },
          kind: { type: 'string', enum: ['endpoint', 'model'] },
          title: { type: 'string' },
          entityRef: { type: 'string', description: 'Of the model.' },
          gatewayId: { type: 'string' },
          modelVersion: { type: 'string' },
          available: { type: 'boolean' },
          reason: {
            type: 'string',
            description: 'Why it cannot be called now.',
          },
          endpoint: {
            type: 'object',
            required: ['id', 'team'],
            properties: {
              id: { type: 'string' },
              team: { type: 'string', description: 'Entity ref of a group.' },
              engine: { type: 'string' },
              endsAt: { type: 'string', format: 'date-time' },
            },
          },
          price: { $ref: '#/components/schemas/PlaygroundPrice' },
        },
      },
      PlaygroundPrice: {
        type: 'object',
        description: 'Of tokens, or of the hours of an endpoint.',
        required: ['currency', 'basis'],
        properties: {
          currency: { type: 'string' },
          inputPerMTok: {
            type: 'number',
            description: 'For a million tokens.',
          },
          outputPerMTok: {
            type: 'number',
            description: 'For a million tokens.',
          },
          perHour: { type: 'number' },
          basis: { type: 'string', enum: ['tokens', 'time'] },
        },
      },
      PlaygroundScorer: {
        type: 'object',
        required: ['type', 'title', 'about', 'needsExpected', 'byDefault'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          about: { type: 'string' },
          needsExpected: { type: 'boolean' },
          byDefault: {
            type: 'boolean',
            description:
              'Taken where rows have an expected answer and no scorers are chosen.',
          },
        },
      },
      PlaygroundLimits: {
        type: 'object',
        required: [
          'targets',
          'promptCharacters',
          'answerTokens',
          'fileBytes',
          'rows',
          'chatsAtOnce',
          'chatsPerMinute',
          'keepDays',
        ],
        properties: {
          targets: { type: 'integer', description: 'Side by side.' },
          promptCharacters: {
            type: 'integer',
            description: 'All messages together.',
          },
          answerTokens: { type: 'integer' },
          fileBytes: { type: 'integer' },
          rows: { type: 'integer' },
          chatsAtOnce: { type: 'integer' },
          chatsPerMinute: { type: 'integer' },
          keepDays: {
            type: 'number',
            description: 'Batches are erased after it.',
          },
        },
      },
      PlaygroundTargets: {
        type: 'object',
        required: ['items', 'profiles', 'purpose', 'limits', 'scorers'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlaygroundTarget' },
          },
          profiles: {
            type: 'array',
            description: 'Access profiles that the caller is a member of.',
            items: {
              type: 'object',
              required: ['id', 'title'],
              properties: { id: { type: 'string' }, title: { type: 'string' } },
            },
          },
          profile: {
            type: 'string',
            description: 'The one that the targets are for.',
          },
          purpose: { type: 'string' },
          problem: {
            type: 'string',
            description: 'Why hosted models are missing, where they are.',
          },
          limits: { $ref: '#/components/schemas/PlaygroundLimits' },
          scorers: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlaygroundScorer' },
          },
        },
      },
      PlaygroundSettings: {
        type: 'object',
        additionalProperties: false,
        properties: {
          temperature: { type: 'number', minimum: 0, maximum: 2 },
          maxTokens: { type: 'integer', minimum: 1, maximum: 131072 },
          topP: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
          seed: { type: 'integer', minimum: 0, maximum: 2147483647 },
          stop: {
            type: 'array',
            maxItems: 4,
            items: { type: 'string', minLength: 1, maxLength: 100 },
          },
        },
      },
      PlaygroundMessage: {
        type: 'object',
        additionalProperties: false,
        required: ['role', 'content'],
        properties: {
          role: { type: 'string', enum: ['system', 'user', 'assistant'] },
          content: { type: 'string' },
        },
      },
      PlaygroundChat: {
        type: 'object',
        additionalProperties: false,
        required: ['target', 'messages'],
        properties: {
          target: { type: 'string', minLength: 1, maxLength: 400 },
          profile: {
            type: 'string',
            description:
              'Access profile that the caller is a member of; the first by default. Endpoints have their own.',
            minLength: 1,
            maxLength: 100,
          },
          messages: {
            type: 'array',
            minItems: 1,
            maxItems: 200,
            items: { $ref: '#/components/schemas/PlaygroundMessage' },
          },
          settings: { $ref: '#/components/schemas/PlaygroundSettings' },
        },
      },
      PlaygroundDelta: {
        type: 'object',
        description: 'Data of the event `delta`.',
        required: ['text'],
        properties: { text: { type: 'string' } },
      },
      PlaygroundCost: {
        type: 'object',
        required: ['amount', 'currency', 'basis'],
        properties: {
          amount: { type: 'number' },
          currency: { type: 'string' },
          basis: {
            type: 'string',
            enum: ['tokens', 'time'],
            description:
              '`tokens`: prices of the model; `time`: the price of the endpoint for as long as the answer took.',
          },
        },
      },
      PlaygroundDone: {
        type: 'object',
        description: 'Data of the event `done`.',
        required: [
          'latencyMs',
          'inputTokens',
          'outputTokens',
          'tokensEstimated',
        ],
        properties: {
          finishReason: { type: 'string' },
          inputTokens: { type: 'integer' },
          outputTokens: { type: 'integer' },
          tokensEstimated: {
            type: 'boolean',
            description:
              'The server did not count, so they are about a quarter of the characters.',
          },
          ttftMs: {
            type: 'number',
            description: 'From the request to the first piece of the answer.',
          },
          latencyMs: { type: 'number' },
          tokensPerSecond: {
            type: 'number',
            description:
              'Output tokens after the first, by the time after the first.',
          },
          cost: { $ref: '#/components/schemas/PlaygroundCost' },
        },
      },
      PlaygroundProblem: {
        type: 'object',
        description: 'Data of the event `error`.',
        required: ['message', 'status'],
        properties: {
          message: { type: 'string' },
          status: { type: 'integer' },
          code: { type: 'string' },
          retryAfterSeconds: { type: 'number' },
          accessUrl: {
            type: 'string',
            description: 'Where to request access.',
          },
        },
      },
      PlaygroundColumns: {
        type: 'object',
        description: 'Names of columns of the file.',
        additionalProperties: false,
        required: ['prompt'],
        properties: {
          prompt: { type: 'string', minLength: 1, maxLength: 200 },
          expected: { type: 'string', minLength: 1, maxLength: 200 },
          system: { type: 'string', minLength: 1, maxLength: 200 },
          slice: { type: 'string', minLength: 1, maxLength: 200 },
        },
      },
      PlaygroundFormat: { type: 'string', enum: ['jsonl', 'csv'] },
      PlaygroundFile: {
        type: 'object',
        additionalProperties: false,
        required: ['text'],
        properties: {
          text: { type: 'string' },
          format: {
            description: 'Guessed without.',
            $ref: '#/components/schemas/PlaygroundFormat',
          },
          columns: {
            description: 'Guessed without.',
            $ref: '#/components/schemas/PlaygroundColumns',
          },
        },
      },
      PlaygroundFileProblem: {
        type: 'object',
        required: ['line', 'message'],
        properties: {
          line: { type: 'integer', description: 'From 1.' },
          message: { type: 'string' },
        },
      },
      PlaygroundFileCheck: {
        type: 'object',
        required: [
          'format',
          'columns',
          'rows',
          'bytes',
          'digest',
          'first',
          'problems',
          'problemCount',
          'isUsable',
          'scorers',
        ],
        properties: {
          format: { $ref: '#/components/schemas/PlaygroundFormat' },
          columns: { type: 'array', items: { type: 'string' } },
          guessed: { $ref: '#/components/schemas/PlaygroundColumns' },
          rows: { type: 'integer', description: 'That can be run.' },
          bytes: { type: 'integer' },
          digest: {
            type: 'string',
            description: '`sha256:…` of the text in UTF-8.',
          },
          first: {
            type: 'array',
            description: 'The first rows; long values are shortened.',
            items: {
              type: 'object',
              required: ['line', 'values'],
              properties: {
                line: { type: 'integer' },
                values: {
                  type: 'object',
                  additionalProperties: { type: 'string' },
                },
              },
            },
          },
          problems: {
            type: 'array',
            description: 'The first 100.',
            items: { $ref: '#/components/schemas/PlaygroundFileProblem' },
          },
          problemCount: { type: 'integer' },
          isUsable: {
            type: 'boolean',
            description:
              'Whether a batch can be made of it. With problems in lines it cannot, so that no line is lost unseen.',
          },
          scorers: {
            type: 'array',
            description: 'Types of scorers that fit the rows.',
            items: { type: 'string' },
          },
        },
      },
      PlaygroundScorerChoice: {
        type: 'object',
        additionalProperties: false,
        required: ['type'],
        properties: {
          type: { type: 'string', minLength: 1, maxLength: 100 },
          params: { type: 'object', additionalProperties: true },
        },
      },
      PlaygroundBatchInput: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'text', 'columns', 'targets'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 100 },
          fileName: { type: 'string', minLength: 1, maxLength: 200 },
          text: { type: 'string', description: 'The whole file.' },
          format: { $ref: '#/components/schemas/PlaygroundFormat' },
          columns: { $ref: '#/components/schemas/PlaygroundColumns' },
          targets: {
            type: 'array',
            minItems: 1,
            maxItems: 4,
            uniqueItems: true,
            items: { type: 'string', minLength: 1, maxLength: 400 },
          },
          settings: { $ref: '#/components/schemas/PlaygroundSettings' },
          system: {
            type: 'string',
            description:
              'Goes before each prompt whose row has none of its own.',
            maxLength: 20000,
          },
          scorers: {
            type: 'array',
            description:
              'Without them, those that fit rows with an expected answer.',
            maxItems: 10,
            items: { $ref: '#/components/schemas/PlaygroundScorerChoice' },
          },
          profile: { type: 'string', minLength: 1, maxLength: 100 },
        },
      },
      PlaygroundMetric: {
        type: 'object',
        required: ['name', 'title', 'value', 'unit'],
        properties: {
          name: { type: 'string' },
          title: { type: 'string' },
          value: { type: 'number' },
          unit: { type: 'string' },
          direction: { type: 'string', enum: ['higher', 'lower'] },
          statistic: { type: 'string' },
          slice: { type: 'string' },
          samples: { type: 'integer' },
          interval: {
            type: 'array',
            description: 'At the level of 95 %.',
            minItems: 2,
            maxItems: 2,
            items: { type: 'number' },
          },
        },
      },
      PlaygroundRunState: {
        type: 'string',
        enum: ['queued', 'running', 'finished', 'failed', 'cancelled'],
      },
      PlaygroundBatchTarget: {
        type: 'object',
        required: [
          'place',
          'target',
          'state',
          'done',
          'failed',
          'total',
          'metrics',
          'attachedTo',
        ],
        properties: {
          place: {
            type: 'integer',
            description: 'In the batch',
            'from 0.': null,
          },
          target: { $ref: '#/components/schemas/PlaygroundTarget' },
          state: { $ref: '#/components/schemas/PlaygroundRunState' },
          done: {
            type: 'integer',
            description: 'Rows that are through',
            'failed ones too.': null,
          },
          failed: { type: 'integer' },
          total: { type: 'integer' },
          retries: {
            type: 'integer',
            description: 'Requests that were made again.',
          },
          problem: { type: 'string' },
          startedAt: { type: 'string', format: 'date-time' },
          finishedAt: { type: 'string', format: 'date-time' },
          metrics: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlaygroundMetric' },
          },
          cost: { $ref: '#/components/schemas/PlaygroundCost' },
          resultId: {
            type: 'string',
            description:
              'Of the evaluation result in governance; once it is saved.',
          },
          attachedTo: {
            type: 'array',
            description: 'Ids of approvals.',
            items: { type: 'string' },
          },
        },
      },
      PlaygroundBatch: {
        type: 'object',
        required: [
          'id',
          'name',
          'state',
          'createdAt',
          'createdBy',
          'rows',
          'format',
          'digest',
          'columns',
          'settings',
          'scorers',
          'targets',
          'eraseAt',
          'mayCancel',
          'mayRetry',
        ],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          fileName: { type: 'string' },
          state: {
            description: '`failed` where no target came to a result.',
            $ref: '#/components/schemas/PlaygroundRunState',
          },
          createdAt: { type: 'string', format: 'date-time' },
          finishedAt: { type: 'string', format: 'date-time' },
          createdBy: { type: 'string', description: 'Entity ref.' },
          profile: { type: 'string' },
          rows: { type: 'integer' },
          format: { $ref: '#/components/schemas/PlaygroundFormat' },
          digest: { type: 'string', description: '`sha256:…` of the file.' },
          columns: { $ref: '#/components/schemas/PlaygroundColumns' },
          system: { type: 'string' },
          settings: { $ref: '#/components/schemas/PlaygroundSettings' },
          scorers: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlaygroundScorerChoice' },
          },
          targets: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlaygroundBatchTarget' },
          },
          eraseAt: { type: 'string', format: 'date-time' },
          mayCancel: { type: 'boolean' },
          mayRetry: { type: 'boolean' },
        },
      },
      PlaygroundBatchPage: {
        type: 'object',
        required: ['items'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlaygroundBatch' },
          },
          nextCursor: { type: 'string' },
        },
      },
      PlaygroundAnswer: {
        type: 'object',
        required: ['place', 'state', 'scores'],
        properties: {
          place: { type: 'integer' },
          state: { type: 'string', enum: ['waiting', 'answered', 'failed'] },
          text: { type: 'string' },
          finishReason: { type: 'string' },
          problem: { type: 'string' },
          scores: {
            type: 'object',
            description: 'By the name of the metric.',
            additionalProperties: {
              type: 'object',
              properties: {
                value: { type: 'number' },
                note: { type: 'string' },
              },
            },
          },
          latencyMs: { type: 'number' },
          ttftMs: { type: 'number' },
          inputTokens: { type: 'integer' },
          outputTokens: { type: 'integer' },
          cost: { $ref: '#/components/schemas/PlaygroundCost' },
        },
      },
      PlaygroundRow: {
        type: 'object',
        required: ['id', 'line', 'prompt', 'answers'],
        properties: {
          id: { type: 'string' },
          line: { type: 'integer', description: 'In the file.' },
          prompt: { type: 'string' },
          system: { type: 'string' },
          expected: { type: 'string' },
          slice: { type: 'string' },
          answers: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlaygroundAnswer' },
          },
        },
      },
      PlaygroundRowPage: {
        type: 'object',
        required: ['items', 'total'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlaygroundRow' },
          },
          total: { type: 'integer' },
          nextCursor: { type: 'string' },
        },
      },
      PlaygroundDifference: {
        type: 'object',
        required: [
          'metric',
          'title',
          'pairs',
          'candidate',
          'incumbent',
          'direction',
          'unit',
          'difference',
          'interval',
          'standing',
        ],
        properties: {
          metric: { type: 'string' },
          title: { type: 'string' },
          pairs: { type: 'integer' },
          candidate: { type: 'number' },
          incumbent: { type: 'number' },
          direction: { type: 'string', enum: ['higher', 'lower'] },
          unit: { type: 'string' },
          difference: {
            type: 'number',
            description:
              'Candidate minus incumbent, turned so that a negative one is a loss.',
          },
          interval: {
            type: 'array',
            minItems: 2,
            maxItems: 2,
            items: { type: 'number' },
          },
          pValue: { type: 'number' },
          standing: {
            type: 'string',
            enum: ['worse', 'unclear', 'not-worse', 'better'],
          },
        },
      },
      PlaygroundComparison: {
        type: 'object',
        required: ['candidate', 'incumbent', 'confidence', 'items', 'missing'],
        properties: {
          candidate: { type: 'integer' },
          incumbent: { type: 'integer' },
          confidence: { type: 'number' },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlaygroundDifference' },
          },
          missing: {
            type: 'array',
            description: 'Metrics that cannot be compared, with the reason.',
            items: {
              type: 'object',
              required: ['metric', 'reason'],
              properties: {
                metric: { type: 'string' },
                reason: { type: 'string' },
              },
            },
          },
        },
      },
      PlaygroundSaveInput: {
        type: 'object',
        additionalProperties: false,
        required: ['target'],
        properties: {
          target: {
            type: 'integer',
            minimum: 0,
            maximum: 3,
            description: 'Its place.',
          },
        },
      },
      PlaygroundAttachInput: {
        type: 'object',
        additionalProperties: false,
        required: ['target', 'approvalId'],
        properties: {
          target: {
            type: 'integer',
            minimum: 0,
            maximum: 3,
            description: 'Its place.',
          },
          approvalId: { type: 'string', minLength: 1, maxLength: 100 },
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
