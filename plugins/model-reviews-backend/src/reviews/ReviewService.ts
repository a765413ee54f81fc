import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import type {
  ModelReview,
  ModelReviewInput,
  ModelReviewUpdate,
} from '@modelhub/backstage-plugin-models-common';
import {
  demandAuthor,
  demandContributor,
  NO_VERSION,
  type Access,
  type CalledModels,
  type Caller,
  type Model,
  type Models,
} from '../access';
import {
  presentReview,
  type Content,
  type ContributionReader,
  type ContributionRow,
  type ContributionStore,
  type PageQuery,
} from '../contributions';
import { plainLine, plainText, someText } from '../contributions/plain';
import type { Commands } from '../news';
import { replyNotice, reviewNotice } from '../news/notices';
import type { RatingChanges } from '../ratings';

export interface ReviewQuery extends PageQuery {
  author?: string;
  modelVersion?: string;
  useCase?: string;
  verified?: boolean;
  q?: string;
}

/** What people say about versions of models. */
export class ReviewService {
  static create(options: {
    access: Access;
    called: CalledModels;
    changes: RatingChanges;
    commands: Commands;
    models: Models;
    ownersMayReview: boolean;
    reader: ContributionReader;
    store: ContributionStore;
  }): ReviewService {
    return new ReviewService(options);
  }

  readonly #options: Parameters<typeof ReviewService.create>[0];

  private constructor(options: Parameters<typeof ReviewService.create>[0]) {
    this.#options = options;
  }

  async list(
    credentials: BackstageCredentials,
    query: ReviewQuery,
  ): Promise<{ items: ModelReview[]; nextCursor?: string }> {
    const { access, reader } = this.#options;
    const caller = await access.callerOf(credentials);
    const { author, modelVersion, useCase, verified, q } = query;
    const { rows, nextCursor } = await reader.page(
      { kinds: ['review'], author, modelVersion, useCase, verified, q },
      query,
      caller,
    );
    return { items: await this.present(rows, caller), nextCursor };
  }

