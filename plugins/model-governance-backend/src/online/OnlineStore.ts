import type {
  OnlineResultReference,
  OnlineStop,
} from '@modelhub/backstage-plugin-models-common';
import type { SnapshotExperiment } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import {
  toRecord,
  toSnapshot,
  type OnlineDefinition,
  type OnlineRecord,
  type OnlineRow,
} from './records';

/** Most experiments of a list. */
const MOST_LISTED = 200;

/** Experiments that run, by profile: what the allowlist takes along. */
export async function readSnapshotExperiments(
  tx: Knex,
  now: string,
): Promise<Map<string, SnapshotExperiment[]>> {
  const rows: OnlineRow[] = await tx<OnlineRow>('online_experiments')
    .where({ state: 'running' })
    .where('ends_at', '>', now)
    .orderBy('id');
  const byProfile = new Map<string, SnapshotExperiment[]>();
  for (const it of rows.map(toRecord)) {
    const known = toSnapshot(it);
    if (known) {
      byProfile.set(it.profile, [...(byProfile.get(it.profile) ?? []), known]);
    }
  }
  return byProfile;
}

/** Rows of experiments. Inside a transaction pass it. */
export class OnlineStore {
  static create(options: { knex: Knex }): OnlineStore {
    return new OnlineStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(
    tx: Knex,
    it: Pick<
      OnlineRecord,
      'id' | 'title' | 'profile' | 'createdAt' | 'createdBy'
    >,
    definition: OnlineDefinition,
  ): Promise<void> {
    await tx('online_experiments').insert({
      id: it.id,
      title: it.title,
      profile: it.profile,
      state: 'planned',
      definition: JSON.stringify(definition),
      created_at: it.createdAt,
      created_by: it.createdBy,
    });
  }

  async get(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<OnlineRecord | undefined> {
    const row = await tx<OnlineRow>('online_experiments').where({ id }).first();
    return row && toRecord(row);
  }

  /** The experiment as it is until the transaction ends. */
  async lock(
    tx: Knex.Transaction,
    id: string,
  ): Promise<OnlineRecord | undefined> {
    const row = await tx<OnlineRow>('online_experiments')
      .where({ id })
      .forUpdate()
      .first();
    return row && toRecord(row);
  }

  /** Newest first. */
  async list(query: { profile?: string } = {}): Promise<OnlineRecord[]> {
    const rows: OnlineRow[] = await this.#knex<OnlineRow>('online_experiments')
      .modify(builder => {
        if (query.profile) builder.where({ profile: query.profile });
      })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(MOST_LISTED);
    return rows.map(toRecord);
  }

  async inState(
    state: OnlineRecord['state'],
    tx: Knex = this.#knex,
  ): Promise<OnlineRecord[]> {
    const rows: OnlineRow[] = await tx<OnlineRow>('online_experiments')
      .where({ state })
      .orderBy('id');
    return rows.map(toRecord);
  }

  /** Those that ran and are over, whose results nobody has filed. */
  async unfiled(): Promise<OnlineRecord[]> {
    const rows: OnlineRow[] = await this.#knex<OnlineRow>('online_experiments')
      .whereIn('state', ['stopped', 'ended'])
      .whereNotNull('starts_at')
      .whereNull('filed_at')
      .orderBy('id');
    return rows.map(toRecord);
  }

  /** False when somebody else was quicker. */
  async start(
    tx: Knex,
    id: string,
    by: {
      startsAt: string;
      endsAt: string;
      salt: string;
      consentBy: string;
      consentHash: string;
    },
  ): Promise<boolean> {
    const changed = await tx('online_experiments')
      .where({ id, state: 'planned' })
      .update({
        state: 'running',
        starts_at: by.startsAt,
        ends_at: by.endsAt,
        salt: by.salt,
        consent_at: by.startsAt,
        consent_by: by.consentBy,
        consent_hash: by.consentHash,
      });
    return changed > 0;
  }

  /** Forgets who got which arm. False when it was over before. */
  async stop(
    tx: Knex,
    id: string,
    state: 'stopped' | 'ended',
    stop: OnlineStop,
  ): Promise<boolean> {
    const changed = await tx('online_experiments')
      .where({ id })
      .whereIn('state', ['planned', 'running'])
      .update({
        state,
        salt: null,
        stopped_at: stop.at,
        stopped_by: stop.by ?? null,
        stop_kind: stop.kind,
        stop_reason: stop.reason,
      });
    return changed > 0;
  }

  /** False when another replica filed them. */
  async file(
    tx: Knex,
    id: string,
    at: string,
    results: OnlineResultReference[],
  ): Promise<boolean> {
    const changed = await tx('online_experiments')
      .where({ id })
      .whereNull('filed_at')
      .update({ filed_at: at, results: JSON.stringify(results) });
    return changed > 0;
  }

  async addNotes(
    tx: Knex,
    id: string,
    more: { optedOut: number; dropped: number; refused: number },
  ): Promise<void> {
    await tx('online_experiments')
      .where({ id })
      .update({
        opted_out: tx.raw('opted_out + ?', [more.optedOut]),
        dropped: tx.raw('dropped + ?', [more.dropped]),
        refused: tx.raw('refused + ?', [more.refused]),
      });
  }
}
