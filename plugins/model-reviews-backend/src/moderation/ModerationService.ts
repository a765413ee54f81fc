import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  modelReviewModeratePermission,
  type ModelReviewCase,
  type ModelReviewModerationInput,
  type ModelReviewReport,
  type ModelReviewReportInput,
} from '@modelhub/backstage-plugin-models-common';
import {
  demandContributor,
  lacks,
  modelRef,
  type Access,
  type Caller,
  type Models,
} from '../access';
import {
  contentOf,
  presentContribution,
  type ContributionReader,
  type ContributionRow,
} from '../contributions';
import { plainText, someText } from '../contributions/plain';
import { decodeCursor, encodeCursor } from '../database';
import type { Commands } from '../news';
import { moderationNotice } from '../news/notices';
import type { RatingChanges } from '../ratings';
import type { ModerationStore } from './ModerationStore';

const DEFAULT_LIMIT = 20;
const ROWS_AT_ONCE = 100;
const MOST_ROUNDS = 10;

/** Reports, and what moderators do about them. */
export class ModerationService {
  static create(options: {
    access: Access;
    changes: RatingChanges;
    commands: Commands;
    models: Models;
    reader: ContributionReader;
    store: ModerationStore;
  }): ModerationService {
    return new ModerationService(options);
  }

  readonly #options: Parameters<typeof ModerationService.create>[0];

  private constructor(options: Parameters<typeof ModerationService.create>[0]) {
    this.#options = options;
  }

  async report(
    credentials: BackstageCredentials,
    id: string,
    input: ModelReviewReportInput,
    key: string | undefined,
  ): Promise<void> {
    const { access, commands, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const me = demandContributor(caller);
    const { row } = await reader.get(id, caller);
    if (row.author === me) {
      throw new NotAllowedError(
        'You wrote this yourself. Change or withdraw it instead.',
      );
    }
    const comment = input.comment && plainText(input.comment);
    await commands.run(
      { caller: me, key, request: ['report', id, input] },
      async tx => {
        await store.report(tx, id, me, {
          reason: input.reason,
          ...(comment && { comment }),
        });
        return { id };
      },
    );
  }

  /** @throws NotAllowedError without the permission, and for one's own */
  async moderate(
    credentials: BackstageCredentials,
    id: string,
    input: ModelReviewModerationInput,
    key: string | undefined,
  ): Promise<ModelReviewCase> {
    const { access, changes, commands, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const { row, model } = await reader.get(id, caller);
    if (!caller.mayModerate(row)) {
      throw lacks(modelReviewModeratePermission.name);
    }
    if (row.author === caller.me) {
      throw new NotAllowedError(
        'Another moderator decides about what you wrote. You can withdraw it.',
      );
    }
    const { action } = input;
    const reason = someText(input.reason, 'a reason');
    await commands.run(
      { caller: caller.ref, key, request: ['moderate', id, input] },
      async (tx, news) => {
        const [now] = await tx<ContributionRow>('contributions')
          .where({ id })
          .forUpdate()
          .select('hidden_at');
        const isHidden = now?.hidden_at !== null;
        if (action === 'hide' && isHidden) {
          throw new ConflictError('Another moderator has hidden this already.');
        }
        if (action === 'restore' && !isHidden) {
          throw new ConflictError('This is not hidden.');
        }
        await store.decide(tx, id, { action, by: caller.ref, reason });
        if (action !== 'dismiss') {
          news.push(moderationNotice(row, model, action, reason));
          if (row.kind === 'review') await changes.add(tx, row.entity_ref);
        }
        return { id };
      },
    );
    const after = await reader.get(id, caller);
    const [result] = await this.#present([after.row], caller);
    return result;
  }

  async list(
    credentials: BackstageCredentials,
    query: {
      state?: 'reported' | 'hidden';
      entityRef?: string;
      cursor?: string;
      limit?: number;
    },
  ): Promise<{ items: ModelReviewCase[]; nextCursor?: string }> {
    const { access, models, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const { moderated } = caller;
    if (!moderated) throw lacks(modelReviewModeratePermission.name);
    const state = query.state ?? 'reported';
    const limit = Number(query.limit ?? DEFAULT_LIMIT);
    let after = decodeCursor(query.cursor, state)?.pk;
    const cursorAt = (pk: number) =>
      encodeCursor({ sort: state, value: 0, pk });
    const found: Array<ContributionRow & { since: number }> = [];
    let next: number | undefined;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const rows = await store.list({
        state,
        after,
        limit: ROWS_AT_ONCE,
        criteria: moderated.criteria,
        entityRef: query.entityRef && modelRef(query.entityRef),
      });
      const seen = await models.visible(
        rows.map(row => row.entity_ref),
        credentials,
      );
      found.push(
        ...rows.filter(
          row => seen.has(row.entity_ref) && row.author !== caller.me,
        ),
      );
      after = rows.at(-1)?.since;
      next = rows.length < ROWS_AT_ONCE ? undefined : after;
      if (found.length > limit) next = found[limit - 1].since;
      if (found.length > limit || next === undefined) break;
    }
    return {
      items: await this.#present(found.slice(0, limit), caller),
      ...(next !== undefined && { nextCursor: cursorAt(next) }),
    };
  }

  async #present(
    rows: ContributionRow[],
    caller: Caller,
  ): Promise<ModelReviewCase[]> {
    const { reader, store } = this.#options;
    const ids = rows.map(({ id }) => id);
    const [context, reports, log] = await Promise.all([
      reader.context(caller, rows),
      store.openReports(ids),
      store.log(ids),
    ]);
    return rows.map(row => {
      const content = contentOf(row);
      return {
        contribution: presentContribution(row, context),
        kind: row.kind,
        ...(row.parent_id !== null && { parentId: row.parent_id }),
        ...(content.title !== undefined && { title: content.title }),
        content: { ...content },
        reports: reports
          .filter(it => it.contribution_id === row.id)
          .map(({ reporter, reason, comment, at }) => ({
            reporter,
            reason: reason as ModelReviewReport['reason'],
            ...(comment !== null && { comment }),
            at,
          })),
        log: log
          .filter(it => it.contribution_id === row.id)
          .map(({ action, by, reason, at }) => ({ action, by, reason, at })),
      };
    });
  }
}
