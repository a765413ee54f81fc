import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { fromEpisode, type EpisodeRow } from './rows';
import {
  WINDOW_DAYS,
  type ActionTaken,
  type CheckRecord,
  type EpisodeRecord,
} from './types';

const TABLE = 'usage_drift_episodes';

/** For how long one replica has to tell and to act before another one does. */
const LEASE_MS = 60_000;

const AT_ONCE = 50;

/**
 * Times in which a version differs from its reference: one at a time, from the
 * first check that says so until a week of checks says that it does not.
 */
export class DriftEpisodes {
  static create(options: { knex: Knex; clock: Clock }): DriftEpisodes {
    return new DriftEpisodes(options);
  }

  readonly #knex: Knex;
  readonly #clock: Clock;

  private constructor({ knex, clock }: { knex: Knex; clock: Clock }) {
    this.#knex = knex;
    this.#clock = clock;
  }

  /** What a new check means. In its transaction. */
  async follow(tx: Knex.Transaction, check: CheckRecord): Promise<void> {
    const changed = check.features.filter(({ state }) => state === 'changed');
    const open = await tx<EpisodeRow>(TABLE)
      .where({ hash: check.hash })
      .whereNull('ended_at')
      .first();
    const now = this.#clock.now().toISOString();
    if (changed.length > 0 && open) {
      await tx(TABLE)
        .where({ id: open.id })
        .update({ last_day: check.day, features: JSON.stringify(changed) });
    } else if (changed.length > 0) {
      await tx(TABLE).insert({
        id: randomUUID(),
        hash: check.hash,
        begun_day: check.day,
        last_day: check.day,
        begun_at: now,
        features: JSON.stringify(changed),
      });
    } else if (open && check.day - open.last_day >= WINDOW_DAYS) {
      await tx(TABLE)
        .where({ id: open.id })
        .update({ ended_at: now, ended_because: 'steady' });
    }
  }

  /** Somebody said what is usual now. */
  async endBy(tx: Knex.Transaction, hash: string): Promise<void> {
    await tx(TABLE).where({ hash }).whereNull('ended_at').update({
      ended_at: this.#clock.now().toISOString(),
      ended_because: 'new-reference',
    });
  }

  /** The newest first. */
  async of(hash: string, limit: number): Promise<EpisodeRecord[]> {
    const rows: EpisodeRow[] = await this.#knex<EpisodeRow>(TABLE)
      .where({ hash })
      .orderBy('begun_at', 'desc')
      .limit(limit);
    return rows.map(fromEpisode);
  }

  /** All that are open, the newest first. */
  async open(limit: number): Promise<EpisodeRecord[]> {
    const rows: EpisodeRow[] = await this.#knex<EpisodeRow>(TABLE)
      .whereNull('ended_at')
      .orderBy('begun_at', 'desc')
      .orderBy('id')
      .limit(limit);
    return rows.map(fromEpisode);
  }

  /** Those that were not told or not acted upon, for this replica. */
  async lease(): Promise<EpisodeRecord[]> {
    const now = this.#clock.now();
    const due: EpisodeRow[] = await this.#knex<EpisodeRow>(TABLE)
      .where(query => query.whereNull('told_at').orWhereNull('acted_at'))
      // Of what is over already, nobody needs to hear.
      .whereNull('ended_at')
      .where(query =>
        query
          .whereNull('leased_until')
          .orWhere('leased_until', '<=', now.toISOString()),
      )
      .orderBy('begun_at')
      .limit(AT_ONCE);
    const until = new Date(now.getTime() + LEASE_MS).toISOString();
    const leased: EpisodeRecord[] = [];
    for (const row of due) {
      const won = await this.#knex(TABLE)
        .where({ id: row.id })
        .where(query =>
          row.leased_until === null
            ? query.whereNull('leased_until')
            : query.where({ leased_until: row.leased_until }),
        )
        .update({ leased_until: until });
      if (won === 1) leased.push(fromEpisode(row));
    }
    return leased;
  }

  async acted(id: string, taken: ActionTaken[]): Promise<void> {
    await this.#knex(TABLE)
      .where({ id })
      .update({
        taken: JSON.stringify(taken),
        acted_at: this.#clock.now().toISOString(),
      });
  }

  async told(id: string): Promise<void> {
    await this.#knex(TABLE)
      .where({ id })
      .update({ told_at: this.#clock.now().toISOString() });
  }
}
