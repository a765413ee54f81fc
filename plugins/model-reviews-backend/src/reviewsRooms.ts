import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { ModelUsageClient } from '@modelhub/backstage-plugin-models-common';
import {
  ChangeSignal,
  IdempotencyKeys,
  NoticeOutbox,
  openDatabase,
  systemClock,
  type Clock,
} from '@modelhub/backstage-plugin-models-node';
import {
  Access,
  CalledModels,
  Models,
  resourceOf,
  type ModelReviewRuleset,
} from './access';
import {
  ContributionReader,
  ContributionService,
  ContributionStore,
} from './contributions';
import { migrationsDirectory } from './database';
import { ModerationService, ModerationStore } from './moderation';
import { Commands, REVIEWS_TOPIC } from './news';
import { ErasureService, PeopleService, PersonStore } from './people';
import { QuestionService } from './questions';
import { RatingChanges, RatingService, RatingStore } from './ratings';
import { ReviewService } from './reviews';
import { createReviewsRouter } from './router';
import { TipService } from './tips';

/** Channel of signals, and topic of the event that a rating changed. */
const CHANNEL = 'model-reviews';

export interface ReviewsOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  database: DatabaseService;
  events: Pick<EventsService, 'publish'>;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  ruleset: ModelReviewRuleset;
  signals: SignalsService;
  usage: Pick<ModelUsageClient, 'listOwnCalledModels'>;
  userInfo: UserInfoService;
  clock?: Clock;
}

/** Regular work that one replica at a time does. */
export interface Job {
  id: string;
  frequency: HumanDuration;
  timeout: HumanDuration;
  run(): Promise<void>;
}

/** Rows of contributions as permission rules look at them, in the order of the ids. */
export const resourcesFrom =
  (store: Pick<ContributionStore, 'byIds'>) => async (ids: string[]) => {
    const rows = await store.byIds(ids);
    return ids.map(id => {
      const row = rows.find(it => it.id === id);
      return row && resourceOf(row);
    });
  };

/** All rooms of the backend, wired to each other. */
export async function createReviews(options: ReviewsOptions) {
  const { config, clock = systemClock } = options;
  const undoMs = config.has('modelReviews.undoWithdrawalFor')
    ? durationToMilliseconds(
        readDurationFromConfig(config, {
          key: 'modelReviews.undoWithdrawalFor',
        }),
      )
    : durationToMilliseconds({ hours: 24 });
  const priorWeight =
    config.getOptionalNumber('modelReviews.ratings.priorWeight') ?? 5;
  if (priorWeight < 0) {
    throw new InputError(
      'modelReviews.ratings.priorWeight counts reviews; set it to 0 or more.',
    );
  }
  const knex = await openDatabase(options.database, migrationsDirectory);
  const access = Access.create(options);
  const models = Models.create(options);
  const called = CalledModels.create({
    ...options,
    clock,
    days: config.getOptionalNumber('modelReviews.verifiedByCallsOfDays') ?? 90,
  });
  const outbox = NoticeOutbox.create({
    ...options,
    knex,
    clock,
    topic: REVIEWS_TOPIC,
  });
  const idempotency = IdempotencyKeys.create({ knex, clock });
  const commands = Commands.create({
    idempotency,
    outbox,
    signal: ChangeSignal.create({ ...options, channel: CHANNEL }),
  });
  const { events, logger } = options;
  const changes = RatingChanges.create({
    knex,
    clock,
    // It only wakes those who follow the feed: what changed they ask for.
    onChanged: () => {
      events
        .publish({ topic: CHANNEL, eventPayload: { type: 'rating-changed' } })
        .catch(error => {
          logger.warn(`Other rooms hear of a new rating later: ${error}`);
        });
    },
  });
  const store = ContributionStore.create({ knex, clock });
  const reader = ContributionReader.create({ store, models, clock, undoMs });
  const shared = { access, called, changes, commands, models, reader, undoMs };
  const reviews = ReviewService.create({
    ...shared,
    store,
    ownersMayReview:
      config.getOptionalBoolean('modelReviews.ownersMayReview') ?? false,
  });
  const tips = TipService.create({ ...shared, store });
  const questions = QuestionService.create({ ...shared, store });
  const personStore = PersonStore.create({ knex, contributions: store });
  const ratings = RatingService.create({
    ...shared,
    store: RatingStore.create({ knex }),
    priorWeight,
  });
  const router = createReviewsRouter({
    ...options,
    changes,
    contributions: ContributionService.create({ ...shared, store }),
    erasure: ErasureService.create({ ...shared, people: personStore }),
    moderation: ModerationService.create({
      ...shared,
      store: ModerationStore.create({ knex, clock }),
    }),
    people: PeopleService.create({
      ...shared,
      people: personStore,
      reviews,
      store,
      tips,
    }),
    questions,
    ratings,
    reviews,
    tips,
  });
  const jobs: Job[] = [
    {
      id: 'model-reviews-notices',
      frequency: { seconds: 30 },
      timeout: { minutes: 2 },
      run: () => outbox.deliver(),
    },
    {
      id: 'model-reviews-prune',
      frequency: { hours: 1 },
      timeout: { minutes: 30 },
      run: async () => {
        const before = new Date(clock.now().getTime() - undoMs).toISOString();
        while ((await store.purge(before)) > 0) {
          // A part at a time, until nothing is left.
        }
        await outbox.prune();
        await idempotency.prune();
      },
    },
  ];
  return { router, jobs, reviews, tips, resources: resourcesFrom(store) };
}