  async get(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<ModelReview> {
    const { access, reader } = this.#options;
    const caller = await access.callerOf(credentials);
    const row = await reader.getForAuthor(id, caller, ['review']);
    const [review] = await this.present([row], caller);
    return review;
  }

  async create(
    credentials: BackstageCredentials,
    input: ModelReviewInput,
    key: string | undefined,
  ): Promise<ModelReview> {
    const { access, called, changes, commands, models, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const me = demandContributor(caller);
    const model = await models.get(input.entityRef, credentials);
    const why = this.whyNot(caller, model);
    if (why !== undefined) throw new NotAllowedError(why);
    const modelVersion = versionOf(model, input.modelVersion);
    const content = contentFrom(input);
    const verified = await called.has(credentials, model.gatewayId);
    const { id } = await commands.run(
      { caller: me, key, request: ['review', input] },
      async (tx, news) => {
        const created = await store.insert(
          tx,
          {
            kind: 'review',
            entityRef: model.entityRef,
            author: me,
            content,
            modelVersion,
            verified,
          },
          'You have reviewed this version already. Change that review instead.',
        );
        await changes.add(tx, model.entityRef);
        const { overall } = await store.get(created, tx);
        news.push(reviewNotice(created, me, model, Number(overall)));
        return { id: created };
      },
    );
    return this.get(credentials, id);
  }

  async update(
    credentials: BackstageCredentials,
    id: string,
    input: ModelReviewUpdate,
    key: string | undefined,
  ): Promise<ModelReview> {
    const { access, called, changes, commands, models, reader, store } =
      this.#options;
    const caller = await access.callerOf(credentials);
    const row = await reader.getForAuthor(id, caller, ['review']);
    const me = demandAuthor(caller, row);
    const model = await models.get(row.entity_ref, credentials);
    const content = contentFrom(input);
    // Who has called it once knows it, also when the team calls another one now.
    const verified =
      Boolean(row.verified) || (await called.has(credentials, model.gatewayId));
    await commands.run(
      { caller: me, key, request: ['update', id, input] },
      async tx => {
        await store.rewrite(tx, row, input.revision, content, { verified });
        await changes.add(tx, row.entity_ref);
        return { id };
      },
    );
    return this.get(credentials, id);
  }

  /** @throws NotAllowedError unless the caller owns the model */
  async reply(
    credentials: BackstageCredentials,
    id: string,
    input: { revision?: number; text: string },
    key: string | undefined,
  ): Promise<ModelReview> {
    const { access, commands, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const me = demandContributor(caller);
    const { row: review, model } = await reader.get(id, caller, ['review']);
    const ownerRef = model.owners.find(owner => caller.refs.includes(owner));
    if (ownerRef === undefined) {
      throw new NotAllowedError(
        `Replies come from the owner of the model, ${model.owners.join(
          ', ',
        )}. Ask a question, or write a review of your own.`,
      );
    }
    if (review.author === me) {
      throw new NotAllowedError(
        'You wrote this review. Change it instead of replying to it.',
      );
    }
    const content = { text: someText(input.text, 'the reply') };
    await commands.run(
      { caller: me, key, request: ['reply', id, input] },
      async (tx, news) => {
        const [before] = await repliesTo(tx, [id]);
        if (before) {
          if (input.revision === undefined) {
            throw new InputError(
              'There is a reply already. Send its revision to change it.',
            );
          }
          await store.rewrite(tx, before, input.revision, content, {
            owner_ref: ownerRef,
          });
          return { id: before.id };
        }
        const created = await store.insert(
          tx,
          {
            kind: 'reply',
            entityRef: review.entity_ref,
            author: me,
            content,
            parentId: id,
            ownerRef,
          },
          'Somebody of your team has replied meanwhile. Load the review again.',
        );
        news.push(replyNotice(review, model));
        return { id: created };
      },
    );
    return this.get(credentials, id);
  }

  /** Why somebody may not review a model; undefined when they may. */
  whyNot(caller: Caller, model: Model): string | undefined {
    const { ownersMayReview } = this.#options;
    if (!caller.mayCreate) {
      return 'You need permission model.review.create. Ask the team that runs the model hub.';
    }
    return !ownersMayReview &&
      model.owners.some(owner => caller.refs.includes(owner))
      ? 'Your team owns this model. Share a tip, reply to reviews and answer questions instead.'
      : undefined;
  }

  /** The caller's own of a model, also those that are withdrawn and can come back. */
  async own(
    caller: Caller,
    model: Model,
    isVerified: boolean,
  ): Promise<ModelReview[]> {
    const { changes, commands, reader, store } = this.#options;
    if (caller.me === undefined) return [];
    const rows = await store.ownReviews(caller.me, model.entityRef);
    const late = rows.filter(({ verified }) => isVerified && !verified);
    if (late.length > 0) {
      // Nobody but the author can be asked about, so it is done when they come.
      await commands.run(
        { caller: caller.ref, key: undefined, request: [] },
        async tx => {
          await store.verify(
            tx,
            late.map(({ id }) => id),
          );
          await changes.add(tx, model.entityRef);
          return {};
        },
      );
      late.forEach(row => Object.assign(row, { verified: true }));
    }
    const there = rows.filter(row => reader.isThereForAuthor(row));
    return this.present(there, caller);
  }

  /** Reviews with their replies and how many tips belong to them. */
  async present(
    rows: ContributionRow[],
    caller: Caller,
  ): Promise<ModelReview[]> {
    const { reader, store } = this.#options;
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const [tips, replies] = await Promise.all([
      store.countByParent(ids, 'tip', caller),
      store.list({ kinds: ['reply'], parentIds: ids }, caller, {
        sort: 'newest',
        limit: ids.length,
      }),
    ]);
    const context = await reader.context(caller, [...rows, ...replies]);
    return rows.map(row =>
      presentReview(row, context, {
        tips: tips.get(row.id) ?? 0,
        reply: replies.find(({ parent_id: parent }) => parent === row.id),
      }),
    );
  }
}

async function repliesTo(
  tx: Parameters<ContributionStore['insert']>[0],
  ids: string[],
): Promise<ContributionRow[]> {
  return tx<ContributionRow>('contributions')
    .where({ kind: 'reply' })
    .whereIn('parent_id', ids)
    .whereNull('withdrawn_at');
}

function contentFrom(input: ModelReviewUpdate | ModelReviewInput): Content {
  const { stars, useCase, whatWorked, limitations } = input;
  return {
    stars,
    ...(useCase?.trim() && { useCase: plainLine(useCase) }),
    ...(whatWorked?.trim() && { whatWorked: plainText(whatWorked) }),
    ...(limitations?.trim() && { limitations: plainText(limitations) }),
  };
}

/** @throws InputError for a version that the model does not have */
function versionOf({ versions, title }: Model, wanted: string): string {
  if (versions.length === 0 || versions.includes(wanted)) {
    return versions.length === 0 && wanted !== NO_VERSION
      ? plainLine(wanted)
      : wanted;
  }
  throw new InputError(
    `${title} has no version '${plainLine(wanted)}'. Take one of: ${versions
      .slice(0, 20)
      .join(', ')}.`,
  );
}
