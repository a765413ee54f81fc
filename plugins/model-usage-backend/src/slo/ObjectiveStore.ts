import type {
  ObjectiveKind,
  ObjectivePlane,
  ObjectiveState,
} from '@modelhub/backstage-plugin-models-common';
import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import {
  BY_DEFAULT,
  type Aim,
  type ChangeRecord,
  type ObjectiveRecord,
  type Terms,
} from './types';

interface Row {
  id: string;
  live_key: string | null;
  plane: string;
  kind: string;
  model: string;
  model_version: string;
  target_ppm: number;
  limit_ms: number;
  window_days: number;
  notify: string;
  default_of: string | null;
  version: number;
  updated_by: string;
  updated_at: string;
  removed_at: string | null;
  state: string;
  budget_left: number | null;
  looked_at: string | null;
}

interface ChangeRow {
  pk: number;
  objective_id: string;
  at: string;
  by: string;
  action: string;
  reason: string | null;
  before: string | null;
  after: string | null;
}

/** What needs somebody comes first. */
const URGENCY: ObjectiveState[] = [
  'burning',
  'missed',
  'at-risk',
  'kept',
  'no-events',
];

/** One objective of a kind for a model, a version and a limit. */
const liveKey = (it: Aim & Pick<Terms, 'limitMs'>) =>
  createHash('sha256')
    .update([it.kind, it.model, it.modelVersion, it.limitMs].join('\n'))
    .digest('hex');

const toRow = (it: ObjectiveRecord): Row => ({
  id: it.id,
  live_key: liveKey(it),
  plane: it.plane,
  kind: it.kind,
  model: it.model,
  model_version: it.modelVersion,
  target_ppm: it.targetPpm,
  limit_ms: it.limitMs,
  window_days: it.windowDays,
  notify: JSON.stringify(it.notify),
  default_of: it.defaultOf ?? null,
  version: it.version,
  updated_by: it.updatedBy,
  updated_at: it.updatedAt,
  removed_at: null,
  state: it.state,
  budget_left: it.budgetLeft ?? null,
  looked_at: null,
});

const toRecord = (row: Row): ObjectiveRecord => ({
  id: row.id,
  plane: row.plane as ObjectivePlane,
  kind: row.kind as ObjectiveKind,
  model: row.model,
  modelVersion: row.model_version,
  targetPpm: row.target_ppm,
  limitMs: row.limit_ms,
  windowDays: row.window_days,
  notify: JSON.parse(row.notify),
  ...(row.default_of !== null && { defaultOf: row.default_of }),
  version: row.version,
  updatedBy: row.updated_by,
  updatedAt: row.updated_at,
  state: row.state as ObjectiveState,
  ...(row.budget_left !== null && { budgetLeft: row.budget_left }),
});

const termsOf = (it: Terms): Terms => ({
  targetPpm: it.targetPpm,
  limitMs: it.limitMs,
  windowDays: it.windowDays,
  notify: it.notify,
});

const parsed = (text: string | null) =>
  text === null ? undefined : (JSON.parse(text) as Terms);

/** What a look found of an objective. */
interface Look {
  id: string;
  state: ObjectiveState;
  budgetLeft?: number;
}

