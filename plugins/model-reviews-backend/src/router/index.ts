import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readJsonBody } from '@modelhub/backstage-plugin-models-node';
import type { RequestHandler } from 'express';
import type { ContributionService } from '../contributions';
import type { ModerationService } from '../moderation';
import type { ErasureService, PeopleService } from '../people';
import type { QuestionService } from '../questions';
import type { RatingChanges, RatingService } from '../ratings';
import type { ReviewService } from '../reviews';
import {
  createOpenapiRouter,
  type OpenapiRouter,
} from '../schema/openapi.generated';
import type { TipService } from '../tips';
import { addContributionRoutes } from './contributions';
import { addPeopleRoutes } from './people';
import { addQuestionRoutes } from './questions';
import { addRatingRoutes } from './ratings';
import { addReviewRoutes } from './reviews';
import { addTipRoutes } from './tips';

export interface ReviewsRouterDeps {
  auditor: AuditorService;
  changes: RatingChanges;
  contributions: ContributionService;
  erasure: ErasureService;
  httpAuth: HttpAuthService;
  moderation: ModerationService;
  people: PeopleService;
  questions: QuestionService;
  ratings: RatingService;
  reviews: ReviewService;
  tips: TipService;
}

function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(entry => entry.some(hasNul));
}

/** PostgreSQL takes no NUL in a text, and nobody writes one. */
const refuseNul: RequestHandler = (req, _res, next) => {
  if (req.url.includes('%00') || hasNul(req.body)) {
    throw new InputError('The request has a NUL character. Remove it.');
  }
  next();
};

/** Every route over one validated router. */
export function createReviewsRouter(deps: ReviewsRouterDeps): OpenapiRouter {
  const router = createOpenapiRouter({ readBody: readJsonBody() });
  router.use(refuseNul);
  addReviewRoutes(router, deps);
  addTipRoutes(router, deps);
  addQuestionRoutes(router, deps);
  addContributionRoutes(router, deps);
  addRatingRoutes(router, deps);
  addPeopleRoutes(router, deps);
  return router;
}
