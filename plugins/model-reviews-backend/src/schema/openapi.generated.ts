// Generated from plugins/model-reviews-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import type { ModelReviewsPaths } from '@modelhub/backstage-plugin-models-common';
import { createDocumentRouter } from '@modelhub/backstage-plugin-models-node';
import type { RequestHandler } from 'express';

/** Every route with the types of its parameters, answer, body and query. */
export type Routes = {
  get: {
    '/reviews': RequestHandler<
      {},
      ModelReviewsPaths['/reviews']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelReviewsPaths['/reviews']['get']['parameters']['query']>
    >;
    '/reviews/:id': RequestHandler<
      { id: string },
      ModelReviewsPaths['/reviews/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/tips': RequestHandler<
      {},
      ModelReviewsPaths['/tips']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelReviewsPaths['/tips']['get']['parameters']['query']>
    >;
    '/tips/:id': RequestHandler<
      { id: string },
      ModelReviewsPaths['/tips/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/questions': RequestHandler<
      {},
      ModelReviewsPaths['/questions']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelReviewsPaths['/questions']['get']['parameters']['query']>
    >;
    '/questions/:id': RequestHandler<
      { id: string },
      ModelReviewsPaths['/questions/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/contributions/:id/history': RequestHandler<
      { id: string },
      ModelReviewsPaths['/contributions/{id}/history']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/moderation': RequestHandler<
      {},
      ModelReviewsPaths['/moderation']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelReviewsPaths['/moderation']['get']['parameters']['query']
      >
    >;
    '/ratings': RequestHandler<
      {},
      ModelReviewsPaths['/ratings']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelReviewsPaths['/ratings']['get']['parameters']['query']>
    >;
    '/changes': RequestHandler<
      {},
      ModelReviewsPaths['/changes']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelReviewsPaths['/changes']['get']['parameters']['query']>
    >;
    '/standing': RequestHandler<
      {},
      ModelReviewsPaths['/standing']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelReviewsPaths['/standing']['get']['parameters']['query']>
    >;
    '/feed': RequestHandler<
      {},
      ModelReviewsPaths['/feed']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelReviewsPaths['/feed']['get']['parameters']['query']>
    >;
    '/people/me': RequestHandler<
      {},
      ModelReviewsPaths['/people/me']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/people/contributions': RequestHandler<
      {},
      ModelReviewsPaths['/people/contributions']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelReviewsPaths['/people/contributions']['get']['parameters']['query']
      >
    >;
  };
  post: {
    '/reviews': RequestHandler<
      {},
      ModelReviewsPaths['/reviews']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/reviews']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/tips': RequestHandler<
      {},
      ModelReviewsPaths['/tips']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/tips']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/questions': RequestHandler<
      {},
      ModelReviewsPaths['/questions']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/questions']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/questions/:id/answers': RequestHandler<
      { id: string },
      ModelReviewsPaths['/questions/{id}/answers']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/questions/{id}/answers']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/contributions/:id/undo-withdrawal': RequestHandler<
      { id: string },
      void,
      unknown,
      {}
    >;
    '/contributions/:id/reports': RequestHandler<
      { id: string },
      void,
      NonNullable<
        ModelReviewsPaths['/contributions/{id}/reports']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/contributions/:id/moderation': RequestHandler<
      { id: string },
      ModelReviewsPaths['/contributions/{id}/moderation']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/contributions/{id}/moderation']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/ratings/by-refs': RequestHandler<
      {},
      ModelReviewsPaths['/ratings/by-refs']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/ratings/by-refs']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/people/erasures': RequestHandler<
      {},
      ModelReviewsPaths['/people/erasures']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/people/erasures']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
  };
  put: {
    '/reviews/:id': RequestHandler<
      { id: string },
      ModelReviewsPaths['/reviews/{id}']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/reviews/{id}']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/reviews/:id/reply': RequestHandler<
      { id: string },
      ModelReviewsPaths['/reviews/{id}/reply']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/reviews/{id}/reply']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/tips/:id': RequestHandler<
      { id: string },
      ModelReviewsPaths['/tips/{id}']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/tips/{id}']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/questions/:id': RequestHandler<
      { id: string },
      ModelReviewsPaths['/questions/{id}']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/questions/{id}']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/questions/:id/accepted': RequestHandler<
      { id: string },
      ModelReviewsPaths['/questions/{id}/accepted']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/questions/{id}/accepted']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/answers/:id': RequestHandler<
      { id: string },
      ModelReviewsPaths['/answers/{id}']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelReviewsPaths['/answers/{id}']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/contributions/:id/helpful': RequestHandler<
      { id: string },
      ModelReviewsPaths['/contributions/{id}/helpful']['put']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
  };
  delete: {
    '/contributions/:id': RequestHandler<
      { id: string },
      ModelReviewsPaths['/contributions/{id}']['delete']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/contributions/:id/helpful': RequestHandler<
      { id: string },
      ModelReviewsPaths['/contributions/{id}/helpful']['delete']['responses'][200]['content']['application/json'],
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
    title: 'model-reviews',
    version: '1',
    description:
      'What people say about models. Reviews, tips, questions and answers, ratings and moderation.',
    license: {
      name: 'Apache-2.0',
      url: 'http://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  paths: {
    '/reviews': {
      get: {
        operationId: 'listReviews',
        tags: ['reviews'],
        summary:
          'Reviews of one model, or of all models that the caller may see.',
        parameters: [
          { $ref: '#/components/parameters/EntityRef' },
          { $ref: '#/components/parameters/Author' },
          { $ref: '#/components/parameters/ModelVersion' },
          { $ref: '#/components/parameters/UseCase' },
          { $ref: '#/components/parameters/Verified' },
          { $ref: '#/components/parameters/Q' },
          { $ref: '#/components/parameters/Sort' },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description:
              'A page; hidden and withdrawn ones only for who may see them',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ModelReview' },
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
        operationId: 'createReview',
        tags: ['reviews'],
        summary:
          'Reviews a version of a model; once for each person, model and version. Needs permission `model.review.create`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelReviewInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'The review',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReview' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/reviews/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getReview',
        tags: ['reviews'],
        responses: {
          '200': {
            description: 'The review',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReview' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      put: {
        operationId: 'updateReview',
        tags: ['reviews'],
        summary:
          'Replaces what the review says; what it said before stays in its history. Needs permission `model.review.update`, and to be its author.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelReviewUpdate' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The review',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReview' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/reviews/{id}/reply': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      put: {
        operationId: 'putReviewReply',
        tags: ['reviews'],
        summary:
          'Answers a review for the team that owns the model, or changes that answer. One for each review.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelReviewReplyInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The review with its reply',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReview' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/tips': {
      get: {
        operationId: 'listTips',
        tags: ['tips'],
        summary:
          'Finds tips about one model, or about all models that the caller may see.',
        parameters: [
          { $ref: '#/components/parameters/EntityRef' },
          { $ref: '#/components/parameters/Author' },
          {
            name: 'kind',
            in: 'query',
            schema: { $ref: '#/components/schemas/ModelTipKind' },
          },
          {
            name: 'reviewId',
            in: 'query',
            description: 'Only those that belong to this review.',
            schema: { type: 'string', maxLength: 36 },
          },
          { $ref: '#/components/parameters/ModelVersion' },
          { $ref: '#/components/parameters/Q' },
          { $ref: '#/components/parameters/Sort' },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ModelTip' },
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
        operationId: 'createTip',
        tags: ['tips'],
        summary:
          'Shares a prompt, a way of preprocessing or settings. Needs permission `model.review.create`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelTipInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'The tip',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelTip' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/tips/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getTip',
        tags: ['tips'],
        responses: {
          '200': {
            description: 'The tip',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelTip' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      put: {
        operationId: 'updateTip',
        tags: ['tips'],
        summary:
          'Replaces what the tip says. Needs permission `model.review.update`, and to be its author.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelTipUpdate' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The tip',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelTip' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/questions': {
      get: {
        operationId: 'listQuestions',
        tags: ['questions'],
        summary:
          'Questions about one model, or about all models that the caller may see.',
        parameters: [
          { $ref: '#/components/parameters/EntityRef' },
          { $ref: '#/components/parameters/Author' },
          {
            name: 'answered',
            in: 'query',
            description: 'Only those with, or without, an accepted answer.',
            schema: { type: 'boolean' },
          },
          { $ref: '#/components/parameters/Q' },
          { $ref: '#/components/parameters/Sort' },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'A page, without the answers',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ModelQuestion' },
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
        operationId: 'createQuestion',
        tags: ['questions'],
        summary:
          'Asks the owner of a model and whoever knows it. Needs permission `model.review.create`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelQuestionInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'The question',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelQuestionDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/questions/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getQuestion',
        tags: ['questions'],
        responses: {
          '200': {
            description:
              'The question with its answers; the accepted one first, then the most helpful',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelQuestionDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      put: {
        operationId: 'updateQuestion',
        tags: ['questions'],
        summary:
          'Changes the question. Needs permission `model.review.update`, and to be its author.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelQuestionUpdate' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The question with its answers',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelQuestionDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/questions/{id}/answers': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'createAnswer',
        tags: ['questions'],
        summary: 'Answers a question. Needs permission `model.review.create`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelAnswerInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'The question with its answers',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelQuestionDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/questions/{id}/accepted': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      put: {
        operationId: 'acceptAnswer',
        tags: ['questions'],
        summary:
          'Who asked, or the team that owns the model, says which answer helped; without an answer none did.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                properties: { answerId: { type: 'string', maxLength: 36 } },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The question with its answers',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelQuestionDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/answers/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      put: {
        operationId: 'updateAnswer',
        tags: ['questions'],
        summary:
          'Changes an answer. Needs permission `model.review.update`, and to be its author.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelAnswerUpdate' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The question with its answers',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelQuestionDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/contributions/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      delete: {
        operationId: 'withdrawContribution',
        tags: ['contributions'],
        summary:
          'The author takes back a review, reply, tip, question or answer. It can be undone for a while; then its text is gone.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        responses: {
          '200': {
            description: 'Until when it can be undone',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReviewWithdrawal' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/contributions/{id}/undo-withdrawal': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'undoWithdrawal',
        tags: ['contributions'],
        summary:
          'The author has it back as it was, while the time to undo lasts.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        responses: {
          '204': { description: 'It is there again' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/contributions/{id}/history': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getContributionHistory',
        tags: ['contributions'],
        summary:
          'What a review, reply, tip, question or answer said before. Whoever may read it may read this.',
        responses: {
          '200': {
            description: 'The newest first; the first is what it says now',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: {
                        $ref: '#/components/schemas/ModelReviewRevision',
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
    '/contributions/{id}/helpful': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      put: {
        operationId: 'voteHelpful',
        tags: ['contributions'],
        summary:
          "Says that a review, tip or answer helped; once for each person, and never for one's own.",
        responses: {
          '200': {
            description: 'The count',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReviewVotes' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      delete: {
        operationId: 'unvoteHelpful',
        tags: ['contributions'],
        summary: 'Takes that back.',
        responses: {
          '200': {
            description: 'The count',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReviewVotes' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/contributions/{id}/reports': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'reportContribution',
        tags: ['moderation'],
        summary:
          'Tells moderators that something should not be here. One open report for each person.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ModelReviewReportInput' },
            },
          },
        },
        responses: {
          '204': { description: 'Moderators see it' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/contributions/{id}/moderation': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'moderateContribution',
        tags: ['moderation'],
        summary:
          "Hides or restores something, or dismisses its reports; with a reason. Needs permission `model.review.moderate`; never one's own.",
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                $ref: '#/components/schemas/ModelReviewModerationInput',
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'How it stands now',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReviewCase' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/moderation': {
      get: {
        operationId: 'listModerationCases',
        tags: ['moderation'],
        summary:
          'What was reported or hidden. Needs permission `model.review.moderate`.',
        parameters: [
          {
            name: 'state',
            in: 'query',
            description: 'Open reports (default), or what is hidden.',
            schema: { type: 'string', enum: ['reported', 'hidden'] },
          },
          { $ref: '#/components/parameters/EntityRef' },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'The longest waiting first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ModelReviewCase' },
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
    '/ratings': {
      get: {
        operationId: 'getRating',
        tags: ['ratings'],
        summary:
          'The rating of a model, with its distribution, and which versions and use cases there are to filter by.',
        parameters: [
          {
            name: 'entityRef',
            in: 'query',
            required: true,
            schema: { type: 'string', minLength: 1, maxLength: 400 },
          },
          { $ref: '#/components/parameters/ModelVersion' },
          { $ref: '#/components/parameters/UseCase' },
          { $ref: '#/components/parameters/Verified' },
        ],
        responses: {
          '200': {
            description: 'The rating',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelRatingDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/ratings/by-refs': {
      post: {
        operationId: 'getRatings',
        tags: ['ratings'],
        summary:
          'Ratings of a page of models. Models that the caller may not see, or that nobody rated, are left out.',
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
                    maxItems: 500,
                    items: { type: 'string', minLength: 1, maxLength: 400 },
                  },
                  verified: { type: 'boolean' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'One item for each model that has reviews',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'prior'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ModelRating' },
                    },
                    prior: { $ref: '#/components/schemas/ModelRatingPrior' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/changes': {
      get: {
        operationId: 'listRatingChanges',
        tags: ['ratings'],
        summary:
          'Models whose rating may have changed after a number. Services only.',
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
                      items: { $ref: '#/components/schemas/ModelRatingChange' },
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
    '/standing': {
      get: {
        operationId: 'getReviewStanding',
        tags: ['people'],
        summary:
          'What the caller may do at a model, and what they wrote about it.',
        parameters: [
          {
            name: 'entityRef',
            in: 'query',
            required: true,
            schema: { type: 'string', minLength: 1, maxLength: 400 },
          },
        ],
        responses: {
          '200': {
            description: 'The standing',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReviewStanding' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/feed': {
      get: {
        operationId: 'getReviewFeed',
        tags: ['people'],
        summary:
          "The newest reviews and tips of models that the caller's teams call; of all models when there are none.",
        parameters: [
          {
            name: 'limit',
            in: 'query',
            schema: { type: 'integer', minimum: 1, maximum: 50 },
          },
        ],
        responses: {
          '200': {
            description: 'The newest first',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReviewFeed' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/people/me': {
      get: {
        operationId: 'getReviewCaller',
        tags: ['people'],
        summary: 'What the caller may do, whatever the model.',
        responses: {
          '200': {
            description: 'Permissions',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelReviewCaller' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/people/contributions': {
      get: {
        operationId: 'getPersonContributions',
        tags: ['people'],
        summary:
          'What somebody contributed about models that the caller may see, in numbers.',
        parameters: [
          {
            name: 'author',
            in: 'query',
            required: true,
            schema: { type: 'string', minLength: 1, maxLength: 400 },
          },
        ],
        responses: {
          '200': {
            description: 'Numbers',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/ModelReviewContributions',
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/people/erasures': {
      post: {
        operationId: 'erasePerson',
        tags: ['people'],
        summary:
          "Puts a pseudonym in the place of a person's name, everywhere and for good. Needs permission `model.review.erase`.",
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['person', 'texts'],
                properties: {
                  person: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 400,
                    description: 'Entity ref of the user.',
                  },
                  texts: {
                    type: 'string',
                    enum: ['keep', 'remove'],
                    description:
                      'Whether what they wrote stays, under the pseudonym.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'What was done',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['pseudonym', 'contributions', 'votes', 'reports'],
                  properties: {
                    pseudonym: { type: 'string' },
                    contributions: { type: 'integer' },
                    votes: { type: 'integer' },
                    reports: { type: 'integer' },
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
      Id: {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 36 },
      },
      EntityRef: {
        name: 'entityRef',
        in: 'query',
        description: 'Entity ref of the model.',
        schema: { type: 'string', minLength: 1, maxLength: 400 },
      },
      Author: {
        name: 'author',
        in: 'query',
        description: 'Entity ref of the user.',
        schema: { type: 'string', minLength: 1, maxLength: 400 },
      },
      ModelVersion: {
        name: 'modelVersion',
        in: 'query',
        schema: { type: 'string', minLength: 1, maxLength: 100 },
      },
      UseCase: {
        name: 'useCase',
        in: 'query',
        description:
          'As in the reviews; case and surrounding spaces do not matter.',
        schema: { type: 'string', minLength: 1, maxLength: 120 },
      },
      Verified: {
        name: 'verified',
        in: 'query',
        description: 'Only those of people whose teams call the model.',
        schema: { type: 'boolean' },
      },
      Q: {
        name: 'q',
        in: 'query',
        description: 'Words that all have to occur, as beginnings of words.',
        schema: { type: 'string', maxLength: 200 },
      },
      Sort: {
        name: 'sort',
        in: 'query',
        description:
          '`newest` by default. `highest` and `lowest` are for reviews.',
        schema: {
          type: 'string',
          enum: ['newest', 'helpful', 'highest', 'lowest'],
        },
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
          response: { type: 'object' },
        },
      },
      ModelReviewStars: {
        type: 'object',
        description: 'One to five for each aspect; at least one of them.',
        additionalProperties: false,
        minProperties: 1,
        properties: {
          quality: { type: 'integer', minimum: 1, maximum: 5 },
          speed: { type: 'integer', minimum: 1, maximum: 5 },
          cost: {
            type: 'integer',
            minimum: 1,
            maximum: 5,
            description: 'Five is good value.',
          },
          ease: { type: 'integer', minimum: 1, maximum: 5 },
        },
      },
      ModelReviewText: {
        type: 'string',
        maxLength: 10000,
        description:
          'Markdown, as it was written; show it only by a renderer that sanitises.',
      },
      ModelReviewInput: {
        type: 'object',
        additionalProperties: false,
        required: ['entityRef', 'modelVersion', 'stars'],
        properties: {
          entityRef: { type: 'string', minLength: 1, maxLength: 400 },
          modelVersion: {
            type: 'string',
            minLength: 1,
            maxLength: 100,
            description:
              'Name of a version of the model; `*` for a model that has none.',
          },
          stars: { $ref: '#/components/schemas/ModelReviewStars' },
          useCase: { type: 'string', maxLength: 120 },
          whatWorked: { $ref: '#/components/schemas/ModelReviewText' },
          limitations: { $ref: '#/components/schemas/ModelReviewText' },
        },
      },
      ModelReviewUpdate: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'stars'],
        properties: {
          revision: {
            type: 'integer',
            description: 'The one that was changed from.',
          },
          stars: { $ref: '#/components/schemas/ModelReviewStars' },
          useCase: { type: 'string', maxLength: 120 },
          whatWorked: { $ref: '#/components/schemas/ModelReviewText' },
          limitations: { $ref: '#/components/schemas/ModelReviewText' },
        },
      },
      ModelReviewReplyInput: {
        type: 'object',
        additionalProperties: false,
        required: ['text'],
        properties: {
          revision: {
            type: 'integer',
            description: 'Of the reply that is changed; absent for the first.',
          },
          text: { type: 'string', minLength: 1, maxLength: 10000 },
        },
      },
      ModelContributionKind: {
        type: 'string',
        enum: ['review', 'reply', 'tip', 'question', 'answer'],
      },
      ModelContribution: {
        type: 'object',
        description:
          'What reviews, replies, tips, questions and answers have in common.',
        required: [
          'id',
          'entityRef',
          'author',
          'authorErased',
          'mine',
          'createdAt',
          'revision',
          'state',
          'helpful',
          'votedHelpful',
          'mayModerate',
        ],
        properties: {
          id: { type: 'string' },
          entityRef: { type: 'string', description: 'Of the model.' },
          author: {
            type: 'string',
            description: 'Entity ref of the user',
            'or the pseudonym.': null,
          },
          authorErased: {
            type: 'boolean',
            description: '`author` is a pseudonym; there is no such user.',
          },
          mine: { type: 'boolean' },
          createdAt: { type: 'string', format: 'date-time' },
          editedAt: {
            type: 'string',
            format: 'date-time',
            description: 'Absent when it never was.',
          },
          revision: { type: 'integer', description: 'Counts from 1.' },
          state: {
            type: 'string',
            enum: ['published', 'hidden', 'withdrawn'],
            description:
              'Hidden is seen by author and moderators, withdrawn by the author alone.',
          },
          hidden: {
            type: 'object',
            required: ['at', 'reason'],
            properties: {
              at: { type: 'string', format: 'date-time' },
              reason: { type: 'string' },
            },
          },
          undoUntil: {
            type: 'string',
            format: 'date-time',
            description: 'Until when the withdrawal can be undone.',
          },
          helpful: { type: 'integer' },
          votedHelpful: { type: 'boolean', description: 'By the caller.' },
          mayModerate: { type: 'boolean' },
        },
      },
      ModelReview: {
        allOf: [
          { $ref: '#/components/schemas/ModelContribution' },
          {
            type: 'object',
            required: ['modelVersion', 'stars', 'overall', 'verified', 'tips'],
            properties: {
              modelVersion: { type: 'string' },
              stars: { $ref: '#/components/schemas/ModelReviewStars' },
              overall: {
                type: 'number',
                description: 'Mean of the stars given.',
              },
              useCase: { type: 'string' },
              whatWorked: { $ref: '#/components/schemas/ModelReviewText' },
              limitations: { $ref: '#/components/schemas/ModelReviewText' },
              verified: {
                type: 'boolean',
                description:
                  'A team, access profile or key of the author called the model.',
              },
              tips: {
                type: 'integer',
                description: 'How many tips belong to it.',
              },
              reply: { $ref: '#/components/schemas/ModelReviewReply' },
            },
          },
        ],
      },
      ModelReviewReply: {
        allOf: [
          { $ref: '#/components/schemas/ModelContribution' },
          {
            type: 'object',
            required: ['text'],
            properties: {
              text: { $ref: '#/components/schemas/ModelReviewText' },
              group: {
                type: 'string',
                description: 'Entity ref of the owner for whom it was written.',
              },
            },
          },
        ],
      },
      ModelTipKind: {
        type: 'string',
        enum: ['prompt', 'preprocessing', 'settings'],
      },
      ModelTipSettings: {
        type: 'object',
        description:
          'Settings as JSON, for example `{"temperature": 0.2}`; at most 10,000 characters.',
        additionalProperties: true,
        maxProperties: 100,
      },
      ModelTipInput: {
        type: 'object',
        additionalProperties: false,
        required: ['entityRef', 'kind', 'title', 'body'],
        properties: {
          entityRef: { type: 'string', minLength: 1, maxLength: 400 },
          reviewId: {
            type: 'string',
            maxLength: 36,
            description: "One's own review that it belongs to.",
          },
          modelVersion: { type: 'string', minLength: 1, maxLength: 100 },
          kind: { $ref: '#/components/schemas/ModelTipKind' },
          title: { type: 'string', minLength: 3, maxLength: 150 },
          body: { $ref: '#/components/schemas/ModelReviewText' },
          settings: { $ref: '#/components/schemas/ModelTipSettings' },
        },
      },
      ModelTipUpdate: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'kind', 'title', 'body'],
        properties: {
          revision: { type: 'integer' },
          modelVersion: { type: 'string', minLength: 1, maxLength: 100 },
          kind: { $ref: '#/components/schemas/ModelTipKind' },
          title: { type: 'string', minLength: 3, maxLength: 150 },
          body: { $ref: '#/components/schemas/ModelReviewText' },
          settings: { $ref: '#/components/schemas/ModelTipSettings' },
        },
      },
      ModelTip: {
        allOf: [
          { $ref: '#/components/schemas/ModelContribution' },
          {
            type: 'object',
            required: ['kind', 'title', 'body'],
            properties: {
              reviewId: { type: 'string' },
              modelVersion: { type: 'string' },
              kind: { $ref: '#/components/schemas/ModelTipKind' },
              title: { type: 'string' },
              body: { $ref: '#/components/schemas/ModelReviewText' },
              settings: { $ref: '#/components/schemas/ModelTipSettings' },
            },
          },
        ],
      },
      ModelQuestionInput: {
        type: 'object',
        additionalProperties: false,
        required: ['entityRef', 'title'],
        properties: {
          entityRef: { type: 'string', minLength: 1, maxLength: 400 },
          title: { type: 'string', minLength: 3, maxLength: 250 },
          body: { $ref: '#/components/schemas/ModelReviewText' },
        },
      },
      ModelQuestionUpdate: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'title'],
        properties: {
          revision: { type: 'integer' },
          title: { type: 'string', minLength: 3, maxLength: 250 },
          body: { $ref: '#/components/schemas/ModelReviewText' },
        },
      },
      ModelQuestion: {
        allOf: [
          { $ref: '#/components/schemas/ModelContribution' },
          {
            type: 'object',
            required: ['title', 'answers', 'mayAccept'],
            properties: {
              title: { type: 'string' },
              body: { $ref: '#/components/schemas/ModelReviewText' },
              answers: { type: 'integer', description: 'How many.' },
              acceptedAnswerId: { type: 'string' },
              mayAccept: {
                type: 'boolean',
                description: 'The caller asked it or owns the model.',
              },
            },
          },
        ],
      },
      ModelQuestionDetail: {
        type: 'object',
        required: ['question', 'answers'],
        properties: {
          question: { $ref: '#/components/schemas/ModelQuestion' },
          answers: {
            type: 'array',
            items: { $ref: '#/components/schemas/ModelAnswer' },
          },
        },
      },
      ModelAnswerInput: {
        type: 'object',
        additionalProperties: false,
        required: ['text'],
        properties: {
          text: { type: 'string', minLength: 1, maxLength: 10000 },
        },
      },
      ModelAnswerUpdate: {
        type: 'object',
        additionalProperties: false,
        required: ['revision', 'text'],
        properties: {
          revision: { type: 'integer' },
          text: { type: 'string', minLength: 1, maxLength: 10000 },
        },
      },
      ModelAnswer: {
        allOf: [
          { $ref: '#/components/schemas/ModelContribution' },
          {
            type: 'object',
            required: ['questionId', 'text', 'accepted', 'byOwner'],
            properties: {
              questionId: { type: 'string' },
              text: { $ref: '#/components/schemas/ModelReviewText' },
              accepted: { type: 'boolean' },
              byOwner: {
                type: 'boolean',
                description: 'Written for the team that owned the model then.',
              },
            },
          },
        ],
      },
      ModelReviewRevision: {
        type: 'object',
        required: ['revision', 'at', 'content'],
        properties: {
          revision: { type: 'integer' },
          at: { type: 'string', format: 'date-time' },
          content: {
            type: 'object',
            additionalProperties: true,
            description:
              'The fields as they were written, as in the input of that kind.',
          },
        },
      },
      ModelReviewWithdrawal: {
        type: 'object',
        required: ['id', 'undoUntil'],
        properties: {
          id: { type: 'string' },
          undoUntil: { type: 'string', format: 'date-time' },
        },
      },
      ModelReviewVotes: {
        type: 'object',
        required: ['helpful', 'votedHelpful'],
        properties: {
          helpful: { type: 'integer' },
          votedHelpful: { type: 'boolean' },
        },
      },
      ModelReviewReportReason: {
        type: 'string',
        enum: [
          'spam',
          'abuse',
          'confidential',
          'personal-data',
          'wrong',
          'other',
        ],
      },
      ModelReviewReportInput: {
        type: 'object',
        additionalProperties: false,
        required: ['reason'],
        properties: {
          reason: { $ref: '#/components/schemas/ModelReviewReportReason' },
          comment: { type: 'string', maxLength: 1000 },
        },
      },
      ModelReviewReport: {
        type: 'object',
        required: ['reporter', 'reason', 'at'],
        properties: {
          reporter: { type: 'string' },
          reason: { $ref: '#/components/schemas/ModelReviewReportReason' },
          comment: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
        },
      },
      ModelReviewModerationInput: {
        type: 'object',
        additionalProperties: false,
        required: ['action', 'reason'],
        properties: {
          action: { type: 'string', enum: ['hide', 'restore', 'dismiss'] },
          reason: { type: 'string', minLength: 3, maxLength: 1000 },
        },
      },
      ModelReviewModerationEntry: {
        type: 'object',
        required: ['action', 'by', 'reason', 'at'],
        properties: {
          action: { type: 'string', enum: ['hide', 'restore', 'dismiss'] },
          by: { type: 'string' },
          reason: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
        },
      },
      ModelReviewCase: {
        type: 'object',
        description:
          'Something that was reported or hidden, with all that moderators did about it.',
        required: ['contribution', 'kind', 'content', 'reports', 'log'],
        properties: {
          contribution: { $ref: '#/components/schemas/ModelContribution' },
          kind: { $ref: '#/components/schemas/ModelContributionKind' },
          parentId: {
            type: 'string',
            description: 'Of the review or question that it belongs to.',
          },
          title: { type: 'string' },
          content: {
            type: 'object',
            additionalProperties: true,
            description:
              'The fields as they were written, as in the input of that kind.',
          },
          reports: {
            type: 'array',
            description: 'Open ones, the oldest first.',
            items: { $ref: '#/components/schemas/ModelReviewReport' },
          },
          log: {
            type: 'array',
            description: 'The newest first.',
            items: { $ref: '#/components/schemas/ModelReviewModerationEntry' },
          },
        },
      },
      ModelRatingAspect: {
        type: 'object',
        description:
          'Stars of one kind. average = (w × m + sum) ÷ (w + count), where m is the mean over all models and w how many reviews that weighs.',
        required: ['average', 'mean', 'count', 'distribution'],
        properties: {
          average: { type: 'number', description: 'Bayesian, 1 to 5.' },
          mean: { type: 'number', description: 'Plain, 1 to 5.' },
          count: {
            type: 'integer',
            description: 'People; each counts once, by their newest review.',
          },
          distribution: {
            type: 'array',
            minItems: 5,
            maxItems: 5,
            description:
              'How many gave one star, two, three, four and five; means are rounded.',
            items: { type: 'integer' },
          },
        },
      },
      ModelRating: {
        allOf: [
          { $ref: '#/components/schemas/ModelRatingAspect' },
          {
            type: 'object',
            required: ['entityRef', 'verifiedCount'],
            properties: {
              entityRef: { type: 'string' },
              verifiedCount: { type: 'integer' },
            },
          },
        ],
      },
      ModelRatingPrior: {
        description: 'What is assumed of a model before anybody rated it.',
        type: 'object',
        required: ['mean', 'weight'],
        properties: {
          mean: { type: 'number', description: 'm; of the overall stars.' },
          weight: { type: 'number', description: 'w' },
        },
      },
      ModelRatingDetail: {
        type: 'object',
        required: [
          'entityRef',
          'count',
          'verifiedCount',
          'aspects',
          'prior',
          'versions',
          'useCases',
        ],
        properties: {
          entityRef: { type: 'string' },
          count: { type: 'integer' },
          verifiedCount: { type: 'integer' },
          overall: {
            $ref: '#/components/schemas/ModelRatingAspect',
            description: 'Absent when nothing matches.',
          },
          aspects: {
            type: 'object',
            required: [],
            description: 'Those that somebody rated.',
            properties: {
              quality: { $ref: '#/components/schemas/ModelRatingAspect' },
              speed: { $ref: '#/components/schemas/ModelRatingAspect' },
              cost: { $ref: '#/components/schemas/ModelRatingAspect' },
              ease: { $ref: '#/components/schemas/ModelRatingAspect' },
            },
          },
          prior: { $ref: '#/components/schemas/ModelRatingPrior' },
          versions: {
            type: 'array',
            description: 'Of all reviews, whatever the filter.',
            items: {
              type: 'object',
              required: ['modelVersion', 'count'],
              properties: {
                modelVersion: { type: 'string' },
                count: { type: 'integer' },
              },
            },
          },
          useCases: {
            type: 'array',
            description:
              'Of all reviews, whatever the filter; the most frequent first, 50 at most.',
            items: {
              type: 'object',
              required: ['useCase', 'count'],
              properties: {
                useCase: { type: 'string' },
                count: { type: 'integer' },
              },
            },
          },
        },
      },
      ModelRatingChange: {
        type: 'object',
        required: ['seq', 'entityRef', 'at'],
        properties: {
          seq: { type: 'integer' },
          entityRef: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
        },
      },
      ModelReviewCaller: {
        type: 'object',
        required: ['mayContribute', 'mayModerate'],
        properties: {
          mayContribute: {
            type: 'boolean',
            description: 'Share tips, ask and answer.',
          },
          mayModerate: {
            type: 'boolean',
            description: 'At least what some people wrote about some models.',
          },
        },
      },
      ModelReviewStanding: {
        type: 'object',
        required: [
          'mayReview',
          'mayContribute',
          'mayModerate',
          'isOwner',
          'verified',
          'versions',
          'reviews',
        ],
        properties: {
          mayReview: { type: 'boolean' },
          whyNot: {
            type: 'string',
            description: 'Why the caller may not review it.',
          },
          mayContribute: {
            type: 'boolean',
            description: 'Tips, questions and answers.',
          },
          mayModerate: { type: 'boolean' },
          isOwner: { type: 'boolean' },
          verified: { type: 'boolean' },
          versions: {
            type: 'array',
            description: 'Names of versions that can be reviewed.',
            items: { type: 'string' },
          },
          reviews: {
            type: 'array',
            description: "The caller's own.",
            items: { $ref: '#/components/schemas/ModelReview' },
          },
        },
      },
      ModelReviewFeed: {
        type: 'object',
        required: ['scope', 'items'],
        properties: {
          scope: {
            type: 'string',
            enum: ['mine', 'all'],
            description:
              "Whether these are models that the caller's teams call.",
          },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ModelReviewFeedItem' },
          },
        },
      },
      ModelReviewFeedItem: {
        type: 'object',
        description: 'A review or a tip.',
        required: ['kind', 'at'],
        properties: {
          kind: { type: 'string', enum: ['review', 'tip'] },
          at: { type: 'string', format: 'date-time' },
          review: { $ref: '#/components/schemas/ModelReview' },
          tip: { $ref: '#/components/schemas/ModelTip' },
        },
      },
      ModelReviewContributions: {
        type: 'object',
        required: [
          'author',
          'reviews',
          'tips',
          'questions',
          'answers',
          'accepted',
          'helpful',
        ],
        properties: {
          author: { type: 'string' },
          reviews: { type: 'integer' },
          tips: { type: 'integer' },
          questions: { type: 'integer' },
          answers: { type: 'integer' },
          accepted: {
            type: 'integer',
            description: 'Answers that were accepted.',
          },
          helpful: { type: 'integer', description: 'Votes received.' },
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
