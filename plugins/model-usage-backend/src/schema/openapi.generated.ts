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
    '/insights/models/by-refs': RequestHandler<
      {},
      ModelUsagePaths['/insights/models/by-refs']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/insights/models/by-refs']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/objectives': RequestHandler<
      {},
      ModelUsagePaths['/objectives']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/objectives']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/objectives/preview': RequestHandler<
      {},
      ModelUsagePaths['/objectives/preview']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/objectives/preview']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/feedback': RequestHandler<
      {},
      ModelUsagePaths['/feedback']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/feedback']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/drift/references': RequestHandler<
      {},
      ModelUsagePaths['/drift/references']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/drift/references']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/sources/:id/retry': RequestHandler<
      { id: string },
      ModelUsagePaths['/sources/{id}/retry']['post']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/imports': RequestHandler<
      {},
      ModelUsagePaths['/imports']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/imports']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/imports/:id/undo': RequestHandler<
      { id: string },
      ModelUsagePaths['/imports/{id}/undo']['post']['responses'][200]['content']['application/json'],
      unknown,
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
    '/insights/model': RequestHandler<
      {},
      ModelUsagePaths['/insights/model']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/model']['get']['parameters']['query']
      >
    >;
    '/insights/model/callers': RequestHandler<
      {},
      ModelUsagePaths['/insights/model/callers']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/model/callers']['get']['parameters']['query']
      >
    >;
    '/insights/model/teams': RequestHandler<
      {},
      ModelUsagePaths['/insights/model/teams']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/model/teams']['get']['parameters']['query']
      >
    >;
    '/insights/model/heat-map': RequestHandler<
      {},
      ModelUsagePaths['/insights/model/heat-map']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/model/heat-map']['get']['parameters']['query']
      >
    >;
    '/insights/callers/:callerKind/:caller': RequestHandler<
      { callerKind: string; caller: string },
      ModelUsagePaths['/insights/callers/{callerKind}/{caller}']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}']['get']['parameters']['query']
      >
    >;
    '/insights/callers/:callerKind/:caller/uses': RequestHandler<
      { callerKind: string; caller: string },
      ModelUsagePaths['/insights/callers/{callerKind}/{caller}/uses']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}/uses']['get']['parameters']['query']
      >
    >;
    '/insights/callers/:callerKind/:caller/budget': RequestHandler<
      { callerKind: string; caller: string },
      ModelUsagePaths['/insights/callers/{callerKind}/{caller}/budget']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/callers/{callerKind}/{caller}/budget']['get']['parameters']['query']
      >
    >;
    '/insights/chargeback': RequestHandler<
      {},
      string,
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/chargeback']['get']['parameters']['query']
      >
    >;
    '/insights/organisation': RequestHandler<
      {},
      ModelUsagePaths['/insights/organisation']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/organisation']['get']['parameters']['query']
      >
    >;
    '/insights/organisation/breakdown': RequestHandler<
      {},
      ModelUsagePaths['/insights/organisation/breakdown']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/organisation/breakdown']['get']['parameters']['query']
      >
    >;
    '/insights/organisation/adoption': RequestHandler<
      {},
      ModelUsagePaths['/insights/organisation/adoption']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/organisation/adoption']['get']['parameters']['query']
      >
    >;
    '/insights/organisation/waste': RequestHandler<
      {},
      ModelUsagePaths['/insights/organisation/waste']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/organisation/waste']['get']['parameters']['query']
      >
    >;
    '/insights/organisation/duplicates': RequestHandler<
      {},
      ModelUsagePaths['/insights/organisation/duplicates']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/insights/organisation/duplicates']['get']['parameters']['query']
      >
    >;
    '/objectives': RequestHandler<
      {},
      ModelUsagePaths['/objectives']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelUsagePaths['/objectives']['get']['parameters']['query']>
    >;
    '/objectives/:id': RequestHandler<
      { id: string },
      ModelUsagePaths['/objectives/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/objectives/:id/performance': RequestHandler<
      { id: string },
      ModelUsagePaths['/objectives/{id}/performance']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/objectives/:id/changes': RequestHandler<
      { id: string },
      ModelUsagePaths['/objectives/{id}/changes']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/objectives/{id}/changes']['get']['parameters']['query']
      >
    >;
    '/objectives/:id/alerts': RequestHandler<
      { id: string },
      ModelUsagePaths['/objectives/{id}/alerts']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/objectives/{id}/alerts']['get']['parameters']['query']
      >
    >;
    '/drift': RequestHandler<
      {},
      ModelUsagePaths['/drift']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/drift/model': RequestHandler<
      {},
      ModelUsagePaths['/drift/model']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelUsagePaths['/drift/model']['get']['parameters']['query']>
    >;
    '/drift/model/history': RequestHandler<
      {},
      ModelUsagePaths['/drift/model/history']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelUsagePaths['/drift/model/history']['get']['parameters']['query']
      >
    >;
    '/sources': RequestHandler<
      {},
      ModelUsagePaths['/sources']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/imports': RequestHandler<
      {},
      ModelUsagePaths['/imports']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelUsagePaths['/imports']['get']['parameters']['query']>
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
    '/objectives/:id': RequestHandler<
      { id: string },
      ModelUsagePaths['/objectives/{id}']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelUsagePaths['/objectives/{id}']['put']['requestBody']
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
    '/objectives/:id': RequestHandler<
      { id: string },
      void,
      unknown,
      NonNullable<
        ModelUsagePaths['/objectives/{id}']['delete']['parameters']['query']
      >
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
    '/insights/model': {
      get: {
        operationId: 'getModelInsights',
        tags: ['insights'],
        summary:
          'What a model was used for in a range of days, day by day or month by month, and whether that rises. Everybody who may read the model sees it.',
        parameters: [
          { $ref: '#/components/parameters/InsightModel' },
          { $ref: '#/components/parameters/InsightVersion' },
          { $ref: '#/components/parameters/InsightFrom' },
          { $ref: '#/components/parameters/InsightTo' },
        ],
        responses: {
          '200': {
            description: 'Sums, durations and trends',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelInsights' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/model/callers': {
      get: {
        operationId: 'listModelCallers',
        tags: ['insights'],
        summary:
          'Who called a model. Owners of the model and permissions `model.gateway.manage` and `model.budget.manage` see all names; everybody else their own, and the sums of the others.',
        parameters: [
          { $ref: '#/components/parameters/InsightModel' },
          { $ref: '#/components/parameters/InsightVersion' },
          { $ref: '#/components/parameters/InsightFrom' },
          { $ref: '#/components/parameters/InsightTo' },
          {
            name: 'by',
            in: 'query',
            description: 'Teams by default.',
            schema: { $ref: '#/components/schemas/CallerKind' },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'The largest number of calls first',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelCallers' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/model/teams': {
      get: {
        operationId: 'listModelTeams',
        tags: ['insights'],
        summary:
          'Teams that deployed a model (they own a component that says in the catalog that it consumes the model) or called it, with the first and the last call. Names as in `/insights/model/callers`.',
        parameters: [
          { $ref: '#/components/parameters/InsightModel' },
          { $ref: '#/components/parameters/InsightVersion' },
          { $ref: '#/components/parameters/InsightFrom' },
          { $ref: '#/components/parameters/InsightTo' },
        ],
        responses: {
          '200': {
            description:
              'Who called last comes first, then those who never called',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelTeams' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/model/heat-map': {
      get: {
        operationId: 'getModelHeatMap',
        tags: ['insights'],
        summary:
          'Calls of a model by weekday and hour in UTC, as far back as hours are kept.',
        parameters: [
          { $ref: '#/components/parameters/InsightModel' },
          { $ref: '#/components/parameters/InsightVersion' },
          { $ref: '#/components/parameters/InsightFrom' },
          { $ref: '#/components/parameters/InsightTo' },
        ],
        responses: {
          '200': {
            description: 'Cells with calls',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelHeatMap' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/models/by-refs': {
      post: {
        operationId: 'getModelInsightsByRefs',
        tags: ['insights'],
        summary:
          'Calls of the last 28 days, trend and number of teams for up to 100 models, for lists. Models that the caller may not read are left out.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['entityRefs'],
                properties: {
                  entityRefs: {
                    type: 'array',
                    maxItems: 100,
                    items: { type: 'string', minLength: 1, maxLength: 400 },
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'In the order of the refs',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['from', 'to', 'items'],
                  properties: {
                    from: { type: 'string', format: 'date' },
                    to: { type: 'string', format: 'date' },
                    items: {
                      type: 'array',
                      items: {
                        $ref: '#/components/schemas/ModelInsightSummary',
                      },
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
    '/insights/callers/{callerKind}/{caller}': {
      parameters: [
        { $ref: '#/components/parameters/CallerKindInPath' },
        { $ref: '#/components/parameters/Caller' },
      ],
      get: {
        operationId: 'getCallerInsights',
        tags: ['insights'],
        summary:
          'What a team, component or access profile used and what that cost. Members and owners see theirs; permissions `model.gateway.manage` and `model.budget.manage` show all.',
        parameters: [
          { $ref: '#/components/parameters/InsightFrom' },
          { $ref: '#/components/parameters/InsightTo' },
        ],
        responses: {
          '200': {
            description: 'Sums day by day or month by month',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/CallerInsights' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/callers/{callerKind}/{caller}/uses': {
      parameters: [
        { $ref: '#/components/parameters/CallerKindInPath' },
        { $ref: '#/components/parameters/Caller' },
      ],
      get: {
        operationId: 'listCallerUses',
        tags: ['insights'],
        summary:
          'Who used what, where, and what it cost: one row for each combination of the names that `by` asks for.',
        parameters: [
          { $ref: '#/components/parameters/InsightFrom' },
          { $ref: '#/components/parameters/InsightTo' },
          {
            name: 'by',
            in: 'query',
            description: 'All but `day` and `month` without.',
            schema: {
              type: 'array',
              minItems: 1,
              items: { $ref: '#/components/schemas/UseKey' },
            },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description:
              'By period where it is asked for, then the largest number of calls first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['from', 'to', 'items'],
                  properties: {
                    from: { type: 'string', format: 'date' },
                    to: { type: 'string', format: 'date' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/CallerUse' },
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
    '/insights/callers/{callerKind}/{caller}/budget': {
      parameters: [
        { $ref: '#/components/parameters/CallerKindInPath' },
        { $ref: '#/components/parameters/Caller' },
      ],
      get: {
        operationId: 'getBudgetBurn',
        tags: ['insights'],
        summary:
          'What was spent day by day against the budget, and what the month will cost. 404 where there is no budget.',
        parameters: [{ $ref: '#/components/parameters/Month' }],
        responses: {
          '200': {
            description: 'The month to date, and a forecast',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/BudgetBurn' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/chargeback': {
      get: {
        operationId: 'exportChargeback',
        tags: ['insights'],
        summary:
          'What to charge whom, as CSV; `focus` has the columns of FOCUS 1.2. Of one team, component or profile for whoever may see its usage; of all with permission `model.gateway.manage` or `model.budget.manage`. The export is an audit event.',
        parameters: [
          { $ref: '#/components/parameters/InsightFrom' },
          { $ref: '#/components/parameters/InsightTo' },
          {
            name: 'format',
            in: 'query',
            description: '`csv` by default.',
            schema: { type: 'string', enum: ['csv', 'focus'] },
          },
          {
            name: 'callerKind',
            in: 'query',
            description: 'Together with `caller`; all without both.',
            schema: { $ref: '#/components/schemas/CallerKind' },
          },
          {
            name: 'caller',
            in: 'query',
            schema: { type: 'string', minLength: 1, maxLength: 400 },
          },
        ],
        responses: {
          '200': {
            description:
              'One row for each day, or month where the range is longer than days are kept, and each model, version, team, component, profile, tier, currency and source',
            content: { 'text/csv': { schema: { type: 'string' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/organisation': {
      get: {
        operationId: 'getOrganisationInsights',
        tags: ['insights'],
        summary:
          'What all teams used and what that cost. Needs permission `model.gateway.manage` or `model.budget.manage`.',
        parameters: [
          { $ref: '#/components/parameters/InsightFrom' },
          { $ref: '#/components/parameters/InsightTo' },
        ],
        responses: {
          '200': {
            description: 'Sums, day by day or month by month, and by tier',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/OrganisationInsights' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/organisation/breakdown': {
      get: {
        operationId: 'listOrganisationUses',
        tags: ['insights'],
        summary:
          'Usage and cost by model, team, component, profile, tier or source. Needs permission `model.gateway.manage` or `model.budget.manage`.',
        parameters: [
          { $ref: '#/components/parameters/InsightFrom' },
          { $ref: '#/components/parameters/InsightTo' },
          {
            name: 'by',
            in: 'query',
            required: true,
            schema: {
              type: 'string',
              enum: ['model', 'team', 'component', 'profile', 'tier', 'source'],
            },
          },
          {
            name: 'orderBy',
            in: 'query',
            description:
              'Calls by default. With `cost`, rows are ordered by the greatest amount in one currency.',
            schema: { type: 'string', enum: ['calls', 'cost'] },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'The greatest first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['from', 'to', 'items'],
                  properties: {
                    from: { type: 'string', format: 'date' },
                    to: { type: 'string', format: 'date' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/InsightShare' },
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
    '/insights/organisation/adoption': {
      get: {
        operationId: 'getAdoption',
        tags: ['insights'],
        summary:
          'How many teams use how many models, week by week, and how many of the approved models are used. Needs permission `model.gateway.manage` or `model.budget.manage`.',
        parameters: [
          {
            name: 'weeks',
            in: 'query',
            description: 'How far back, with this one; 26 by default.',
            schema: { type: 'integer', minimum: 1, maximum: 104 },
          },
        ],
        responses: {
          '200': {
            description: 'The oldest week first',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Adoption' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/organisation/waste': {
      get: {
        operationId: 'getWaste',
        tags: ['insights'],
        summary:
          'Approvals that nobody used, and endpoints that nobody calls, of what the caller may read.',
        parameters: [
          {
            name: 'days',
            in: 'query',
            description: 'How long without a call is idle, 28 by default.',
            schema: { type: 'integer', minimum: 7, maximum: 366 },
          },
        ],
        responses: {
          '200': {
            description: 'What could be given back',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Waste' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/insights/organisation/duplicates': {
      get: {
        operationId: 'listDuplicateModels',
        tags: ['insights'],
        summary:
          'Models that several teams made of the same base for the same task, of those that the caller may read.',
        parameters: [
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'The most teams first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['from', 'to', 'items'],
                  properties: {
                    from: { type: 'string', format: 'date' },
                    to: { type: 'string', format: 'date' },
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/DuplicateModels' },
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
    '/objectives': {
      get: {
        operationId: 'listObjectives',
        tags: ['objectives'],
        summary:
          'Objectives of the models that the caller may see, and of the control plane; what burns first.',
        parameters: [
          {
            name: 'plane',
            in: 'query',
            schema: { $ref: '#/components/schemas/ObjectivePlane' },
          },
          {
            name: 'model',
            in: 'query',
            description: 'Gateway id.',
            schema: { type: 'string', minLength: 1, maxLength: 512 },
          },
          {
            name: 'state',
            in: 'query',
            description: 'As of the last look, at most ten minutes ago.',
            schema: { $ref: '#/components/schemas/ObjectiveState' },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'What burns, is missed or at risk comes first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'maySetControlPlane'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Objective' },
                    },
                    nextCursor: { type: 'string' },
                    maySetControlPlane: {
                      type: 'boolean',
                      description:
                        'Whether the caller may set objectives of the control plane and of every model.',
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'setObjective',
        tags: ['objectives'],
        summary:
          'Sets an objective. Owners of a model may for theirs, and permission `model.slo.manage` may for all.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ObjectiveInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The objective',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Objective' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/objectives/preview': {
      post: {
        operationId: 'previewObjective',
        tags: ['objectives'],
        summary:
          'How an objective would have been kept over the last days of its window.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ObjectiveInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'What the sums tell',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ObjectivePreview' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/objectives/{id}': {
      parameters: [{ $ref: '#/components/parameters/ObjectiveId' }],
      get: {
        operationId: 'getObjective',
        tags: ['objectives'],
        summary: 'An objective, and how it is kept now.',
        responses: {
          '200': {
            description: 'The objective',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Objective' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      put: {
        operationId: 'changeObjective',
        tags: ['objectives'],
        summary:
          'Changes what has to be kept. 409 when somebody else changed it since `version`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ObjectiveChangeInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The objective',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Objective' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      delete: {
        operationId: 'removeObjective',
        tags: ['objectives'],
        summary:
          'Removes an objective. One that a default of the tier made does not come again.',
        parameters: [
          {
            name: 'version',
            in: 'query',
            required: true,
            schema: { type: 'integer', minimum: 1 },
          },
          {
            name: 'reason',
            in: 'query',
            schema: { type: 'string', minLength: 1, maxLength: 1000 },
          },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        responses: {
          '204': { description: 'It is gone' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/objectives/{id}/performance': {
      parameters: [{ $ref: '#/components/parameters/ObjectiveId' }],
      get: {
        operationId: 'getObjectivePerformance',
        tags: ['objectives'],
        summary:
          'The error budget day by day over the window, and how fast it burnt hour by hour over the last three days.',
        responses: {
          '200': {
            description: 'Reckoned anew from the sums, with whatever came late',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ObjectivePerformance' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/objectives/{id}/changes': {
      parameters: [{ $ref: '#/components/parameters/ObjectiveId' }],
      get: {
        operationId: 'listObjectiveChanges',
        tags: ['objectives'],
        summary: 'Who set and changed an objective.',
        parameters: [
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'The newest first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ObjectiveChange' },
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
    '/objectives/{id}/alerts': {
      parameters: [{ $ref: '#/components/parameters/ObjectiveId' }],
      get: {
        operationId: 'listObjectiveAlerts',
        tags: ['objectives'],
        summary: 'Alerts about an objective, from begin to end.',
        parameters: [
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'The newest first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ObjectiveAlert' },
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
    '/feedback': {
      post: {
        operationId: 'reportFeedback',
        tags: ['drift'],
        summary:
          'A gateway passes on what callers say of answers; each call is judged once. `Authorization: Gateway <proof>`.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                description:
                  '`UsageFeedbackBatch` of @modelhub/governance-protocol.',
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'How many were new',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['accepted'],
                  properties: { accepted: { type: 'integer' } },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/drift': {
      get: {
        operationId: 'listDrift',
        tags: ['drift'],
        summary:
          'Versions whose calls differ from their reference at present, of the models that the caller may read.',
        responses: {
          '200': {
            description: 'The newest first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/DriftListItem' },
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
    '/drift/model': {
      get: {
        operationId: 'getModelDrift',
        tags: ['drift'],
        summary:
          'How the calls of each version of a model compare with its reference. Whoever may read the model may.',
        parameters: [
          { $ref: '#/components/parameters/DriftModel' },
          {
            name: 'version',
            in: 'query',
            description:
              'Of which version to tell distributions; the one that was checked last without.',
            schema: { type: 'string', minLength: 1, maxLength: 512 },
          },
        ],
        responses: {
          '200': {
            description: 'Versions, and one of them in full',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelDrift' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/drift/model/history': {
      get: {
        operationId: 'getDriftHistory',
        tags: ['drift'],
        summary:
          'What checks of a version found day by day, its references and its times of drift.',
        parameters: [
          { $ref: '#/components/parameters/DriftModel' },
          {
            name: 'version',
            in: 'query',
            required: true,
            schema: { type: 'string', minLength: 1, maxLength: 512 },
          },
          {
            name: 'days',
            in: 'query',
            description: '90 without.',
            schema: { type: 'integer', minimum: 1, maximum: 400 },
          },
        ],
        responses: {
          '200': {
            description:
              'Checks with the oldest first, the rest with the newest first',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DriftHistory' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/drift/references': {
      post: {
        operationId: 'setDriftReference',
        tags: ['drift'],
        summary:
          'Says which days are usual for a version from now on; ends its drift. For owners of the model and permission `model.gateway.manage`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/DriftReferenceInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The reference',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DriftReference' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/sources': {
      get: {
        operationId: 'listUsageSources',
        tags: ['sources'],
        summary:
          'What the portal asks other programs of usage, and how that goes. Needs permission `model.gateway.manage`.',
        responses: {
          '200': {
            description: 'By id',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/UsageSourceState' },
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
    '/sources/{id}/retry': {
      post: {
        operationId: 'retryUsageSource',
        tags: ['sources'],
        summary:
          'Asks a source now instead of at its next time. Needs permission `model.gateway.manage`.',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'string', minLength: 1, maxLength: 60 },
          },
        ],
        responses: {
          '200': {
            description:
              'How it went; after ten seconds it goes on without the caller',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/UsageSourceState' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/imports': {
      get: {
        operationId: 'listUsageImports',
        tags: ['imports'],
        summary:
          'Files of usage and costs that were taken. Needs permission `model.usage.import`.',
        parameters: [
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'The newest first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/UsageImport' },
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
      post: {
        operationId: 'importUsage',
        tags: ['imports'],
        summary:
          'Reads a file of usage or costs, and with `dryRun` only says what it would add. Each file and each row counts once. Needs permission `model.usage.import`.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/UsageImportInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'What was understood, and what was or would be added',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/UsageImportOutcome' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/imports/{id}/undo': {
      post: {
        operationId: 'undoUsageImport',
        tags: ['imports'],
        summary:
          'Takes back what an import added. Its rows may be imported again after. Needs permission `model.usage.import`.',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        responses: {
          '200': {
            description:
              'The import; the same answer when it was undone before',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/UsageImport' },
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
      DriftModel: {
        name: 'model',
        in: 'query',
        required: true,
        description: 'Gateway id.',
        schema: { type: 'string', minLength: 1, maxLength: 512 },
      },
      ObjectiveId: {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 36 },
      },
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
      InsightModel: {
        name: 'model',
        in: 'query',
        required: true,
        description: 'Gateway id.',
        schema: { type: 'string', minLength: 1, maxLength: 300 },
      },
      InsightVersion: {
        name: 'version',
        in: 'query',
        description: 'All versions without.',
        schema: { type: 'string', minLength: 1, maxLength: 200 },
      },
      InsightFrom: {
        name: 'from',
        in: 'query',
        description:
          'First day in UTC, e.g. 2026-11-01; 27 days before `to` by default.',
        schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
      },
      InsightTo: {
        name: 'to',
        in: 'query',
        description: 'Last day in UTC, counted too; today by default.',
        schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
      },
      CallerKindInPath: {
        name: 'callerKind',
        in: 'path',
        required: true,
        schema: { $ref: '#/components/schemas/CallerKind' },
      },
      Caller: {
        name: 'caller',
        in: 'path',
        required: true,
        description: 'Entity ref of the team or component; id of the profile.',
        schema: { type: 'string', minLength: 1, maxLength: 400 },
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
      UsageSourceState: {
        type: 'object',
        required: ['id', 'isConfigured', 'taken'],
        properties: {
          id: { type: 'string' },
          isConfigured: {
            type: 'boolean',
            description: 'Whether it is asked at present. Others were once.',
          },
          taken: { type: 'integer', description: 'Items that were new.' },
          askedAt: { type: 'string', format: 'date-time' },
          succeededAt: {
            type: 'string',
            format: 'date-time',
            description: 'When it last answered.',
          },
          upTo: {
            type: 'string',
            format: 'date-time',
            description:
              'Up to which moment it was counted; absent where its cursor does not tell.',
          },
          problem: {
            type: 'string',
            description: 'Why it could not be asked the last time.',
          },
        },
      },
      UsageImportFormat: {
        type: 'string',
        enum: ['csv', 'opencost-json', 'opencost-csv'],
      },
      UsageImportInput: {
        type: 'object',
        required: ['format', 'fileName', 'content'],
        properties: {
          format: { $ref: '#/components/schemas/UsageImportFormat' },
          fileName: { type: 'string', minLength: 1, maxLength: 200 },
          content: { type: 'string', minLength: 1 },
          currency: {
            type: 'string',
            pattern: '^[A-Z]{3}$',
            description:
              'ISO 4217. What costs of OpenCost are in; USD without.',
          },
          dryRun: {
            type: 'boolean',
            description: 'Only say what it would add.',
          },
          leaveOutBadRows: {
            type: 'boolean',
            description: 'Take the rest when some rows cannot be understood.',
          },
        },
      },
      UsageImportSums: {
        type: 'object',
        required: ['rows', 'calls', 'inputTokens', 'outputTokens', 'costs'],
        properties: {
          rows: { type: 'integer' },
          calls: { type: 'integer' },
          inputTokens: { type: 'integer' },
          outputTokens: { type: 'integer' },
          costs: {
            type: 'array',
            items: {
              type: 'object',
              required: ['currency', 'amount'],
              properties: {
                currency: { type: 'string' },
                amount: { type: 'number' },
              },
            },
          },
          from: { type: 'string', format: 'date-time' },
          to: { type: 'string', format: 'date-time' },
        },
      },
      UsageImportRow: {
        type: 'object',
        required: ['line', 'at', 'model', 'calls'],
        properties: {
          line: { type: 'integer' },
          at: { type: 'string', format: 'date-time' },
          model: { type: 'string' },
          version: { type: 'string' },
          caller: { type: 'string' },
          profile: { type: 'string' },
          calls: { type: 'integer' },
          inputTokens: { type: 'integer' },
          outputTokens: { type: 'integer' },
          cost: { type: 'number' },
          currency: { type: 'string' },
        },
      },
      UsageImportOutcome: {
        type: 'object',
        required: [
          'rows',
          'new',
          'known',
          'problemCount',
          'problems',
          'unmapped',
          'sample',
        ],
        properties: {
          import: { $ref: '#/components/schemas/UsageImport' },
          repeats: {
            type: 'string',
            format: 'uuid',
            description:
              'The import that took this very file before; nothing is added again.',
          },
          rows: { type: 'integer', description: 'Rows of the file.' },
          new: { $ref: '#/components/schemas/UsageImportSums' },
          known: {
            type: 'integer',
            description: 'Rows that were imported before.',
          },
          problemCount: { type: 'integer' },
          problems: {
            type: 'array',
            description: 'The first hundred.',
            items: {
              type: 'object',
              required: ['line', 'message'],
              properties: {
                line: { type: 'integer' },
                message: { type: 'string' },
              },
            },
          },
          unmapped: {
            type: 'array',
            description:
              'Workloads of OpenCost that no rule says the model of; the dearest first, at most a hundred. They are left out.',
            items: {
              type: 'object',
              required: ['namespace', 'controller', 'rows', 'amount'],
              properties: {
                namespace: { type: 'string' },
                controller: { type: 'string' },
                rows: { type: 'integer' },
                amount: { type: 'number' },
              },
            },
          },
          sample: {
            type: 'array',
            description:
              'The first twenty rows that are new, as they were understood.',
            items: { $ref: '#/components/schemas/UsageImportRow' },
          },
        },
      },
      UsageImport: {
        type: 'object',
        required: [
          'id',
          'format',
          'fileName',
          'digest',
          'takenAt',
          'takenBy',
          'added',
        ],
        properties: {
          id: { type: 'string', format: 'uuid' },
          format: { $ref: '#/components/schemas/UsageImportFormat' },
          fileName: { type: 'string' },
          digest: { type: 'string', description: 'SHA-256 of the file.' },
          takenAt: { type: 'string', format: 'date-time' },
          takenBy: { type: 'string', description: 'Entity ref.' },
          added: { $ref: '#/components/schemas/UsageImportSums' },
          undoneAt: { type: 'string', format: 'date-time' },
          undoneBy: { type: 'string' },
        },
      },
      DriftState: {
        type: 'string',
        enum: ['steady', 'changed', 'unsure', 'too-few'],
        description:
          '`unsure` is large, and may be chance; `too-few` calls or days to tell.',
      },
      DriftReference: {
        type: 'object',
        required: ['id', 'from', 'to', 'setAt', 'setBy', 'reason'],
        properties: {
          id: { type: 'string' },
          from: { type: 'string', format: 'date' },
          to: {
            type: 'string',
            format: 'date',
            description: 'The last day of it.',
          },
          setAt: { type: 'string', format: 'date-time' },
          setBy: { type: 'string', description: 'Entity ref, or `system`.' },
          reason: { type: 'string' },
        },
      },
      DriftReferenceInput: {
        type: 'object',
        required: ['model', 'version', 'reason'],
        properties: {
          model: { type: 'string', minLength: 1, maxLength: 512 },
          version: { type: 'string', minLength: 1, maxLength: 512 },
          from: {
            type: 'string',
            format: 'date',
            description: 'The last 28 days that are over without.',
          },
          to: { type: 'string', format: 'date' },
          reason: { type: 'string', minLength: 10, maxLength: 1000 },
        },
      },
      DriftBar: {
        type: 'object',
        required: ['value', 'label', 'reference', 'now'],
        properties: {
          value: { type: 'string' },
          label: { type: 'string' },
          reference: { type: 'number', description: 'Share of the calls.' },
          now: { type: 'number', description: 'Share of the calls.' },
        },
      },
      DriftFinding: {
        type: 'object',
        required: [
          'id',
          'title',
          'ordered',
          'state',
          'words',
          'referenceCalls',
          'calls',
        ],
        properties: {
          id: { type: 'string' },
          title: { type: 'string' },
          ordered: {
            type: 'boolean',
            description: 'Numbers in their order; categories otherwise.',
          },
          state: { $ref: '#/components/schemas/DriftState' },
          words: { type: 'string' },
          change: { type: 'string', description: 'From what to what.' },
          referenceCalls: { type: 'integer' },
          calls: { type: 'integer' },
          psi: { type: 'number', description: 'Population stability index.' },
          ks: {
            type: 'number',
            description:
              'Distance of Kolmogorov and Smirnov of ordered features.',
          },
          byChance: {
            type: 'number',
            description:
              'What the index is on average where days are dealt out at random.',
          },
          ownSpread: {
            type: 'number',
            description:
              'The greatest index of one week of the reference against its others.',
          },
          p: { type: 'number', description: 'How likely chance alone is.' },
          distribution: {
            type: 'array',
            items: { $ref: '#/components/schemas/DriftBar' },
          },
        },
      },
      DriftAction: {
        type: 'object',
        required: ['action', 'tiers', 'words'],
        properties: {
          action: {
            type: 'string',
            enum: ['notify', 're-evaluate', 'canary-back', 'suspend'],
          },
          tiers: { type: 'array', items: { type: 'string' } },
          words: { type: 'string' },
        },
      },
      DriftEpisode: {
        type: 'object',
        required: ['id', 'begun', 'features'],
        properties: {
          id: { type: 'string' },
          begun: {
            type: 'string',
            format: 'date',
            description: 'The day of the first check that found it.',
          },
          ended: { type: 'string', format: 'date-time' },
          endedBecause: { type: 'string', enum: ['steady', 'new-reference'] },
          features: {
            type: 'array',
            description: 'Their titles.',
            items: { type: 'string' },
          },
          taken: {
            type: 'array',
            items: { $ref: '#/components/schemas/DriftAction' },
          },
        },
      },
      DriftVersion: {
        type: 'object',
        required: ['version', 'state'],
        properties: {
          version: { type: 'string' },
          state: {
            type: 'string',
            enum: ['steady', 'changed', 'unsure', 'too-few', 'collecting'],
            description:
              '`collecting`: there is no reference yet, or not a week after it.',
          },
          checked: {
            type: 'string',
            format: 'date',
            description: 'The last day of the window that was checked.',
          },
          collected: {
            type: 'object',
            description: 'While there is no reference.',
            required: ['days', 'calls', 'ofDays', 'ofCalls'],
            properties: {
              days: { type: 'integer' },
              calls: { type: 'integer' },
              ofDays: { type: 'integer' },
              ofCalls: { type: 'integer' },
            },
          },
          reference: { $ref: '#/components/schemas/DriftReference' },
          episode: { $ref: '#/components/schemas/DriftEpisode' },
        },
      },
      ModelDrift: {
        type: 'object',
        required: ['model', 'versions', 'mayChange', 'falseAlarmsPerYear'],
        properties: {
          model: { type: 'string' },
          entityRef: { type: 'string' },
          versions: {
            type: 'array',
            items: { $ref: '#/components/schemas/DriftVersion' },
          },
          shown: {
            type: 'string',
            description: 'The version that is told in full.',
          },
          features: {
            type: 'array',
            description: 'Of the version that is shown, as of its last check.',
            items: { $ref: '#/components/schemas/DriftFinding' },
          },
          mayChange: {
            type: 'boolean',
            description: 'Whether the caller may set a reference.',
          },
          falseAlarmsPerYear: {
            type: 'number',
            description:
              'How often chance alone may alarm for one version in a year.',
          },
        },
      },
      DriftListItem: {
        type: 'object',
        required: [
          'model',
          'entityRef',
          'title',
          'version',
          'begun',
          'features',
        ],
        properties: {
          model: { type: 'string' },
          entityRef: { type: 'string' },
          title: { type: 'string' },
          version: { type: 'string' },
          begun: { type: 'string', format: 'date' },
          features: { type: 'array', items: { type: 'string' } },
        },
      },
      DriftHistory: {
        type: 'object',
        required: ['checks', 'episodes', 'references'],
        properties: {
          checks: {
            type: 'array',
            items: {
              type: 'object',
              required: ['day', 'state', 'features'],
              properties: {
                day: { type: 'string', format: 'date' },
                state: { $ref: '#/components/schemas/DriftState' },
                features: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['id', 'title', 'state'],
                    properties: {
                      id: { type: 'string' },
                      title: { type: 'string' },
                      state: { $ref: '#/components/schemas/DriftState' },
                      psi: { type: 'number' },
                      ks: { type: 'number' },
                    },
                  },
                },
              },
            },
          },
          episodes: {
            type: 'array',
            items: { $ref: '#/components/schemas/DriftEpisode' },
          },
          references: {
            type: 'array',
            items: { $ref: '#/components/schemas/DriftReference' },
          },
        },
      },
      ObjectivePlane: {
        type: 'string',
        enum: ['data', 'control'],
        description:
          'The endpoint of a model, or the gateways and the portal. A failure of one never burns a budget of the other.',
      },
      ObjectiveKind: {
        type: 'string',
        enum: [
          'availability',
          'latency',
          'time-to-first-token',
          'gateway-availability',
          'snapshot-age',
          'ingest-lag',
          'approval-service',
        ],
        description:
          'The first three are about a model, the others about the control plane.',
      },
      ObjectiveState: {
        type: 'string',
        enum: ['burning', 'missed', 'at-risk', 'kept', 'no-events'],
      },
      ObjectiveTarget: {
        type: 'number',
        minimum: 0.9,
        maximum: 0.9999,
        description: 'Share of the events that have to be good.',
      },
      ObjectiveLimit: {
        type: 'integer',
        minimum: 1,
        maximum: 3600000,
        description:
          'Milliseconds within which something is good; for every kind but availability.',
      },
      ObjectiveWindow: {
        type: 'integer',
        enum: [7, 28, 30],
        description: 'Days.',
      },
      ObjectiveNotify: {
        type: 'array',
        maxItems: 20,
        items: { type: 'string', minLength: 1, maxLength: 400 },
        description: 'Entity refs that hear of alerts besides the owners.',
      },
      ObjectiveReason: { type: 'string', minLength: 1, maxLength: 1000 },
      ObjectiveInput: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'target', 'windowDays'],
        properties: {
          kind: { $ref: '#/components/schemas/ObjectiveKind' },
          model: {
            type: 'string',
            minLength: 1,
            maxLength: 512,
            description: 'Gateway id; for objectives of models.',
          },
          modelVersion: {
            type: 'string',
            minLength: 1,
            maxLength: 512,
            description: 'All versions without it.',
          },
          target: { $ref: '#/components/schemas/ObjectiveTarget' },
          limitMs: { $ref: '#/components/schemas/ObjectiveLimit' },
          windowDays: { $ref: '#/components/schemas/ObjectiveWindow' },
          notify: { $ref: '#/components/schemas/ObjectiveNotify' },
          reason: { $ref: '#/components/schemas/ObjectiveReason' },
        },
      },
      ObjectiveChangeInput: {
        type: 'object',
        additionalProperties: false,
        required: ['version', 'target', 'windowDays'],
        properties: {
          version: {
            type: 'integer',
            minimum: 1,
            description: 'The one that the caller saw.',
          },
          target: { $ref: '#/components/schemas/ObjectiveTarget' },
          limitMs: { $ref: '#/components/schemas/ObjectiveLimit' },
          windowDays: { $ref: '#/components/schemas/ObjectiveWindow' },
          notify: { $ref: '#/components/schemas/ObjectiveNotify' },
          reason: { $ref: '#/components/schemas/ObjectiveReason' },
        },
      },
      ObjectiveBurn: {
        type: 'object',
        description:
          'How many times as fast as allowed the budget burnt lately; 1 spends it exactly in the window.',
        required: ['fiveMinutes', 'halfHour', 'hour', 'sixHours', 'threeDays'],
        properties: {
          fiveMinutes: { type: 'number' },
          halfHour: { type: 'number' },
          hour: { type: 'number' },
          sixHours: { type: 'number' },
          threeDays: { type: 'number' },
        },
      },
      ObjectiveAlert: {
        type: 'object',
        required: [
          'id',
          'severity',
          'rule',
          'openedAt',
          'peakBurn',
          'budgetLeft',
        ],
        properties: {
          id: { type: 'string' },
          severity: {
            type: 'string',
            enum: ['page', 'ticket'],
            description: 'Somebody has to look at once or on a working day.',
          },
          rule: { type: 'string', enum: ['fast', 'slow', 'steady'] },
          openedAt: { type: 'string', format: 'date-time' },
          closedAt: { type: 'string', format: 'date-time' },
          peakBurn: { type: 'number' },
          budgetLeft: {
            type: 'number',
            description: 'Share of the budget when it opened.',
          },
          exhaustsAt: {
            type: 'string',
            format: 'date-time',
            description:
              'When the budget would be gone as it burnt when it opened.',
          },
        },
      },
      Objective: {
        type: 'object',
        required: [
          'id',
          'plane',
          'kind',
          'target',
          'windowDays',
          'notify',
          'version',
          'updatedBy',
          'updatedAt',
          'mayChange',
          'state',
          'events',
          'good',
          'fewEvents',
          'burn',
          'alerts',
        ],
        properties: {
          id: { type: 'string' },
          plane: { $ref: '#/components/schemas/ObjectivePlane' },
          kind: { $ref: '#/components/schemas/ObjectiveKind' },
          model: { type: 'string', description: 'Gateway id.' },
          modelVersion: { type: 'string' },
          entityRef: {
            type: 'string',
            description: 'Of the model in the catalog.',
          },
          title: {
            type: 'string',
            description: 'Of the model in the catalog.',
          },
          target: { type: 'number' },
          limitMs: { type: 'integer' },
          windowDays: { type: 'integer' },
          notify: { type: 'array', items: { type: 'string' } },
          defaultOf: {
            type: 'string',
            description: 'The tier whose default it is',
            'or `control-plane`; absent for what somebody set.': null,
          },
          version: { type: 'integer' },
          updatedBy: { type: 'string' },
          updatedAt: { type: 'string', format: 'date-time' },
          mayChange: { type: 'boolean' },
          state: { $ref: '#/components/schemas/ObjectiveState' },
          events: {
            type: 'integer',
            description: 'Calls, answers or looks in the window.',
          },
          good: { type: 'integer' },
          kept: {
            type: 'number',
            description:
              'Share of the events that were good; absent without any.',
          },
          budgetLeft: {
            type: 'number',
            description:
              'Share of the error budget; below 0 when the objective is missed, absent without events.',
          },
          fewEvents: {
            type: 'boolean',
            description:
              'So few came in the last three days that no alert would be raised.',
          },
          burn: { $ref: '#/components/schemas/ObjectiveBurn' },
          exhaustsAt: {
            type: 'string',
            format: 'date-time',
            description:
              'When the budget is gone if it burns on as in the last hour.',
          },
          alerts: {
            type: 'array',
            description: 'Those that are not over.',
            items: { $ref: '#/components/schemas/ObjectiveAlert' },
          },
        },
      },
      ObjectivePreview: {
        type: 'object',
        required: ['from', 'to', 'events', 'good', 'days'],
        properties: {
          from: { type: 'string', format: 'date-time' },
          to: { type: 'string', format: 'date-time' },
          events: { type: 'integer' },
          good: { type: 'integer' },
          kept: { type: 'number' },
          budgetLeft: { type: 'number' },
          days: {
            type: 'array',
            description: 'Days with events.',
            items: { $ref: '#/components/schemas/ObjectiveDay' },
          },
        },
      },
      ObjectiveDay: {
        type: 'object',
        required: ['day', 'events', 'good', 'burn'],
        properties: {
          day: {
            type: 'string',
            description: 'UTC, for example `2026-11-22`.',
          },
          events: { type: 'integer' },
          good: { type: 'integer' },
          burn: { type: 'number', description: 'Of the day.' },
          budgetLeft: {
            type: 'number',
            description: 'Of the window that ends with the day, true to a day.',
          },
        },
      },
      ObjectiveHour: {
        type: 'object',
        required: ['at', 'events', 'good', 'burn'],
        properties: {
          at: { type: 'string', format: 'date-time' },
          events: { type: 'integer' },
          good: { type: 'integer' },
          burn: { type: 'number' },
        },
      },
      ObjectivePerformance: {
        type: 'object',
        required: ['days', 'hours'],
        properties: {
          days: {
            type: 'array',
            description: 'Each day of the window.',
            items: { $ref: '#/components/schemas/ObjectiveDay' },
          },
          hours: {
            type: 'array',
            description: 'Each of the last 72 hours.',
            items: { $ref: '#/components/schemas/ObjectiveHour' },
          },
        },
      },
      ObjectiveTerms: {
        type: 'object',
        required: ['target', 'windowDays', 'notify'],
        properties: {
          target: { type: 'number' },
          limitMs: { type: 'integer' },
          windowDays: { type: 'integer' },
          notify: { type: 'array', items: { type: 'string' } },
        },
      },
      ObjectiveChange: {
        type: 'object',
        required: ['at', 'by', 'action'],
        properties: {
          at: { type: 'string', format: 'date-time' },
          by: {
            type: 'string',
            description:
              'Entity ref of a person, the subject of a program, or `default`.',
          },
          action: { type: 'string', enum: ['set', 'changed', 'removed'] },
          reason: { type: 'string' },
          before: { $ref: '#/components/schemas/ObjectiveTerms' },
          after: { $ref: '#/components/schemas/ObjectiveTerms' },
        },
      },
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
      CallerKind: { type: 'string', enum: ['team', 'component', 'profile'] },
      UseKey: {
        type: 'string',
        enum: [
          'day',
          'month',
          'model',
          'version',
          'team',
          'component',
          'profile',
          'tier',
          'source',
        ],
      },
      InsightCost: {
        type: 'object',
        required: ['currency', 'amount'],
        description: 'Amounts of different currencies are never added.',
        properties: {
          currency: { type: 'string', description: 'ISO 4217' },
          amount: {
            type: 'number',
            description: 'In units of the currency, to six places.',
          },
        },
      },
      InsightSums: {
        type: 'object',
        required: [
          'calls',
          'refused',
          'unavailable',
          'clientErrors',
          'throttled',
          'serverErrors',
          'declined',
          'cached',
          'unpricedCalls',
          'estimatedCalls',
          'inputTokens',
          'outputTokens',
          'cachedInputTokens',
          'costs',
        ],
        properties: {
          calls: {
            type: 'integer',
            description: 'All, whatever became of them.',
          },
          refused: {
            type: 'integer',
            description:
              'The gateway said no: not approved, over a limit, over a budget.',
          },
          unavailable: {
            type: 'integer',
            description: 'The gateway could not. Not in `refused`.',
          },
          clientErrors: {
            type: 'integer',
            description: 'The endpoint answered 4xx except 429.',
          },
          throttled: {
            type: 'integer',
            description: 'The endpoint answered 429.',
          },
          serverErrors: {
            type: 'integer',
            description: 'The endpoint answered 5xx, or not in time.',
          },
          declined: {
            type: 'integer',
            description:
              'The model answered that it will not do what it was asked for.',
          },
          cached: {
            type: 'integer',
            description: "Answered by the gateway's cache.",
          },
          unpricedCalls: {
            type: 'integer',
            description: 'Nobody knows what they cost.',
          },
          estimatedCalls: {
            type: 'integer',
            description: 'Their tokens are estimates.',
          },
          inputTokens: { type: 'integer' },
          outputTokens: { type: 'integer' },
          cachedInputTokens: {
            type: 'integer',
            description: 'Part of `inputTokens`.',
          },
          costs: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightCost' },
            description: 'One for each currency, by its name.',
          },
        },
      },
      InsightDurations: {
        type: 'object',
        required: ['count', 'mean', 'p50', 'p95', 'p99'],
        description: 'Milliseconds, true to 1 %.',
        properties: {
          count: { type: 'integer', description: 'How many were measured.' },
          mean: { type: 'number' },
          p50: { type: 'number' },
          p95: { type: 'number' },
          p99: { type: 'number' },
        },
      },
      InsightPeriod: {
        type: 'object',
        required: ['date', 'sums'],
        properties: {
          date: {
            type: 'string',
            format: 'date',
            description: 'First day of the period in UTC.',
          },
          sums: { $ref: '#/components/schemas/InsightSums' },
          latency: { $ref: '#/components/schemas/InsightDurations' },
          timeToFirstToken: { $ref: '#/components/schemas/InsightDurations' },
        },
      },
      InsightRange: {
        type: 'object',
        required: ['from', 'to', 'level', 'complete'],
        properties: {
          from: { type: 'string', format: 'date' },
          to: { type: 'string', format: 'date', description: 'The last day.' },
          level: {
            type: 'string',
            enum: ['day', 'month'],
            description:
              'Months where the range is longer than 400 days (100 for the organisation) or begins before days are kept; then it is whole months.',
          },
          complete: {
            type: 'boolean',
            description:
              'Whether the range is over; the last period is not while this is false.',
          },
          dataSince: {
            type: 'string',
            format: 'date',
            description:
              'Day or month of the first call that is known; absent where none is.',
          },
        },
      },
      InsightTrend: {
        type: 'object',
        required: ['days', 'direction'],
        description:
          'Whether daily calls rise or decline, without the rhythm of the week; whole days only.',
        properties: {
          days: { type: 'integer', enum: [7, 28] },
          direction: {
            type: 'string',
            enum: ['rising', 'stable', 'declining', 'unknown'],
          },
          change: {
            type: 'number',
            description:
              'By which part the calls of a day changed, 0.12 for +12 %: for 7 days against the same weekdays of the four weeks before, for 28 days from the beginning of the line to its end.',
          },
          low: {
            type: 'number',
            description:
              'Beginning of the interval of `change`, where it is reckoned.',
          },
          high: { type: 'number' },
          reason: { type: 'string', description: 'Why it is unknown.' },
        },
      },
      ModelInsights: {
        type: 'object',
        required: [
          'model',
          'range',
          'totals',
          'previous',
          'periods',
          'versions',
          'trends',
        ],
        properties: {
          model: { type: 'string' },
          version: { type: 'string' },
          range: { $ref: '#/components/schemas/InsightRange' },
          totals: { $ref: '#/components/schemas/InsightSums' },
          latency: { $ref: '#/components/schemas/InsightDurations' },
          timeToFirstToken: { $ref: '#/components/schemas/InsightDurations' },
          previous: { $ref: '#/components/schemas/InsightPrevious' },
          periods: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightPeriod' },
            description:
              'One for each day or month of the range, also without calls.',
          },
          versions: {
            type: 'array',
            description: 'The largest number of calls first.',
            items: {
              type: 'object',
              required: ['version', 'sums'],
              properties: {
                version: {
                  type: 'string',
                  description: 'Empty where it is not known.',
                },
                sums: { $ref: '#/components/schemas/InsightSums' },
              },
            },
          },
          trends: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightTrend' },
            description:
              'Of 7 and of 28 days up to yesterday, whatever the range.',
          },
        },
      },
      InsightPrevious: {
        type: 'object',
        required: ['from', 'to', 'totals', 'known'],
        description: 'As many days, or months, before.',
        properties: {
          from: { type: 'string', format: 'date' },
          to: { type: 'string', format: 'date' },
          totals: { $ref: '#/components/schemas/InsightSums' },
          latency: { $ref: '#/components/schemas/InsightDurations' },
          timeToFirstToken: { $ref: '#/components/schemas/InsightDurations' },
          known: {
            type: 'boolean',
            description:
              'Whether numbers go back that far; do not compare where false.',
          },
        },
      },
      InsightShare: {
        type: 'object',
        required: ['name', 'share', 'sums'],
        properties: {
          name: { type: 'string', description: 'Empty for what is not known.' },
          share: {
            type: 'number',
            description: 'Of all calls of the range; 0 to 1.',
          },
          sums: { $ref: '#/components/schemas/InsightSums' },
        },
      },
      InsightOthers: {
        type: 'object',
        required: ['count', 'share', 'sums'],
        description: 'Those whose names the caller does not see, summed up.',
        properties: {
          count: { type: 'integer' },
          share: { type: 'number' },
          sums: { $ref: '#/components/schemas/InsightSums' },
        },
      },
      ModelCallers: {
        type: 'object',
        required: ['from', 'to', 'by', 'sees', 'items'],
        properties: {
          from: { type: 'string', format: 'date' },
          to: { type: 'string', format: 'date' },
          by: { $ref: '#/components/schemas/CallerKind' },
          sees: { type: 'string', enum: ['all', 'own'] },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightShare' },
          },
          others: { $ref: '#/components/schemas/InsightOthers' },
          nextCursor: { type: 'string' },
        },
      },
      ModelTeam: {
        type: 'object',
        required: ['team', 'components', 'calls', 'costs'],
        properties: {
          team: { type: 'string', description: 'Entity ref.' },
          components: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Entity refs of its components that consume the model.',
          },
          calls: {
            type: 'integer',
            description: 'Of the range; also those of its components.',
          },
          costs: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightCost' },
          },
          firstCall: {
            type: 'string',
            format: 'date',
            description: 'Of all that is known; absent where it never called.',
          },
          lastCall: { type: 'string', format: 'date' },
        },
      },
      ModelTeams: {
        type: 'object',
        required: [
          'from',
          'to',
          'sees',
          'teams',
          'deployed',
          'called',
          'items',
        ],
        properties: {
          from: { type: 'string', format: 'date' },
          to: { type: 'string', format: 'date' },
          sees: { type: 'string', enum: ['all', 'own'] },
          teams: {
            type: 'integer',
            description: 'How many, those without a name here included.',
          },
          deployed: {
            type: 'integer',
            description:
              'How many of them have a component that consumes the model.',
          },
          called: {
            type: 'integer',
            description: 'How many of them called it in the range.',
          },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ModelTeam' },
          },
        },
      },
      ModelHeatMap: {
        type: 'object',
        required: ['from', 'to', 'calls', 'items'],
        properties: {
          from: {
            type: 'string',
            format: 'date',
            description: 'Later than asked for where hours are kept for less.',
          },
          to: { type: 'string', format: 'date' },
          calls: { type: 'integer' },
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['weekday', 'hour', 'calls'],
              properties: {
                weekday: {
                  type: 'integer',
                  description: '1 is Monday and 7 is Sunday.',
                },
                hour: { type: 'integer', description: '0 to 23.' },
                calls: { type: 'integer' },
              },
            },
          },
        },
      },
      ModelInsightSummary: {
        type: 'object',
        required: ['entityRef', 'model', 'calls', 'teams', 'trend', 'days'],
        properties: {
          entityRef: { type: 'string' },
          model: { type: 'string', description: 'Gateway id.' },
          calls: { type: 'integer', description: 'Of the last 28 days.' },
          teams: {
            type: 'integer',
            description:
              'How many teams, and components of no known team, called it in these days.',
          },
          trend: { $ref: '#/components/schemas/InsightTrend' },
          days: {
            type: 'array',
            items: { type: 'integer' },
            description: 'Calls of each of the 28 days, for a small picture.',
          },
          lastCall: {
            type: 'string',
            format: 'date',
            description:
              'Absent where it was never called, as far as is known.',
          },
        },
      },
      CallerInsights: {
        type: 'object',
        required: [
          'kind',
          'caller',
          'range',
          'totals',
          'previous',
          'periods',
          'models',
          'trends',
        ],
        properties: {
          kind: { $ref: '#/components/schemas/CallerKind' },
          caller: { type: 'string' },
          range: { $ref: '#/components/schemas/InsightRange' },
          totals: { $ref: '#/components/schemas/InsightSums' },
          previous: { $ref: '#/components/schemas/InsightPrevious' },
          periods: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightPeriod' },
            description: 'Without durations, which are kept by model.',
          },
          models: {
            type: 'integer',
            description: 'How many different ones were called.',
          },
          trends: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightTrend' },
          },
        },
      },
      CallerUse: {
        type: 'object',
        required: ['sums'],
        description:
          'The names that were asked for; the empty text stands for what is not known.',
        properties: {
          date: {
            type: 'string',
            format: 'date',
            description: 'First day of the day or month.',
          },
          model: { type: 'string' },
          version: { type: 'string' },
          team: { type: 'string' },
          component: { type: 'string' },
          profile: { type: 'string' },
          tier: { type: 'string' },
          source: {
            type: 'string',
            description: '`gateway`, or the id of another source.',
          },
          sums: { $ref: '#/components/schemas/InsightSums' },
        },
      },
      BudgetBurn: {
        type: 'object',
        required: ['budget', 'days', 'unpricedCalls'],
        properties: {
          budget: { $ref: '#/components/schemas/Budget' },
          days: {
            type: 'array',
            description: 'The days of the month up to today.',
            items: {
              type: 'object',
              required: ['date', 'spent', 'total', 'line'],
              properties: {
                date: { type: 'string', format: 'date' },
                spent: {
                  type: 'number',
                  description: 'On this day, in the currency of the budget.',
                },
                total: {
                  type: 'number',
                  description: 'In the month up to this day.',
                },
                line: {
                  type: 'number',
                  description:
                    'What the budget, spread evenly, allows up to the end of this day.',
                },
              },
            },
          },
          unpricedCalls: {
            type: 'integer',
            description:
              'Calls that do not count because their model has no price or one in another currency.',
          },
          forecast: { $ref: '#/components/schemas/BudgetForecast' },
          exhaustedOn: {
            type: 'string',
            format: 'date',
            description:
              'The day on which the budget was used up or will be at this rate; absent where it lasts.',
          },
        },
      },
      BudgetForecast: {
        type: 'object',
        required: [
          'expected',
          'low',
          'high',
          'level',
          'method',
          'daysUsed',
          'path',
        ],
        description:
          'What the whole month will cost; absent for months that are over, and while fewer than seven whole days are known.',
        properties: {
          expected: {
            type: 'number',
            description: 'In units of the currency.',
          },
          low: { type: 'number' },
          high: { type: 'number' },
          level: {
            type: 'number',
            description:
              'Which part of months ends between `low` and `high`, e.g. 0.9.',
          },
          method: { type: 'string', enum: ['weekday-mean'] },
          daysUsed: {
            type: 'integer',
            description: 'Whole days before today that it is made of.',
          },
          path: {
            type: 'array',
            description:
              'Expected total at the end of today and of each day to come.',
            items: {
              type: 'object',
              required: ['date', 'expected', 'low', 'high'],
              properties: {
                date: { type: 'string', format: 'date' },
                expected: { type: 'number' },
                low: { type: 'number' },
                high: { type: 'number' },
              },
            },
          },
        },
      },
      OrganisationInsights: {
        type: 'object',
        required: [
          'range',
          'totals',
          'previous',
          'periods',
          'tiers',
          'models',
          'teams',
          'trends',
        ],
        properties: {
          range: { $ref: '#/components/schemas/InsightRange' },
          totals: { $ref: '#/components/schemas/InsightSums' },
          previous: { $ref: '#/components/schemas/InsightPrevious' },
          periods: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightPeriod' },
            description: 'Without durations.',
          },
          tiers: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightShare' },
          },
          models: {
            type: 'integer',
            description: 'How many different ones were called.',
          },
          teams: {
            type: 'integer',
            description: 'How many different ones called.',
          },
          trends: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightTrend' },
          },
        },
      },
      Adoption: {
        type: 'object',
        required: ['weeks', 'called', 'teams'],
        properties: {
          weeks: {
            type: 'array',
            items: {
              type: 'object',
              required: [
                'week',
                'activeTeams',
                'newTeams',
                'activeModels',
                'newModels',
                'pairs',
                'calls',
              ],
              properties: {
                week: {
                  type: 'string',
                  format: 'date',
                  description: 'Its Monday.',
                },
                activeTeams: { type: 'integer' },
                newTeams: {
                  type: 'integer',
                  description: 'Active for the first time, as far as is known.',
                },
                activeModels: { type: 'integer' },
                newModels: { type: 'integer' },
                pairs: {
                  type: 'integer',
                  description:
                    'How many times a team used a model: 3 for two teams of which one uses two models.',
                },
                calls: { type: 'integer' },
              },
            },
          },
          teams: {
            type: 'integer',
            description: 'How many teams called in the last 28 days.',
          },
          called: {
            type: 'integer',
            description: 'How many models were called in the last 28 days.',
          },
          approved: {
            type: 'integer',
            description:
              'Models with an approval that holds; absent while governance does not answer.',
          },
          approvedAndCalled: { type: 'integer' },
        },
      },
      UnusedApproval: {
        type: 'object',
        required: [
          'id',
          'entityRef',
          'model',
          'modelVersion',
          'tier',
          'purpose',
          'profile',
        ],
        properties: {
          id: { type: 'string' },
          entityRef: { type: 'string' },
          title: { type: 'string' },
          model: { type: 'string', description: 'Gateway id.' },
          modelVersion: { type: 'string' },
          tier: { type: 'string' },
          purpose: { type: 'string' },
          profile: { type: 'string' },
          approvedAt: { type: 'string', format: 'date-time' },
          expiresAt: { type: 'string', format: 'date-time' },
          lastCall: {
            type: 'string',
            format: 'date',
            description:
              'Of the profile at this tier or one below; absent where it never called.',
          },
        },
      },
      IdleEndpoint: {
        type: 'object',
        required: [
          'entityRef',
          'model',
          'endpoints',
          'consumers',
          'owners',
          'costs',
        ],
        properties: {
          entityRef: { type: 'string' },
          title: { type: 'string' },
          model: { type: 'string', description: 'Gateway id.' },
          endpoints: {
            type: 'array',
            items: { type: 'string' },
            description: 'Entity refs of the APIs that serve the model.',
          },
          consumers: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Entity refs of the components that consume the model.',
          },
          owners: { type: 'array', items: { type: 'string' } },
          lastCall: {
            type: 'string',
            format: 'date',
            description:
              'By anyone; absent where it was never called, as far as is known.',
          },
          costs: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightCost' },
            description:
              'What it cost in these days although nobody called it, where a source tells.',
          },
          hardware: {
            type: 'string',
            description: 'What the catalog says that it runs on.',
          },
        },
      },
      Waste: {
        type: 'object',
        required: [
          'days',
          'since',
          'unusedApprovals',
          'idleEndpoints',
          'approvalsKnown',
        ],
        properties: {
          days: { type: 'integer' },
          since: { type: 'string', format: 'date' },
          approvalsKnown: {
            type: 'boolean',
            description: 'False while governance does not answer.',
          },
          unusedApprovals: {
            type: 'array',
            items: { $ref: '#/components/schemas/UnusedApproval' },
            description:
              'Older than these days, the longest idle first; 500 at most. One counts as used when its profile called the model at its tier or below, for whatever purpose.',
          },
          idleEndpoints: {
            type: 'array',
            items: { $ref: '#/components/schemas/IdleEndpoint' },
            description:
              'Models with an API that serves them or a component that consumes them and without a call in these days; 500 at most.',
          },
        },
      },
      DuplicateModels: {
        type: 'object',
        required: ['baseModel', 'tasks', 'teams', 'calls', 'costs', 'models'],
        properties: {
          baseModel: {
            type: 'string',
            description: 'Entity ref of the model that all were made of.',
          },
          tasks: { type: 'array', items: { type: 'string' } },
          teams: {
            type: 'array',
            items: { type: 'string' },
            description: 'Entity refs of the owners.',
          },
          calls: { type: 'integer', description: 'Of the last 28 days.' },
          costs: {
            type: 'array',
            items: { $ref: '#/components/schemas/InsightCost' },
          },
          models: {
            type: 'array',
            items: {
              type: 'object',
              required: ['entityRef', 'model', 'owner', 'calls', 'costs'],
              properties: {
                entityRef: { type: 'string' },
                title: { type: 'string' },
                model: { type: 'string', description: 'Gateway id.' },
                owner: { type: 'string' },
                calls: { type: 'integer' },
                costs: {
                  type: 'array',
                  items: { $ref: '#/components/schemas/InsightCost' },
                },
              },
            },
          },
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
