import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { modelHash } from '../rollups';
import { DayHistogram } from './DayHistogram';
import type { DayRecord } from './judge';
import {
  fromCheck,
  fromReference,
  toCheck,
  toReference,
  type CheckRow,
  type ReferenceRow,
} from './rows';
import type { CheckRecord, ReferenceRecord, VersionKey } from './types';

interface ModelRow {
  hash: string;
  model: string;
  version: string;
}

/** Histograms of days, references and checks. */
export class DriftStore {
  static create(options: { knex: Knex }): DriftStore {
    return new DriftStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Versions that were called in these days, or that differed of late. */
  async called(firstDay: number, lastDay: number): Promise<string[]> {
    const rows: Array<{ hash: string }> = await this.#knex('usage_drift_days')
      .whereBetween('day', [firstDay, lastDay])
      .distinct('hash')
      .union(query =>
        query.select('hash').from('usage_drift_episodes').whereNull('ended_at'),
      );
    return rows.map(({ hash }) => hash).sort();
  }

  /** Versions of a model that something is known of. */
  async versionsOf(model: string): Promise<VersionKey[]> {
    return this.#knex('usage_models')
      .where({ model_hash: modelHash(model) })
      .whereIn('hash', this.#knex('usage_drift_days').distinct('hash'))
      .orderBy('version')
      .select('hash', 'model', 'version');
  }

  async names(hashes: string[]): Promise<Map<string, VersionKey>> {
    const found = new Map<string, VersionKey>();
    for (const chunk of chunksOf([...new Set(hashes)])) {
      const rows: ModelRow[] = await this.#knex<ModelRow>('usage_models')
        .whereIn('hash', chunk)
        .select('hash', 'model', 'version');
      rows.forEach(row => found.set(row.hash, row));
    }
    return found;
  }

  /** In their order. */
  async days(
    hash: string,
    firstDay: number,
    lastDay: number,
  ): Promise<DayRecord[]> {
    const rows: Array<{ day: number; counts: Buffer }> = await this.#knex(
      'usage_drift_days',
    )
      .where({ hash })
      .whereBetween('day', [firstDay, lastDay])
      .orderBy('day')
      .select('day', 'counts');
    return rows.map(({ day, counts }) => ({
      day,
      histogram: DayHistogram.decode(counts),
    }));
  }

  async firstDay(hash: string): Promise<number | undefined> {
    const [{ day }] = await this.#knex('usage_drift_days')
      .where({ hash })
      .min({ day: 'day' });
    return day ?? undefined;
  }

  /** The newest counts. */
  async reference(hash: string): Promise<ReferenceRecord | undefined> {
    const [first] = await this.references(hash, 1);
    return first;
  }

  /** The newest first. */
  async references(hash: string, limit: number): Promise<ReferenceRecord[]> {
    const rows: ReferenceRow[] = await this.#knex<ReferenceRow>(
      'usage_drift_references',
    )
      .where({ hash })
      .orderBy('set_at', 'desc')
      .orderBy('id')
      .limit(limit);
    return rows.map(fromReference);
  }

  async addReference(tx: Knex, it: ReferenceRecord): Promise<void> {
    await tx('usage_drift_references').insert(toReference(it));
  }

  async hasCheck(hash: string, day: number): Promise<boolean> {
    const row = await this.#knex('usage_drift_checks')
      .where({ hash, day })
      .first('day');
    return row !== undefined;
  }

  /** @returns false when another replica was first */
  async addCheck(tx: Knex, it: CheckRecord): Promise<boolean> {
    const added = await tx('usage_drift_checks')
      .insert(toCheck(it))
      .onConflict(['hash', 'day'])
      .ignore()
      .returning('day');
    return added.length > 0;
  }

  /** Against the reference of the moment, the newest last. */
  async checks(
    hash: string,
    range: { firstDay: number; lastDay: number },
  ): Promise<CheckRecord[]> {
    const rows: CheckRow[] = await this.#knex<CheckRow>('usage_drift_checks')
      .where({ hash })
      .whereBetween('day', [range.firstDay, range.lastDay])
      .orderBy('day');
    return rows.map(fromCheck);
  }

  async lastCheck(hash: string): Promise<CheckRecord | undefined> {
    const row = await this.#knex<CheckRow>('usage_drift_checks')
      .where({ hash })
      .orderBy('day', 'desc')
      .first();
    return row && fromCheck(row);
  }

  /** Days of references that count are kept, whatever their age. */
  async prune(options: {
    firstDay: number;
    firstFeedbackDay: number;
  }): Promise<void> {
    const { firstDay, firstFeedbackDay } = options;
    await this.#knex('usage_feedback')
      .where('day', '<', firstFeedbackDay)
      .delete();
    await this.#knex('usage_drift_checks').where('day', '<', firstDay).delete();
    await this.#knex('usage_drift_days')
      .where('day', '<', firstDay)
      .whereNotExists(query =>
        query
          .select('id')
          .from('usage_drift_references as r')
          .whereRaw('r.hash = usage_drift_days.hash')
          .whereRaw('usage_drift_days.day BETWEEN r.first_day AND r.last_day'),
      )
      .delete();
  }
}
