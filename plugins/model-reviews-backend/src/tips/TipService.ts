import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import type {
  ModelTip,
  ModelTipInput,
  ModelTipKind,
  ModelTipUpdate,
} from '@modelhub/backstage-plugin-models-common';
import {
  demandAuthor,
  demandContributor,
  type Access,
  type Caller,
  type Models,
} from '../access';
import {
  presentTip,
  type Content,
  type ContributionReader,
  type ContributionRow,
  type ContributionStore,
  type PageQuery,
} from '../contributions';
import { plainLine, plainText, someText } from '../contributions/plain';
import type { Commands } from '../news';

const LONGEST_SETTINGS = 10_000;

export interface TipQuery extends PageQuery {
  author?: string;
  kind?: ModelTipKind;
  reviewId?: string;
  modelVersion?: string;
  q?: string;
}

/** Prompts, preprocessing and settings that worked. */
export class TipService {
  static create(options: {
    access: Access;
    commands: Commands;
    models: Models;
    reader: ContributionReader;
    store: ContributionStore;
  }): TipService {
    return new TipService(options);
  }

  readonly #options: Parameters<typeof TipService.create>[0];

  private constructor(options: Parameters<typeof TipService.create>[0]) {
    this.#options = options;
  }

  async list(
    credentials: BackstageCredentials,
    query: TipQuery,
  ): Promise<{ items: ModelTip[]; nextCursor?: string }> {
    const { access, reader } = this.#options;
    if (query.sort === 'highest' || query.sort === 'lowest') {
      throw new InputError('Tips are sorted by `newest` or `helpful`.');
    }
    const caller = await access.callerOf(credentials);
    const { author, kind: tipKind, reviewId, modelVersion, q } = query;
    const { rows, nextCursor } = await reader.page(
      {
        kinds: ['tip'],
        author,
        tipKind,
        modelVersion,
        q,
        ...(reviewId !== undefined && { parentIds: [reviewId] }),
      },
      query,
      caller,
    );
    return { items: await this.present(rows, caller), nextCursor };
  }

  async get(credentials: BackstageCredentials, id: string): Promise<ModelTip> {
    const { access, reader } = this.#options;
    const caller = await access.callerOf(credentials);
    const row = await reader.getForAuthor(id, caller, ['tip']);
    const [tip] = await this.present([row], caller);
    return tip;
  }

  async create(
    credentials: BackstageCredentials,
    input: ModelTipInput,
    key: string | undefined,
  ): Promise<ModelTip> {
    const { access, commands, models, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const me = demandContributor(caller);
    const { entityRef } = await models.get(input.entityRef, credentials);
    const { reviewId } = input;
    if (reviewId !== undefined) {
      const { row } = await reader.get(reviewId, caller, ['review']);
      if (row.author !== me || row.entity_ref !== entityRef) {
        throw new NotAllowedError(
          'A tip belongs to a review of your own about the same model. Leave reviewId out, and it stands alone.',
        );
      }
    }
    const content = contentFrom(input);
    const { id } = await commands.run(
      { caller: me, key, request: ['tip', input] },
      async tx => ({
        id: await store.insert(
          tx,
          { kind: 'tip', entityRef, author: me, content, parentId: reviewId },
          'This tip is there already.',
        ),
      }),
    );
    return this.get(credentials, id);
  }

  async update(
    credentials: BackstageCredentials,
    id: string,
    input: ModelTipUpdate,
    key: string | undefined,
  ): Promise<ModelTip> {
    const { access, commands, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const row = await reader.getForAuthor(id, caller, ['tip']);
    const me = demandAuthor(caller, row);
    const content = contentFrom(input);
    await commands.run(
      { caller: me, key, request: ['update', id, input] },
      async tx => {
        await store.rewrite(tx, row, input.revision, content);
        return { id };
      },
    );
    return this.get(credentials, id);
  }

  async present(rows: ContributionRow[], caller: Caller): Promise<ModelTip[]> {
    const context = await this.#options.reader.context(caller, rows);
    return rows.map(row => presentTip(row, context));
  }
}

function contentFrom(input: ModelTipInput | ModelTipUpdate): Content {
  const { kind, settings, modelVersion } = input;
  if (settings && JSON.stringify(settings).length > LONGEST_SETTINGS) {
    throw new InputError(
      `The settings have more than ${LONGEST_SETTINGS} characters of JSON. Keep those that matter.`,
    );
  }
  const body = plainText(input.body);
  if (body === '' && !settings) {
    throw new InputError('Write what to do, or send settings.');
  }
  return {
    kind,
    title: plainLine(someText(input.title, 'a title')),
    body,
    ...(settings && { settings }),
    ...(modelVersion !== undefined && {
      modelVersion: plainLine(modelVersion),
    }),
  };
}
