import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  ModelReviewCaller,
  ModelReviewContributions,
  ModelReviewFeed,
  ModelReviewFeedItem,
  ModelReviewStanding,
} from '@modelhub/backstage-plugin-models-common';
import {
  NO_VERSION,
  type Access,
  type CalledModels,
  type Caller,
  type Models,
} from '../access';
import type {
  ContributionReader,
  ContributionRow,
  ContributionStore,
} from '../contributions';
import type { ReviewService } from '../reviews';
import type { TipService } from '../tips';
import type { PersonStore } from './PersonStore';

const DEFAULT_LIMIT = 10;

/** What somebody may do, did, and may want to read. */
export class PeopleService {
  static create(options: {
    access: Access;
    called: CalledModels;
    models: Models;
    people: PersonStore;
    reader: ContributionReader;
    reviews: ReviewService;
    store: ContributionStore;
    tips: TipService;
  }): PeopleService {
    return new PeopleService(options);
  }

  readonly #options: Parameters<typeof PeopleService.create>[0];

  private constructor(options: Parameters<typeof PeopleService.create>[0]) {
    this.#options = options;
  }

  async me(credentials: BackstageCredentials): Promise<ModelReviewCaller> {
    const caller = await this.#options.access.callerOf(credentials);
    return {
      mayContribute: caller.mayCreate,
      mayModerate: caller.moderatesSomething,
    };
  }

  async standing(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<ModelReviewStanding> {
    const { access, called, models, reviews } = this.#options;
    const caller = await access.callerOf(credentials);
    const model = await models.get(entityRef, credentials);
    const verified = await called.has(credentials, model.gatewayId);
    const whyNot = reviews.whyNot(caller, model);
    return {
      mayReview: whyNot === undefined,
      ...(whyNot !== undefined && { whyNot }),
      mayContribute: caller.mayCreate,
      mayModerate: caller.moderatesSomething,
      isOwner: model.owners.some(owner => caller.refs.includes(owner)),
      verified,
      versions: model.versions.length > 0 ? model.versions : [NO_VERSION],
      reviews: await reviews.own(caller, model, verified),
    };
  }

  async feed(
    credentials: BackstageCredentials,
    limit = DEFAULT_LIMIT,
  ): Promise<ModelReviewFeed> {
    const { access, called, models, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const mine = await models.byGatewayIds(
      [...(await called.of(credentials))],
      credentials,
    );
    if (mine.length > 0) {
      const rows = await store.list(
        {
          kinds: ['review', 'tip'],
          entityRefs: mine.map(({ entityRef }) => entityRef),
        },
        caller,
        { sort: 'newest', limit: Number(limit) },
      );
      if (rows.length > 0) {
        return { scope: 'mine', items: await this.#items(rows, caller) };
      }
    }
    const { rows } = await reader.page(
      { kinds: ['review', 'tip'] },
      { limit },
      caller,
    );
    return { scope: 'all', items: await this.#items(rows, caller) };
  }

  async contributions(
    credentials: BackstageCredentials,
    author: string,
  ): Promise<ModelReviewContributions> {
    const { access, models, people } = this.#options;
    const caller = await access.callerOf(credentials);
    const ref = userRef(author);
    const counts = await people.contributions(ref, caller);
    const seen = await models.visible(
      counts.map(({ entityRef }) => entityRef),
      credentials,
    );
    const result = {
      author: ref,
      reviews: 0,
      tips: 0,
      questions: 0,
      answers: 0,
      accepted: 0,
      helpful: 0,
    };
    const fields = {
      review: 'reviews',
      tip: 'tips',
      question: 'questions',
      answer: 'answers',
    } as const;
    for (const { entityRef, kind, count, accepted, helpful } of counts) {
      if (!seen.has(entityRef) || kind === 'reply') continue;
      result[fields[kind]] += count;
      result.accepted += accepted;
      result.helpful += helpful;
    }
    return result;
  }

  async #items(
    rows: ContributionRow[],
    caller: Caller,
  ): Promise<ModelReviewFeedItem[]> {
    const ofKind = (kind: string) => rows.filter(row => row.kind === kind);
    const [reviews, tips] = await Promise.all([
      this.#options.reviews.present(ofKind('review'), caller),
      this.#options.tips.present(ofKind('tip'), caller),
    ]);
    return rows.map(({ id, kind, created_at: at }) =>
      kind === 'tip'
        ? { kind, at, tip: tips.find(it => it.id === id) }
        : { kind: 'review', at, review: reviews.find(it => it.id === id) },
    );
  }
}

/** @throws InputError for what is no entity ref of a user */
export function userRef(text: string): string {
  try {
    const ref = parseEntityRef(text, { defaultKind: 'User' });
    if (ref.kind.toLowerCase() === 'user') return stringifyEntityRef(ref);
  } catch {
    // Said below.
  }
  throw new InputError(
    `${text} is no user. Send an entity ref such as user:default/dana.`,
  );
}