/** Objectives and who changed them. */
export class ObjectiveStore {
  static create(options: { knex: Knex }): ObjectiveStore {
    return new ObjectiveStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async all(): Promise<ObjectiveRecord[]> {
    return (await this.#live().orderBy('id')).map(toRecord);
  }

  async get(
    id: string,
    db: Knex = this.#knex,
  ): Promise<ObjectiveRecord | undefined> {
    const row = await this.#live(db).where({ id }).first();
    return row && toRecord(row);
  }

  /** Also one that was removed. */
  async aimOf(id: string): Promise<Aim | undefined> {
    const row = await this.#knex<Row>('slo_objectives').where({ id }).first();
    return row && toRecord(row);
  }

  /** Gateway ids that objectives are about. */
  async models(): Promise<string[]> {
    const rows = await this.#live().where({ plane: 'data' }).distinct('model');
    return rows.map(({ model }) => model);
  }

  /** @param query - without `models`, those of all */
  async list(query: {
    plane?: ObjectivePlane;
    models?: string[];
    state?: ObjectiveState;
    limit: number;
    offset: number;
  }): Promise<ObjectiveRecord[]> {
    const select = this.#live();
    if (query.plane) select.where({ plane: query.plane });
    if (query.state) select.where({ state: query.state });
    const { models } = query;
    if (models) {
      select.where(seen => {
        seen.where({ plane: 'control' });
        if (models.length === 0) return;
        if (isPostgres(this.#knex)) {
          seen.orWhereRaw('model = ANY(?::text[])', [models]);
        } else {
          seen.orWhereRaw('model IN (SELECT value FROM json_each(?))', [
            JSON.stringify(models),
          ]);
        }
      });
    }
    const urgency = URGENCY.map((_, n) => `WHEN ? THEN ${n}`).join(' ');
    const rows = await select
      .orderByRaw(`CASE state ${urgency} ELSE ${URGENCY.length} END`, URGENCY)
      .orderByRaw('coalesce(budget_left, 2)')
      .orderBy('id')
      .limit(query.limit)
      .offset(query.offset);
    return rows.map(toRecord);
  }

  /** @returns whether there was none like it yet */
  async insert(
    tx: Knex.Transaction,
    it: ObjectiveRecord,
    change: Pick<ChangeRecord, 'by' | 'reason'>,
  ): Promise<boolean> {
    const [added] = await tx('slo_objectives')
      .insert(toRow(it))
      .onConflict('live_key')
      .ignore()
      .returning('id');
    if (!added) return false;
    await this.#note(tx, {
      ...change,
      objectiveId: it.id,
      at: it.updatedAt,
      action: 'set',
      after: termsOf(it),
    });
    return true;
  }

  /** @returns false when somebody else was faster */
  async update(
    tx: Knex.Transaction,
    before: ObjectiveRecord,
    after: ObjectiveRecord,
    reason?: string,
  ): Promise<boolean> {
    const { state, budget_left, looked_at, ...row } = toRow(after);
    const changed = await tx('slo_objectives')
      .where({ id: before.id, version: before.version })
      .whereNotNull('live_key')
      .update(row);
    if (changed === 0) return false;
    await this.#note(tx, {
      objectiveId: after.id,
      at: after.updatedAt,
      by: after.updatedBy,
      action: 'changed',
      reason,
      before: termsOf(before),
      after: termsOf(after),
    });
    return true;
  }

  /** Whether there is another one of the same kind, model, version and limit. */
  async isTaken(tx: Knex, it: ObjectiveRecord): Promise<boolean> {
    const other = await tx('slo_objectives')
      .where({ live_key: liveKey(it) })
      .whereNot({ id: it.id })
      .first('id');
    return other !== undefined;
  }

  /** @returns false when somebody else was faster */
  async remove(
    tx: Knex.Transaction,
    before: ObjectiveRecord,
    change: Pick<ChangeRecord, 'at' | 'by' | 'reason'>,
  ): Promise<boolean> {
    const removed = await tx('slo_objectives')
      .where({ id: before.id, version: before.version })
      .whereNotNull('live_key')
      .update({
        live_key: null,
        removed_at: change.at,
        updated_by: change.by,
        version: before.version + 1,
      });
    if (removed === 0) return false;
    await this.#note(tx, {
      ...change,
      objectiveId: before.id,
      action: 'removed',
      before: termsOf(before),
    });
    return true;
  }

  /**
   * Objectives of all versions, with those that somebody removed: no default
   * comes in their place.
   */
  async taken(): Promise<Array<ObjectiveRecord & { removed: boolean }>> {
    const rows = await this.#knex<Row>('slo_objectives')
      .where({ model_version: '' })
      .where(it =>
        it.whereNotNull('live_key').orWhereNot({ updated_by: BY_DEFAULT }),
      );
    return rows.map(row => ({
      ...toRecord(row),
      removed: row.live_key === null,
    }));
  }

  async changes(
    objectiveId: string,
    page: { limit: number; offset: number },
  ): Promise<ChangeRecord[]> {
    const rows: ChangeRow[] = await this.#knex<ChangeRow>('slo_changes')
      .where({ objective_id: objectiveId })
      .orderBy('pk', 'desc')
      .limit(page.limit)
      .offset(page.offset);
    return rows.map(row => ({
      objectiveId: row.objective_id,
      at: row.at,
      by: row.by,
      action: row.action as ChangeRecord['action'],
      ...(row.reason !== null && { reason: row.reason }),
      before: parsed(row.before),
      after: parsed(row.after),
    }));
  }

  /** What looks found, for lists: of all objectives with one statement. */
  async found(looks: Look[], at: string): Promise<void> {
    if (looks.length === 0) return;
    const knex = this.#knex;
    const given = isPostgres(knex)
      ? 'json_to_recordset(?::json) AS f(id text, state text, left_ double precision)'
      : `(SELECT value ->> 'id' AS id, value ->> 'state' AS state, value ->> 'left_' AS left_ FROM json_each(?)) AS f`;
    await knex.raw(
      `UPDATE slo_objectives SET state = f.state, budget_left = f.left_, looked_at = ?
       FROM ${given} WHERE slo_objectives.id = f.id`,
      [
        at,
        JSON.stringify(
          looks.map(({ id, state, budgetLeft }) => ({
            id,
            state,
            left_: budgetLeft,
          })),
        ),
      ],
    );
  }

  #live(db: Knex = this.#knex) {
    return db<Row>('slo_objectives').whereNotNull('live_key');
  }

  async #note(tx: Knex.Transaction, it: ChangeRecord): Promise<void> {
    const json = (terms: Terms | undefined) =>
      terms ? JSON.stringify(terms) : null;
    await tx('slo_changes').insert({
      objective_id: it.objectiveId,
      at: it.at,
      by: it.by,
      action: it.action,
      reason: it.reason ?? null,
      before: json(it.before),
      after: json(it.after),
    });
  }
}
