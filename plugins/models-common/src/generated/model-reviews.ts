// Generated from plugins/model-reviews-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import {
  type ApiClientOptions,
  type ApiRequestOptions,
  createApiRequest,
  randomKey,
} from '../api/request';

/** @public */
export interface ModelReviewsPaths {
  '/reviews': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reviews of one model, or of all models that the caller may see. */
    get: ModelReviewsOperations['listReviews'];
    put?: never;
    /** Reviews a version of a model; once for each person, model and version. Needs permission `model.review.create`. */
    post: ModelReviewsOperations['createReview'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reviews/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get: ModelReviewsOperations['getReview'];
    /** Replaces what the review says; what it said before stays in its history. Needs permission `model.review.update`, and to be its author. */
    put: ModelReviewsOperations['updateReview'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reviews/{id}/reply': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    /** Answers a review for the team that owns the model, or changes that answer. One for each review. */
    put: ModelReviewsOperations['putReviewReply'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/tips': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Finds tips about one model, or about all models that the caller may see. */
    get: ModelReviewsOperations['listTips'];
    put?: never;
    /** Shares a prompt, a way of preprocessing or settings. Needs permission `model.review.create`. */
    post: ModelReviewsOperations['createTip'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/tips/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get: ModelReviewsOperations['getTip'];
    /** Replaces what the tip says. Needs permission `model.review.update`, and to be its author. */
    put: ModelReviewsOperations['updateTip'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/questions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Questions about one model, or about all models that the caller may see. */
    get: ModelReviewsOperations['listQuestions'];
    put?: never;
    /** Asks the owner of a model and whoever knows it. Needs permission `model.review.create`. */
    post: ModelReviewsOperations['createQuestion'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/questions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get: ModelReviewsOperations['getQuestion'];
    /** Changes the question. Needs permission `model.review.update`, and to be its author. */
    put: ModelReviewsOperations['updateQuestion'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/questions/{id}/answers': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Answers a question. Needs permission `model.review.create`. */
    post: ModelReviewsOperations['createAnswer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/questions/{id}/accepted': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    /** Who asked, or the team that owns the model, says which answer helped; without an answer none did. */
    put: ModelReviewsOperations['acceptAnswer'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/answers/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    /** Changes an answer. Needs permission `model.review.update`, and to be its author. */
    put: ModelReviewsOperations['updateAnswer'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** The author takes back a review, reply, tip, question or answer. It can be undone for a while; then its text is gone. */
    delete: ModelReviewsOperations['withdrawContribution'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{id}/undo-withdrawal': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The author has it back as it was, while the time to undo lasts. */
    post: ModelReviewsOperations['undoWithdrawal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{id}/history': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    /** What a review, reply, tip, question or answer said before. Whoever may read it may read this. */
    get: ModelReviewsOperations['getContributionHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{id}/helpful': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    /** Says that a review, tip or answer helped; once for each person, and never for one's own. */
    put: ModelReviewsOperations['voteHelpful'];
    post?: never;
    /** Takes that back. */
    delete: ModelReviewsOperations['unvoteHelpful'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{id}/reports': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tells moderators that something should not be here. One open report for each person. */
    post: ModelReviewsOperations['reportContribution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{id}/moderation': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Hides or restores something, or dismisses its reports; with a reason. Needs permission `model.review.moderate`; never one's own. */
    post: ModelReviewsOperations['moderateContribution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/moderation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was reported or hidden. Needs permission `model.review.moderate`. */
    get: ModelReviewsOperations['listModerationCases'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ratings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The rating of a model, with its distribution, and which versions and use cases there are to filter by. */
    get: ModelReviewsOperations['getRating'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ratings/by-refs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ratings of a page of models. Models that the caller may not see, or that nobody rated, are left out. */
    post: ModelReviewsOperations['getRatings'];
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
    /** Models whose rating may have changed after a number. Services only. */
    get: ModelReviewsOperations['listRatingChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/standing': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the caller may do at a model, and what they wrote about it. */
    get: ModelReviewsOperations['getReviewStanding'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/feed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The newest reviews and tips of models that the caller's teams call; of all models when there are none. */
    get: ModelReviewsOperations['getReviewFeed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/people/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the caller may do, whatever the model. */
    get: ModelReviewsOperations['getReviewCaller'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/people/contributions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What somebody contributed about models that the caller may see, in numbers. */
    get: ModelReviewsOperations['getPersonContributions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/people/erasures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Puts a pseudonym in the place of a person's name, everywhere and for good. Needs permission `model.review.erase`. */
    post: ModelReviewsOperations['erasePerson'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
/** @public */
export interface ModelReviewsComponents {
  schemas: {
    Error: {
      error: {
        name: string;
        message: string;
      };
      request?: Record<string, unknown>;
      response: Record<string, unknown>;
    };
    /** @description One to five for each aspect; at least one of them. */
    ModelReviewStars: {
      quality?: number;
      speed?: number;
      /** @description Five is good value. */
      cost?: number;
      ease?: number;
    };
    /** @description Markdown, as it was written; show it only by a renderer that sanitises. */
    ModelReviewText: string;
    ModelReviewInput: {
      entityRef: string;
      /** @description Name of a version of the model; `*` for a model that has none. */
      modelVersion: string;
      stars: ModelReviewsComponents['schemas']['ModelReviewStars'];
      useCase?: string;
      whatWorked?: ModelReviewsComponents['schemas']['ModelReviewText'];
      limitations?: ModelReviewsComponents['schemas']['ModelReviewText'];
    };
    ModelReviewUpdate: {
      /** @description The one that was changed from. */
      revision: number;
      stars: ModelReviewsComponents['schemas']['ModelReviewStars'];
      useCase?: string;
      whatWorked?: ModelReviewsComponents['schemas']['ModelReviewText'];
      limitations?: ModelReviewsComponents['schemas']['ModelReviewText'];
    };
    ModelReviewReplyInput: {
      /** @description Of the reply that is changed; absent for the first. */
      revision?: number;
      text: string;
    };
    /** @enum {string} */
    ModelContributionKind: 'review' | 'reply' | 'tip' | 'question' | 'answer';
    /** @description What reviews, replies, tips, questions and answers have in common. */
    ModelContribution: {
      id: string;
      /** @description Of the model. */
      entityRef: string;
      /** @description Entity ref of the user */
      author: string;
      /** @description `author` is a pseudonym; there is no such user. */
      authorErased: boolean;
      mine: boolean;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description Absent when it never was.
       */
      editedAt?: string;
      /** @description Counts from 1. */
      revision: number;
      /**
       * @description Hidden is seen by author and moderators, withdrawn by the author alone.
       * @enum {string}
       */
      state: 'published' | 'hidden' | 'withdrawn';
      hidden?: {
        /** Format: date-time */
        at: string;
        reason: string;
      };
      /**
       * Format: date-time
       * @description Until when the withdrawal can be undone.
       */
      undoUntil?: string;
      helpful: number;
      /** @description By the caller. */
      votedHelpful: boolean;
      mayModerate: boolean;
    };
    ModelReview: ModelReviewsComponents['schemas']['ModelContribution'] & {
      modelVersion: string;
      stars: ModelReviewsComponents['schemas']['ModelReviewStars'];
      /** @description Mean of the stars given. */
      overall: number;
      useCase?: string;
      whatWorked?: ModelReviewsComponents['schemas']['ModelReviewText'];
      limitations?: ModelReviewsComponents['schemas']['ModelReviewText'];
      /** @description A team, access profile or key of the author called the model. */
      verified: boolean;
      /** @description How many tips belong to it. */
      tips: number;
      reply?: ModelReviewsComponents['schemas']['ModelReviewReply'];
    };
    ModelReviewReply: ModelReviewsComponents['schemas']['ModelContribution'] & {
      text: ModelReviewsComponents['schemas']['ModelReviewText'];
      /** @description Entity ref of the owner for whom it was written. */
      group?: string;
    };
    /** @enum {string} */
    ModelTipKind: 'prompt' | 'preprocessing' | 'settings';
    /** @description Settings as JSON, for example `{"temperature": 0.2}`; at most 10,000 characters. */
    ModelTipSettings: {
      [key: string]: unknown;
    };
    ModelTipInput: {
      entityRef: string;
      /** @description One's own review that it belongs to. */
      reviewId?: string;
      modelVersion?: string;
      kind: ModelReviewsComponents['schemas']['ModelTipKind'];
      title: string;
      body: ModelReviewsComponents['schemas']['ModelReviewText'];
      settings?: ModelReviewsComponents['schemas']['ModelTipSettings'];
    };
    ModelTipUpdate: {
      revision: number;
      modelVersion?: string;
      kind: ModelReviewsComponents['schemas']['ModelTipKind'];
      title: string;
      body: ModelReviewsComponents['schemas']['ModelReviewText'];
      settings?: ModelReviewsComponents['schemas']['ModelTipSettings'];
    };
    ModelTip: ModelReviewsComponents['schemas']['ModelContribution'] & {
      reviewId?: string;
      modelVersion?: string;
      kind: ModelReviewsComponents['schemas']['ModelTipKind'];
      title: string;
      body: ModelReviewsComponents['schemas']['ModelReviewText'];
      settings?: ModelReviewsComponents['schemas']['ModelTipSettings'];
    };
    ModelQuestionInput: {
      entityRef: string;
      title: string;
      body?: ModelReviewsComponents['schemas']['ModelReviewText'];
    };
    ModelQuestionUpdate: {
      revision: number;
      title: string;
      body?: ModelReviewsComponents['schemas']['ModelReviewText'];
    };
    ModelQuestion: ModelReviewsComponents['schemas']['ModelContribution'] & {
      title: string;
      body?: ModelReviewsComponents['schemas']['ModelReviewText'];
      /** @description How many. */
      answers: number;
      acceptedAnswerId?: string;
      /** @description The caller asked it or owns the model. */
      mayAccept: boolean;
    };
    ModelQuestionDetail: {
      question: ModelReviewsComponents['schemas']['ModelQuestion'];
      answers: ModelReviewsComponents['schemas']['ModelAnswer'][];
    };
    ModelAnswerInput: {
      text: string;
    };
    ModelAnswerUpdate: {
      revision: number;
      text: string;
    };
    ModelAnswer: ModelReviewsComponents['schemas']['ModelContribution'] & {
      questionId: string;
      text: ModelReviewsComponents['schemas']['ModelReviewText'];
      accepted: boolean;
      /** @description Written for the team that owned the model then. */
      byOwner: boolean;
    };
    ModelReviewRevision: {
      revision: number;
      /** Format: date-time */
      at: string;
      /** @description The fields as they were written, as in the input of that kind. */
      content: {
        [key: string]: unknown;
      };
    };
    ModelReviewWithdrawal: {
      id: string;
      /** Format: date-time */
      undoUntil: string;
    };
    ModelReviewVotes: {
      helpful: number;
      votedHelpful: boolean;
    };
    /** @enum {string} */
    ModelReviewReportReason:
      | 'spam'
      | 'abuse'
      | 'confidential'
      | 'personal-data'
      | 'wrong'
      | 'other';
    ModelReviewReportInput: {
      reason: ModelReviewsComponents['schemas']['ModelReviewReportReason'];
      comment?: string;
    };
    ModelReviewReport: {
      reporter: string;
      reason: ModelReviewsComponents['schemas']['ModelReviewReportReason'];
      comment?: string;
      /** Format: date-time */
      at: string;
    };
    ModelReviewModerationInput: {
      /** @enum {string} */
      action: 'hide' | 'restore' | 'dismiss';
      reason: string;
    };
    ModelReviewModerationEntry: {
      /** @enum {string} */
      action: 'hide' | 'restore' | 'dismiss';
      by: string;
      reason: string;
      /** Format: date-time */
      at: string;
    };
    /** @description Something that was reported or hidden, with all that moderators did about it. */
    ModelReviewCase: {
      contribution: ModelReviewsComponents['schemas']['ModelContribution'];
      kind: ModelReviewsComponents['schemas']['ModelContributionKind'];
      /** @description Of the review or question that it belongs to. */
      parentId?: string;
      title?: string;
      /** @description The fields as they were written, as in the input of that kind. */
      content: {
        [key: string]: unknown;
      };
      /** @description Open ones, the oldest first. */
      reports: ModelReviewsComponents['schemas']['ModelReviewReport'][];
      /** @description The newest first. */
      log: ModelReviewsComponents['schemas']['ModelReviewModerationEntry'][];
    };
    /** @description Stars of one kind. average = (w × m + sum) ÷ (w + count), where m is the mean over all models and w how many reviews that weighs. */
    ModelRatingAspect: {
      /** @description Bayesian, 1 to 5. */
      average: number;
      /** @description Plain, 1 to 5. */
      mean: number;
      /** @description People; each counts once, by their newest review. */
      count: number;
      /** @description How many gave one star, two, three, four and five; means are rounded. */
      distribution: number[];
    };
    ModelRating: ModelReviewsComponents['schemas']['ModelRatingAspect'] & {
      entityRef: string;
      verifiedCount: number;
    };
    /** @description What is assumed of a model before anybody rated it. */
    ModelRatingPrior: {
      /** @description m; of the overall stars. */
      mean: number;
      /** @description w */
      weight: number;
    };
    ModelRatingDetail: {
      entityRef: string;
      count: number;
      verifiedCount: number;
      /** @description Absent when nothing matches. */
      overall?: ModelReviewsComponents['schemas']['ModelRatingAspect'];
      /** @description Those that somebody rated. */
      aspects: {
        quality?: ModelReviewsComponents['schemas']['ModelRatingAspect'];
        speed?: ModelReviewsComponents['schemas']['ModelRatingAspect'];
        cost?: ModelReviewsComponents['schemas']['ModelRatingAspect'];
        ease?: ModelReviewsComponents['schemas']['ModelRatingAspect'];
      };
      prior: ModelReviewsComponents['schemas']['ModelRatingPrior'];
      /** @description Of all reviews, whatever the filter. */
      versions: {
        modelVersion: string;
        count: number;
      }[];
      /** @description Of all reviews, whatever the filter; the most frequent first, 50 at most. */
      useCases: {
        useCase: string;
        count: number;
      }[];
    };
    ModelRatingChange: {
      seq: number;
      entityRef: string;
      /** Format: date-time */
      at: string;
    };
    ModelReviewCaller: {
      /** @description Share tips, ask and answer. */
      mayContribute: boolean;
      /** @description At least what some people wrote about some models. */
      mayModerate: boolean;
    };
    ModelReviewStanding: {
      mayReview: boolean;
      /** @description Why the caller may not review it. */
      whyNot?: string;
      /** @description Tips, questions and answers. */
      mayContribute: boolean;
      mayModerate: boolean;
      isOwner: boolean;
      verified: boolean;
      /** @description Names of versions that can be reviewed. */
      versions: string[];
      /** @description The caller's own. */
      reviews: ModelReviewsComponents['schemas']['ModelReview'][];
    };
    ModelReviewFeed: {
      /**
       * @description Whether these are models that the caller's teams call.
       * @enum {string}
       */
      scope: 'mine' | 'all';
      items: ModelReviewsComponents['schemas']['ModelReviewFeedItem'][];
    };
    /** @description A review or a tip. */
    ModelReviewFeedItem: {
      /** @enum {string} */
      kind: 'review' | 'tip';
      /** Format: date-time */
      at: string;
      review?: ModelReviewsComponents['schemas']['ModelReview'];
      tip?: ModelReviewsComponents['schemas']['ModelTip'];
    };
    ModelReviewContributions: {
      author: string;
      reviews: number;
      tips: number;
      questions: number;
      answers: number;
      /** @description Answers that were accepted. */
      accepted: number;
      /** @description Votes received. */
      helpful: number;
    };
  };
  responses: {
    /** @description An error as @backstage/errors serialises it */
    Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': ModelReviewsComponents['schemas']['Error'];
      };
    };
  };
  parameters: {
    Id: string;
    /** @description Entity ref of the model. */
    EntityRef: string;
    /** @description Entity ref of the user. */
    Author: string;
    ModelVersion: string;
    /** @description As in the reviews; case and surrounding spaces do not matter. */
    UseCase: string;
    /** @description Only those of people whose teams call the model. */
    Verified: boolean;
    /** @description Words that all have to occur, as beginnings of words. */
    Q: string;
    /** @description `newest` by default. `highest` and `lowest` are for reviews. */
    Sort: 'newest' | 'helpful' | 'highest' | 'lowest';
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
export interface ModelReviewsOperations {
  listReviews: {
    parameters: {
      query?: {
        /** @description Entity ref of the model. */
        entityRef?: ModelReviewsComponents['parameters']['EntityRef'];
        /** @description Entity ref of the user. */
        author?: ModelReviewsComponents['parameters']['Author'];
        modelVersion?: ModelReviewsComponents['parameters']['ModelVersion'];
        /** @description As in the reviews; case and surrounding spaces do not matter. */
        useCase?: ModelReviewsComponents['parameters']['UseCase'];
        /** @description Only those of people whose teams call the model. */
        verified?: ModelReviewsComponents['parameters']['Verified'];
        /** @description Words that all have to occur, as beginnings of words. */
        q?: ModelReviewsComponents['parameters']['Q'];
        /** @description `newest` by default. `highest` and `lowest` are for reviews. */
        sort?: ModelReviewsComponents['parameters']['Sort'];
        cursor?: ModelReviewsComponents['parameters']['Cursor'];
        /** @description 20 by default. */
        limit?: ModelReviewsComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page; hidden and withdrawn ones only for who may see them */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelReviewsComponents['schemas']['ModelReview'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  createReview: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelReviewInput'];
      };
    };
    responses: {
      /** @description The review */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReview'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getReview: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The review */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReview'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  updateReview: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelReviewUpdate'];
      };
    };
    responses: {
      /** @description The review */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReview'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  putReviewReply: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelReviewReplyInput'];
      };
    };
    responses: {
      /** @description The review with its reply */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReview'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  listTips: {
    parameters: {
      query?: {
        /** @description Entity ref of the model. */
        entityRef?: ModelReviewsComponents['parameters']['EntityRef'];
        /** @description Entity ref of the user. */
        author?: ModelReviewsComponents['parameters']['Author'];
        kind?: ModelReviewsComponents['schemas']['ModelTipKind'];
        /** @description Only those that belong to this review. */
        reviewId?: string;
        modelVersion?: ModelReviewsComponents['parameters']['ModelVersion'];
        /** @description Words that all have to occur, as beginnings of words. */
        q?: ModelReviewsComponents['parameters']['Q'];
        /** @description `newest` by default. `highest` and `lowest` are for reviews. */
        sort?: ModelReviewsComponents['parameters']['Sort'];
        cursor?: ModelReviewsComponents['parameters']['Cursor'];
        /** @description 20 by default. */
        limit?: ModelReviewsComponents['parameters']['Limit'];
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
          'application/json': {
            items: ModelReviewsComponents['schemas']['ModelTip'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  createTip: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelTipInput'];
      };
    };
    responses: {
      /** @description The tip */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelTip'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getTip: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The tip */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelTip'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  updateTip: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelTipUpdate'];
      };
    };
    responses: {
      /** @description The tip */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelTip'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  listQuestions: {
    parameters: {
      query?: {
        /** @description Entity ref of the model. */
        entityRef?: ModelReviewsComponents['parameters']['EntityRef'];
        /** @description Entity ref of the user. */
        author?: ModelReviewsComponents['parameters']['Author'];
        /** @description Only those with, or without, an accepted answer. */
        answered?: boolean;
        /** @description Words that all have to occur, as beginnings of words. */
        q?: ModelReviewsComponents['parameters']['Q'];
        /** @description `newest` by default. `highest` and `lowest` are for reviews. */
        sort?: ModelReviewsComponents['parameters']['Sort'];
        cursor?: ModelReviewsComponents['parameters']['Cursor'];
        /** @description 20 by default. */
        limit?: ModelReviewsComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page, without the answers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelReviewsComponents['schemas']['ModelQuestion'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  createQuestion: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelQuestionInput'];
      };
    };
    responses: {
      /** @description The question */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelQuestionDetail'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getQuestion: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The question with its answers; the accepted one first, then the most helpful */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelQuestionDetail'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  updateQuestion: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelQuestionUpdate'];
      };
    };
    responses: {
      /** @description The question with its answers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelQuestionDetail'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  createAnswer: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelAnswerInput'];
      };
    };
    responses: {
      /** @description The question with its answers */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelQuestionDetail'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  acceptAnswer: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          answerId?: string;
        };
      };
    };
    responses: {
      /** @description The question with its answers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelQuestionDetail'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  updateAnswer: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelAnswerUpdate'];
      };
    };
    responses: {
      /** @description The question with its answers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelQuestionDetail'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  withdrawContribution: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Until when it can be undone */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReviewWithdrawal'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  undoWithdrawal: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is there again */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getContributionHistory: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest first; the first is what it says now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelReviewsComponents['schemas']['ModelReviewRevision'][];
          };
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  voteHelpful: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The count */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReviewVotes'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  unvoteHelpful: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The count */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReviewVotes'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  reportContribution: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelReviewReportInput'];
      };
    };
    responses: {
      /** @description Moderators see it */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  moderateContribution: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelReviewsComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelReviewsComponents['schemas']['ModelReviewModerationInput'];
      };
    };
    responses: {
      /** @description How it stands now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReviewCase'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  listModerationCases: {
    parameters: {
      query?: {
        /** @description Open reports (default), or what is hidden. */
        state?: 'reported' | 'hidden';
        /** @description Entity ref of the model. */
        entityRef?: ModelReviewsComponents['parameters']['EntityRef'];
        cursor?: ModelReviewsComponents['parameters']['Cursor'];
        /** @description 20 by default. */
        limit?: ModelReviewsComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The longest waiting first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelReviewsComponents['schemas']['ModelReviewCase'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getRating: {
    parameters: {
      query: {
        entityRef: string;
        modelVersion?: ModelReviewsComponents['parameters']['ModelVersion'];
        /** @description As in the reviews; case and surrounding spaces do not matter. */
        useCase?: ModelReviewsComponents['parameters']['UseCase'];
        /** @description Only those of people whose teams call the model. */
        verified?: ModelReviewsComponents['parameters']['Verified'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The rating */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelRatingDetail'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getRatings: {
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
          verified?: boolean;
        };
      };
    };
    responses: {
      /** @description One item for each model that has reviews */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelReviewsComponents['schemas']['ModelRating'][];
            prior: ModelReviewsComponents['schemas']['ModelRatingPrior'];
          };
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  listRatingChanges: {
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
            items: ModelReviewsComponents['schemas']['ModelRatingChange'][];
            /** @description Pass as `after` next time. */
            next: number;
          };
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getReviewStanding: {
    parameters: {
      query: {
        entityRef: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The standing */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReviewStanding'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getReviewFeed: {
    parameters: {
      query?: {
        limit?: number;
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
          'application/json': ModelReviewsComponents['schemas']['ModelReviewFeed'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getReviewCaller: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Permissions */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReviewCaller'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  getPersonContributions: {
    parameters: {
      query: {
        author: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Numbers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelReviewsComponents['schemas']['ModelReviewContributions'];
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
  erasePerson: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelReviewsComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Entity ref of the user. */
          person: string;
          /**
           * @description Whether what they wrote stays, under the pseudonym.
           * @enum {string}
           */
          texts: 'keep' | 'remove';
        };
      };
    };
    responses: {
      /** @description What was done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            pseudonym: string;
            contributions: number;
            votes: number;
            reports: number;
          };
        };
      };
      default: ModelReviewsComponents['responses']['Error'];
    };
  };
}

/**
 * One to five for each aspect; at least one of them.
 * @public */
export type ModelReviewStars =
  ModelReviewsComponents['schemas']['ModelReviewStars'];
/**
 * Markdown, as it was written; show it only by a renderer that sanitises.
 * @public */
export type ModelReviewText =
  ModelReviewsComponents['schemas']['ModelReviewText'];
/** @public */
export type ModelReviewInput =
  ModelReviewsComponents['schemas']['ModelReviewInput'];
/** @public */
export type ModelReviewUpdate =
  ModelReviewsComponents['schemas']['ModelReviewUpdate'];
/** @public */
export type ModelReviewReplyInput =
  ModelReviewsComponents['schemas']['ModelReviewReplyInput'];
/** @public */
export type ModelContributionKind =
  ModelReviewsComponents['schemas']['ModelContributionKind'];
/**
 * What reviews, replies, tips, questions and answers have in common.
 * @public */
export type ModelContribution =
  ModelReviewsComponents['schemas']['ModelContribution'];
/** @public */
export type ModelReview = ModelReviewsComponents['schemas']['ModelReview'];
/** @public */
export type ModelReviewReply =
  ModelReviewsComponents['schemas']['ModelReviewReply'];
/** @public */
export type ModelTipKind = ModelReviewsComponents['schemas']['ModelTipKind'];
/**
 * Settings as JSON, for example `{"temperature": 0.2}`; at most 10,000 characters.
 * @public */
export type ModelTipSettings =
  ModelReviewsComponents['schemas']['ModelTipSettings'];
/** @public */
export type ModelTipInput = ModelReviewsComponents['schemas']['ModelTipInput'];
/** @public */
export type ModelTipUpdate =
  ModelReviewsComponents['schemas']['ModelTipUpdate'];
/** @public */
export type ModelTip = ModelReviewsComponents['schemas']['ModelTip'];
/** @public */
export type ModelQuestionInput =
  ModelReviewsComponents['schemas']['ModelQuestionInput'];
/** @public */
export type ModelQuestionUpdate =
  ModelReviewsComponents['schemas']['ModelQuestionUpdate'];
/** @public */
export type ModelQuestion = ModelReviewsComponents['schemas']['ModelQuestion'];
/** @public */
export type ModelQuestionDetail =
  ModelReviewsComponents['schemas']['ModelQuestionDetail'];
/** @public */
export type ModelAnswerInput =
  ModelReviewsComponents['schemas']['ModelAnswerInput'];
/** @public */
export type ModelAnswerUpdate =
  ModelReviewsComponents['schemas']['ModelAnswerUpdate'];
/** @public */
export type ModelAnswer = ModelReviewsComponents['schemas']['ModelAnswer'];
/** @public */
export type ModelReviewRevision =
  ModelReviewsComponents['schemas']['ModelReviewRevision'];
/** @public */
export type ModelReviewWithdrawal =
  ModelReviewsComponents['schemas']['ModelReviewWithdrawal'];
/** @public */
export type ModelReviewVotes =
  ModelReviewsComponents['schemas']['ModelReviewVotes'];
/** @public */
export type ModelReviewReportReason =
  ModelReviewsComponents['schemas']['ModelReviewReportReason'];
/** @public */
export type ModelReviewReportInput =
  ModelReviewsComponents['schemas']['ModelReviewReportInput'];
/** @public */
export type ModelReviewReport =
  ModelReviewsComponents['schemas']['ModelReviewReport'];
/** @public */
export type ModelReviewModerationInput =
  ModelReviewsComponents['schemas']['ModelReviewModerationInput'];
/** @public */
export type ModelReviewModerationEntry =
  ModelReviewsComponents['schemas']['ModelReviewModerationEntry'];
/**
 * Something that was reported or hidden, with all that moderators did about it.
 * @public */
export type ModelReviewCase =
  ModelReviewsComponents['schemas']['ModelReviewCase'];
/**
 * Stars of one kind. average = (w × m + sum) ÷ (w + count), where m is the mean over all models and w how many reviews that weighs.
 * @public */
export type ModelRatingAspect =
  ModelReviewsComponents['schemas']['ModelRatingAspect'];
/** @public */
export type ModelRating = ModelReviewsComponents['schemas']['ModelRating'];
/**
 * What is assumed of a model before anybody rated it.
 * @public */
export type ModelRatingPrior =
  ModelReviewsComponents['schemas']['ModelRatingPrior'];
/** @public */
export type ModelRatingDetail =
  ModelReviewsComponents['schemas']['ModelRatingDetail'];
/** @public */
export type ModelRatingChange =
  ModelReviewsComponents['schemas']['ModelRatingChange'];
/** @public */
export type ModelReviewCaller =
  ModelReviewsComponents['schemas']['ModelReviewCaller'];
/** @public */
export type ModelReviewStanding =
  ModelReviewsComponents['schemas']['ModelReviewStanding'];
/** @public */
export type ModelReviewFeed =
  ModelReviewsComponents['schemas']['ModelReviewFeed'];
/**
 * A review or a tip.
 * @public */
export type ModelReviewFeedItem =
  ModelReviewsComponents['schemas']['ModelReviewFeedItem'];
/** @public */
export type ModelReviewContributions =
  ModelReviewsComponents['schemas']['ModelReviewContributions'];

/**
 * Client of the model-reviews backend. Every method throws `ResponseError` of `@backstage/errors`.
 *
 * @public
 */
export class ModelReviewsClient {
  readonly #request: ReturnType<typeof createApiRequest>;

  constructor(options: ApiClientOptions) {
    this.#request = createApiRequest('model-reviews', options);
  }
  /** Reviews of one model, or of all models that the caller may see. */
  async listReviews(
    request: {
      entityRef?: NonNullable<
        ModelReviewsPaths['/reviews']['get']['parameters']['query']
      >['entityRef'];
      author?: NonNullable<
        ModelReviewsPaths['/reviews']['get']['parameters']['query']
      >['author'];
      modelVersion?: NonNullable<
        ModelReviewsPaths['/reviews']['get']['parameters']['query']
      >['modelVersion'];
      useCase?: NonNullable<
        ModelReviewsPaths['/reviews']['get']['parameters']['query']
      >['useCase'];
      verified?: NonNullable<
        ModelReviewsPaths['/reviews']['get']['parameters']['query']
      >['verified'];
      q?: NonNullable<
        ModelReviewsPaths['/reviews']['get']['parameters']['query']
      >['q'];
      sort?: NonNullable<
        ModelReviewsPaths['/reviews']['get']['parameters']['query']
      >['sort'];
      cursor?: NonNullable<
        ModelReviewsPaths['/reviews']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelReviewsPaths['/reviews']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/reviews']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/reviews`,
        {
          query: {
            entityRef: request.entityRef,
            author: request.author,
            modelVersion: request.modelVersion,
            useCase: request.useCase,
            verified: request.verified,
            q: request.q,
            sort: request.sort,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Reviews a version of a model; once for each person, model and version. Needs permission `model.review.create`. */
  async createReview(
    request: {
      body: NonNullable<
        ModelReviewsPaths['/reviews']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/reviews']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/reviews`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async getReview(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/reviews/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/reviews/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Replaces what the review says; what it said before stays in its history. Needs permission `model.review.update`, and to be its author. */
  async updateReview(
    request: {
      id: string;
      body: NonNullable<
        ModelReviewsPaths['/reviews/{id}']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/reviews/{id}']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/reviews/${encodeURIComponent(request.id)}`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Answers a review for the team that owns the model, or changes that answer. One for each review. */
  async putReviewReply(
    request: {
      id: string;
      body: NonNullable<
        ModelReviewsPaths['/reviews/{id}/reply']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/reviews/{id}/reply']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/reviews/${encodeURIComponent(request.id)}/reply`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Finds tips about one model, or about all models that the caller may see. */
  async listTips(
    request: {
      entityRef?: NonNullable<
        ModelReviewsPaths['/tips']['get']['parameters']['query']
      >['entityRef'];
      author?: NonNullable<
        ModelReviewsPaths['/tips']['get']['parameters']['query']
      >['author'];
      kind?: NonNullable<
        ModelReviewsPaths['/tips']['get']['parameters']['query']
      >['kind'];
      reviewId?: NonNullable<
        ModelReviewsPaths['/tips']['get']['parameters']['query']
      >['reviewId'];
      modelVersion?: NonNullable<
        ModelReviewsPaths['/tips']['get']['parameters']['query']
      >['modelVersion'];
      q?: NonNullable<
        ModelReviewsPaths['/tips']['get']['parameters']['query']
      >['q'];
      sort?: NonNullable<
        ModelReviewsPaths['/tips']['get']['parameters']['query']
      >['sort'];
      cursor?: NonNullable<
        ModelReviewsPaths['/tips']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelReviewsPaths['/tips']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/tips']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/tips`,
        {
          query: {
            entityRef: request.entityRef,
            author: request.author,
            kind: request.kind,
            reviewId: request.reviewId,
            modelVersion: request.modelVersion,
            q: request.q,
            sort: request.sort,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Shares a prompt, a way of preprocessing or settings. Needs permission `model.review.create`. */
  async createTip(
    request: {
      body: NonNullable<
        ModelReviewsPaths['/tips']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/tips']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/tips`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async getTip(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/tips/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/tips/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Replaces what the tip says. Needs permission `model.review.update`, and to be its author. */
  async updateTip(
    request: {
      id: string;
      body: NonNullable<
        ModelReviewsPaths['/tips/{id}']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/tips/{id}']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/tips/${encodeURIComponent(request.id)}`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Questions about one model, or about all models that the caller may see. */
  async listQuestions(
    request: {
      entityRef?: NonNullable<
        ModelReviewsPaths['/questions']['get']['parameters']['query']
      >['entityRef'];
      author?: NonNullable<
        ModelReviewsPaths['/questions']['get']['parameters']['query']
      >['author'];
      answered?: NonNullable<
        ModelReviewsPaths['/questions']['get']['parameters']['query']
      >['answered'];
      q?: NonNullable<
        ModelReviewsPaths['/questions']['get']['parameters']['query']
      >['q'];
      sort?: NonNullable<
        ModelReviewsPaths['/questions']['get']['parameters']['query']
      >['sort'];
      cursor?: NonNullable<
        ModelReviewsPaths['/questions']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelReviewsPaths['/questions']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/questions']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/questions`,
        {
          query: {
            entityRef: request.entityRef,
            author: request.author,
            answered: request.answered,
            q: request.q,
            sort: request.sort,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Asks the owner of a model and whoever knows it. Needs permission `model.review.create`. */
  async createQuestion(
    request: {
      body: NonNullable<
        ModelReviewsPaths['/questions']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/questions']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/questions`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async getQuestion(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/questions/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/questions/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Changes the question. Needs permission `model.review.update`, and to be its author. */
  async updateQuestion(
    request: {
      id: string;
      body: NonNullable<
        ModelReviewsPaths['/questions/{id}']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/questions/{id}']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/questions/${encodeURIComponent(request.id)}`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Answers a question. Needs permission `model.review.create`. */
  async createAnswer(
    request: {
      id: string;
      body: NonNullable<
        ModelReviewsPaths['/questions/{id}/answers']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/questions/{id}/answers']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/questions/${encodeURIComponent(request.id)}/answers`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Who asked, or the team that owns the model, says which answer helped; without an answer none did. */
  async acceptAnswer(
    request: {
      id: string;
      body: NonNullable<
        ModelReviewsPaths['/questions/{id}/accepted']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/questions/{id}/accepted']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/questions/${encodeURIComponent(request.id)}/accepted`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Changes an answer. Needs permission `model.review.update`, and to be its author. */
  async updateAnswer(
    request: {
      id: string;
      body: NonNullable<
        ModelReviewsPaths['/answers/{id}']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/answers/{id}']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/answers/${encodeURIComponent(request.id)}`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** The author takes back a review, reply, tip, question or answer. It can be undone for a while; then its text is gone. */
  async withdrawContribution(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/contributions/{id}']['delete']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'DELETE',
        `/contributions/${encodeURIComponent(request.id)}`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** The author has it back as it was, while the time to undo lasts. */
  async undoWithdrawal(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<void> {
    await this.#request(
      'POST',
      `/contributions/${encodeURIComponent(request.id)}/undo-withdrawal`,
      {
        idempotencyKey: request.idempotencyKey ?? randomKey(),
      },
      options,
    );
  }
  /** What a review, reply, tip, question or answer said before. Whoever may read it may read this. */
  async getContributionHistory(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/contributions/{id}/history']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/contributions/${encodeURIComponent(request.id)}/history`,
        {},
        options,
      )
    ).json();
  }
  /** Says that a review, tip or answer helped; once for each person, and never for one's own. */
  async voteHelpful(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/contributions/{id}/helpful']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/contributions/${encodeURIComponent(request.id)}/helpful`,
        {},
        options,
      )
    ).json();
  }
  /** Takes that back. */
  async unvoteHelpful(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/contributions/{id}/helpful']['delete']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'DELETE',
        `/contributions/${encodeURIComponent(request.id)}/helpful`,
        {},
        options,
      )
    ).json();
  }
  /** Tells moderators that something should not be here. One open report for each person. */
  async reportContribution(
    request: {
      id: string;
      body: NonNullable<
        ModelReviewsPaths['/contributions/{id}/reports']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<void> {
    await this.#request(
      'POST',
      `/contributions/${encodeURIComponent(request.id)}/reports`,
      {
        body: request.body,
        idempotencyKey: request.idempotencyKey ?? randomKey(),
      },
      options,
    );
  }
  /** Hides or restores something, or dismisses its reports; with a reason. Needs permission `model.review.moderate`; never one's own. */
  async moderateContribution(
    request: {
      id: string;
      body: NonNullable<
        ModelReviewsPaths['/contributions/{id}/moderation']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/contributions/{id}/moderation']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/contributions/${encodeURIComponent(request.id)}/moderation`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** What was reported or hidden. Needs permission `model.review.moderate`. */
  async listModerationCases(
    request: {
      state?: NonNullable<
        ModelReviewsPaths['/moderation']['get']['parameters']['query']
      >['state'];
      entityRef?: NonNullable<
        ModelReviewsPaths['/moderation']['get']['parameters']['query']
      >['entityRef'];
      cursor?: NonNullable<
        ModelReviewsPaths['/moderation']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelReviewsPaths['/moderation']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/moderation']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/moderation`,
        {
          query: {
            state: request.state,
            entityRef: request.entityRef,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** The rating of a model, with its distribution, and which versions and use cases there are to filter by. */
  async getRating(
    request: {
      entityRef: NonNullable<
        ModelReviewsPaths['/ratings']['get']['parameters']['query']
      >['entityRef'];
      modelVersion?: NonNullable<
        ModelReviewsPaths['/ratings']['get']['parameters']['query']
      >['modelVersion'];
      useCase?: NonNullable<
        ModelReviewsPaths['/ratings']['get']['parameters']['query']
      >['useCase'];
      verified?: NonNullable<
        ModelReviewsPaths['/ratings']['get']['parameters']['query']
      >['verified'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/ratings']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/ratings`,
        {
          query: {
            entityRef: request.entityRef,
            modelVersion: request.modelVersion,
            useCase: request.useCase,
            verified: request.verified,
          },
        },
        options,
      )
    ).json();
  }
  /** Ratings of a page of models. Models that the caller may not see, or that nobody rated, are left out. */
  async getRatings(
    request: {
      body: NonNullable<
        ModelReviewsPaths['/ratings/by-refs']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/ratings/by-refs']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/ratings/by-refs`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** Models whose rating may have changed after a number. Services only. */
  async listRatingChanges(
    request: {
      after?: NonNullable<
        ModelReviewsPaths['/changes']['get']['parameters']['query']
      >['after'];
      limit?: NonNullable<
        ModelReviewsPaths['/changes']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/changes']['get']['responses'][200]['content']['application/json']
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
  /** What the caller may do at a model, and what they wrote about it. */
  async getReviewStanding(
    request: {
      entityRef: NonNullable<
        ModelReviewsPaths['/standing']['get']['parameters']['query']
      >['entityRef'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/standing']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/standing`,
        {
          query: { entityRef: request.entityRef },
        },
        options,
      )
    ).json();
  }
  /** The newest reviews and tips of models that the caller's teams call; of all models when there are none. */
  async getReviewFeed(
    request: {
      limit?: NonNullable<
        ModelReviewsPaths['/feed']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/feed']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/feed`,
        {
          query: { limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** What the caller may do, whatever the model. */
  async getReviewCaller(
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/people/me']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/people/me`, {}, options)).json();
  }
  /** What somebody contributed about models that the caller may see, in numbers. */
  async getPersonContributions(
    request: {
      author: NonNullable<
        ModelReviewsPaths['/people/contributions']['get']['parameters']['query']
      >['author'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/people/contributions']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/people/contributions`,
        {
          query: { author: request.author },
        },
        options,
      )
    ).json();
  }
  /** Puts a pseudonym in the place of a person's name, everywhere and for good. Needs permission `model.review.erase`. */
  async erasePerson(
    request: {
      body: NonNullable<
        ModelReviewsPaths['/people/erasures']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelReviewsPaths['/people/erasures']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/people/erasures`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
}
