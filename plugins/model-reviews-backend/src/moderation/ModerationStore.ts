import { ConflictError } from '@backstage/errors';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import {
  applyCriteria,
  type ContributionRow,
  type Criteria,
} from '../contributions';
import { isDuplicate } from '../database';

export interface ReportRow {
  pk: number;
  contribution_id: string;
  reporter: string;
  reason: string;
  comment: string | null;
  at: string;
}

export interface LogRow {
  contribution_id: string;
  action: 'hide' | 'restore' | 'dismiss';
  by: string;
  reason: string;
  at: string;
}

/** Reports, and what moderators did. */
export class ModerationStore {
  static create(options: { knex: Knex; clock: Clock }): ModerationStore {
    return new ModerationStore(options.knex, options.clock);
  }

  readonly #knex: Knex;
  readonly #clock: Clock;

  private constructor(knex: Knex, clock: Clock) {
    this.#knex = knex;
    this.#clock = clock;
  }

  /** @throws ConflictError when the person's last report is still open */
  async report(
    tx: Knex.Transaction,
    id: string,
    reporter: string,
    report: { reason: string; comment?: string },
  ): Promise<void> {
    try {
      await tx('contribution_reports').insert({
        contribution_id: id,
        reporter,
        reason: report.reason,
        comment: report.comment ?? null,
        at: this.#now(),
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new ConflictError(
        'You have reported this. Moderators will look at it.',
      );
    }
  }

  async decide(
    tx: Knex.Transaction,
    id: string,
    entry: { action: LogRow['action']; by: string; reason: string },
  ): Promise<void> {
    const at = this.#now();
    if (entry.action !== 'dismiss') {
      const isHide = entry.action === 'hide';
      await tx('contributions')
        .where({ id })
        .update({
          hidden_at: isHide ? at : null,
          hidden_reason: isHide ? entry.reason : null,
        });
      if (isHide) {
        await tx('contributions')
          .where({ accepted_id: id })
          .update({ accepted_id: null });
      }
    }
    await tx('contribution_reports')
      .where({ contribution_id: id })
      .whereNull('decided_at')
      .update({ decided_at: at });
    await tx('moderation_log').insert({ contribution_id: id, ...entry, at });
  }

  /**
   * What waits for a moderator, the longest first; or what is hidden, the last
   * first. Rows after the one with key `after`.
   */
  async list(query: {
    state: 'reported' | 'hidden';
    entityRef?: string;
    criteria?: Criteria;
    after?: number;
    limit: number;
  }): Promise<Array<ContributionRow & { since: number }>> {
    const { state, entityRef, criteria, after, limit } = query;
    const builder = this.#knex('contributions')
      .select('contributions.*')
      .whereNull('withdrawn_at')
      .limit(limit);
    if (state === 'reported') {
      const open = this.#knex('contribution_reports')
        .whereNull('decided_at')
        .groupBy('contribution_id')
        .select('contribution_id')
        .min({ since: 'pk' })
        .as('open');
      builder
        .join(open, 'open.contribution_id', 'contributions.id')
        .select('open.since')
        .orderBy('open.since');
      if (after !== undefined) builder.where('open.since', '>', after);
    } else {
      builder
        .whereNotNull('hidden_at')
        .select(this.#knex.raw('contributions.pk AS since'))
        .orderBy('contributions.pk', 'desc');
      if (after !== undefined) builder.where('contributions.pk', '<', after);
    }
    if (entityRef !== undefined) builder.where({ entity_ref: entityRef });
    if (criteria) builder.where(nested => applyCriteria(nested, criteria));
    return (await builder) as Array<ContributionRow & { since: number }>;
  }

  async openReports(ids: string[]): Promise<ReportRow[]> {
    return this.#knex<ReportRow>('contribution_reports')
      .whereIn('contribution_id', ids)
      .whereNull('decided_at')
      .orderBy('pk');
  }

  async log(ids: string[]): Promise<LogRow[]> {
    return this.#knex<LogRow>('moderation_log')
      .whereIn('contribution_id', ids)
      .orderBy('pk', 'desc')
      .select('contribution_id', 'action', 'by', 'reason', 'at');
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }
}
