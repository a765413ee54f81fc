import type { Knex } from 'knex';
import type { BurnRule, Severity } from './maths';
import type { EpisodeRecord } from './types';

interface Row {
  id: string;
  objective_id: string;
  open_key: string | null;
  severity: string;
  rule: string;
  opened_at: string;
  burnt_at: string;
  closed_at: string | null;
  peak_burn: number;
  budget_left: number;
  exhausts_at: string | null;
  told: boolean | number;
}

const openKey = (it: Pick<EpisodeRecord, 'objectiveId' | 'severity'>) =>
  `${it.objectiveId}:${it.severity}`;

const toRecord = (row: Row): EpisodeRecord => ({
  id: row.id,
  objectiveId: row.objective_id,
  severity: row.severity as Severity,
  rule: row.rule as BurnRule['id'],
  openedAt: row.opened_at,
  burntAt: row.burnt_at,
  ...(row.closed_at !== null && { closedAt: row.closed_at }),
  peakBurn: row.peak_burn,
  budgetLeft: row.budget_left,
  ...(row.exhausts_at !== null && { exhaustsAt: row.exhausts_at }),
  told: Boolean(row.told),
});

/** Alerts: of each objective and severity at most one is open, over all replicas. */
export class EpisodeStore {
  static create(options: { knex: Knex }): EpisodeStore {
    return new EpisodeStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** By objective. */
  async open(objectiveIds?: string[]): Promise<Map<string, EpisodeRecord[]>> {
    const select = this.#knex<Row>('slo_episodes').whereNotNull('open_key');
    if (objectiveIds) select.whereIn('objective_id', objectiveIds);
    const found = new Map<string, EpisodeRecord[]>();
    for (const row of await select.orderBy('opened_at').orderBy('id')) {
      const episodes = found.get(row.objective_id) ?? [];
      found.set(row.objective_id, episodes);
      episodes.push(toRecord(row));
    }
    return found;
  }

  /** The newest first. */
  async list(
    objectiveId: string,
    page: { limit: number; offset: number },
  ): Promise<EpisodeRecord[]> {
    const rows: Row[] = await this.#knex<Row>('slo_episodes')
      .where({ objective_id: objectiveId })
      .orderBy('opened_at', 'desc')
      .orderBy('id')
      .limit(page.limit)
      .offset(page.offset);
    return rows.map(toRecord);
  }

  /** @returns false when another replica opened it already */
  async begin(tx: Knex.Transaction, it: EpisodeRecord): Promise<boolean> {
    const [added] = await tx('slo_episodes')
      .insert({
        id: it.id,
        objective_id: it.objectiveId,
        open_key: openKey(it),
        severity: it.severity,
        rule: it.rule,
        opened_at: it.openedAt,
        burnt_at: it.burntAt,
        closed_at: null,
        peak_burn: it.peakBurn,
        budget_left: it.budgetLeft,
        exhausts_at: it.exhaustsAt ?? null,
        told: it.told,
      })
      .onConflict('open_key')
      .ignore()
      .returning('id');
    return added !== undefined;
  }

  async burns(id: string, burntAt: string, peakBurn: number): Promise<void> {
    await this.#knex('slo_episodes')
      .where({ id })
      .whereNotNull('open_key')
      .update({ burnt_at: burntAt, peak_burn: peakBurn });
  }

  /** @returns false when another replica closed it already */
  async end(tx: Knex.Transaction, id: string, at: string): Promise<boolean> {
    const closed = await tx('slo_episodes')
      .where({ id })
      .whereNotNull('open_key')
      .update({ open_key: null, closed_at: at });
    return closed > 0;
  }

  /** Of an objective that was removed or set anew. */
  async endAll(
    tx: Knex.Transaction,
    objectiveId: string,
    at: string,
  ): Promise<void> {
    await tx('slo_episodes')
      .where({ objective_id: objectiveId })
      .whereNotNull('open_key')
      .update({ open_key: null, closed_at: at });
  }
}
