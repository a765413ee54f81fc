import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type {
  ModelReviewRevision,
  ModelReviewVotes,
  ModelReviewWithdrawal,
} from '@modelhub/backstage-plugin-models-common';
import { demandAuthor, demandContributor, type Access } from '../access';
import type { Commands } from '../news';
import { helpfulNotice } from '../news/notices';
import type { RatingChanges } from '../ratings';
import type { ContributionReader } from './ContributionReader';
import type { ContributionStore } from './ContributionStore';
import { contentOf, undoUntil } from './present';

/** Votes of which the author hears. */
const MILESTONES = [1, 5, 10];

/** What goes for reviews, replies, tips, questions and answers alike. */
export class ContributionService {
  static create(options: {
    access: Access;
    commands: Commands;
    reader: ContributionReader;
    store: ContributionStore;
    changes: RatingChanges;
    undoMs: number;
  }): ContributionService {
    return new ContributionService(options);
  }

  readonly #options: Parameters<typeof ContributionService.create>[0];

  private constructor(
    options: Parameters<typeof ContributionService.create>[0],
  ) {
    this.#options = options;
  }

  async withdraw(
    credentials: BackstageCredentials,
    id: string,
    key: string | undefined,
  ): Promise<ModelReviewWithdrawal> {
    const { access, commands, reader, store, changes, undoMs } = this.#options;
    const caller = await access.callerOf(credentials);
    const row = await reader.getForAuthor(id, caller);
    const me = demandAuthor(caller, row);
    return commands.run(
      { caller: me, key, request: ['withdraw', id] },
      async tx => {
        const { withdrawn_at: already } = await store.get(id, tx);
        const at = already ?? (await store.withdraw(tx, id));
        if (row.kind === 'review') await changes.add(tx, row.entity_ref);
        return { id, undoUntil: undoUntil(at, undoMs) };
      },
    );
  }

  /** @throws ConflictError when it cannot be undone any more */
  async undoWithdrawal(
    credentials: BackstageCredentials,
    id: string,
    key: string | undefined,
  ): Promise<void> {
    const { access, commands, reader, store, changes } = this.#options;
    const caller = await access.callerOf(credentials);
    const row = await reader.getForAuthor(id, caller);
    const me = demandAuthor(caller, row);
    await commands.run({ caller: me, key, request: ['undo', id] }, async tx => {
      await store.undoWithdrawal(tx, id);
      if (row.kind === 'review') await changes.add(tx, row.entity_ref);
      return { id };
    });
  }

  async history(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<{ items: ModelReviewRevision[] }> {
    const { access, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    await reader.get(id, caller);
    const rows = await store.revisions(id);
    return {
      items: rows.map(row => ({
        revision: row.revision,
        at: row.at,
        content: { ...contentOf(row) },
      })),
    };
  }

  /** @throws NotAllowedError for one's own */
  async vote(
    credentials: BackstageCredentials,
    id: string,
    helps: boolean,
  ): Promise<ModelReviewVotes> {
    const { access, commands, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const me = demandContributor(caller);
    const { row, model } = await reader.get(id, caller);
    if (!['review', 'tip', 'answer'].includes(row.kind)) {
      throw new InputError('Reviews, tips and answers are voted for.');
    }
    if (row.author === me) {
      throw new NotAllowedError(
        'Others say whether this helped them; you wrote it yourself.',
      );
    }
    if (row.hidden_at !== null) {
      throw new ConflictError(
        'This is hidden by moderators, so nobody votes for it.',
      );
    }
    return commands.run(
      { caller: me, key: undefined, request: ['vote', id, helps] },
      async (tx, news) => {
        const helpful = await store.vote(tx, id, me, helps);
        const reached = MILESTONES.filter(it => it <= helpful).at(-1) ?? 0;
        const [told] = await tx('contributions')
          .where({ id })
          .andWhere('milestone', '<', reached)
          .update({ milestone: reached })
          .returning('id');
        if (told) news.push(helpfulNotice(row, model, reached));
        return { helpful, votedHelpful: helps };
      },
    );
  }
}
