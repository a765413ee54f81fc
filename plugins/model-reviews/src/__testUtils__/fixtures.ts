import type {
  ModelContribution,
  ModelQuestion,
  ModelRatingDetail,
  ModelReview,
  ModelReviewCaller,
  ModelReviewCase,
  ModelReviewStanding,
  ModelTip,
} from '@modelhub/backstage-plugin-models-common';
import { FakeBackends } from '@modelhub/backstage-plugin-models-react/testUtils';

export const WRITER = 'model:acme/writer';

export const contribution = (
  given: Partial<ModelContribution> = {},
): ModelContribution => ({
  id: 'r1',
  entityRef: WRITER,
  author: 'user:default/ann',
  authorErased: false,
  mine: false,
  createdAt: '2026-11-01T10:00:00Z',
  revision: 1,
  state: 'published',
  helpful: 2,
  votedHelpful: false,
  mayModerate: false,
  ...given,
});

export const review = (given: Partial<ModelReview> = {}): ModelReview => ({
  ...contribution(),
  modelVersion: '1.0',
  stars: { quality: 4, cost: 2 },
  overall: 3,
  verified: true,
  tips: 0,
  useCase: 'Summaries',
  whatWorked: 'Short **letters**.',
  ...given,
});

export const tip = (given: Partial<ModelTip> = {}): ModelTip => ({
  ...contribution({ id: 't1' }),
  kind: 'prompt',
  title: 'Plain JSON',
  body: 'Say so:\n\n```\nAnswer as <json> only.\n```',
  settings: { temperature: 0 },
  ...given,
});

export const question = (
  given: Partial<ModelQuestion> = {},
): ModelQuestion => ({
  ...contribution({ id: 'q1', author: 'user:default/bob' }),
  title: 'Does it know Danish?',
  answers: 1,
  mayAccept: false,
  ...given,
});

export const rating = (
  given: Partial<ModelRatingDetail> = {},
): ModelRatingDetail => {
  const overall = {
    average: 3.4,
    mean: 3.2,
    count: 7,
    distribution: [0, 1, 3, 2, 1],
  };
  return {
    entityRef: WRITER,
    count: 7,
    verifiedCount: 3,
    overall,
    aspects: { quality: { ...overall, average: 4.1 } },
    prior: { mean: 3.8, weight: 5 },
    versions: [
      { modelVersion: '2.0', count: 3 },
      { modelVersion: '1.0', count: 4 },
    ],
    useCases: [{ useCase: 'Summaries', count: 5 }],
    ...given,
  };
};

export const standing = (
  given: Partial<ModelReviewStanding> = {},
): ModelReviewStanding => ({
  mayReview: true,
  mayContribute: true,
  mayModerate: false,
  isOwner: false,
  verified: true,
  versions: ['2.0', '1.0'],
  reviews: [],
  ...given,
});

export const moderationCase = (
  given: Partial<ModelReviewCase> = {},
): ModelReviewCase => ({
  contribution: contribution({ mayModerate: true }),
  kind: 'review',
  content: { stars: { quality: 1 }, whatWorked: 'Buy my course!' },
  reports: [
    {
      reporter: 'user:default/bob',
      reason: 'spam',
      comment: 'Again.',
      at: '2026-11-02T10:00:00Z',
    },
  ],
  log: [],
  ...given,
});

/** The backend of one model with what was said about it. */
export const backends = (given: {
  reviews?: ModelReview[];
  tips?: ModelTip[];
  questions?: ModelQuestion[];
  standing?: ModelReviewStanding;
  caller?: ModelReviewCaller;
  rating?: ModelRatingDetail;
}): FakeBackends =>
  new FakeBackends()
    .on(
      'GET model-reviews/people/me',
      given.caller ?? { mayContribute: true, mayModerate: false },
    )
    .on('GET model-reviews/standing', given.standing ?? standing())
    .on('GET model-reviews/ratings', given.rating ?? rating())
    .on('GET model-reviews/reviews', { items: given.reviews ?? [] })
    .on('GET model-reviews/tips', { items: given.tips ?? [] })
    .on('GET model-reviews/questions', { items: given.questions ?? [] });
