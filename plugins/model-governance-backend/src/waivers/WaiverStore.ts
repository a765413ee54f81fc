import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import { InputError } from '@backstage/errors';
import type { Tier } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { applyPermission } from '../approvals/filters';
import type { ApprovalFilter } from '../permissions';
import {
  ENDING_DAYS,
  overStates,
  type WaiverEnd,
  type WaiverState,
} from './waiverState';

const DAY_MS = 24 * 3600_000;
const PAGE = 50;

/** A waiver as it was given. */
export interface WaiverRecord {
  id: string;
  approvalId: string;
  gateId: string;
  by: string;
  reason: string;
  at: Date;
  until: Date;
  endedAt?: Date;
  endedBy?: string;
  endReason?: string;
  endedHow?: WaiverEnd;
  told?: number;
}

export type WaiverOrder = 'ends-first' | 'oldest' | 'newest';

export interface WaiverQuery {
  state?: WaiverState[];
  gate?: string;
  tier?: Tier;
  entityRef?: string;
  approval?: string;
  by?: string;
  order?: WaiverOrder;
  cursor?: string;
  limit?: number;
}

interface Row {
  id: string;
  approval_id: string;
  gate_id: string;
  given_by: string;
  reason: string;
  given_at: number | string;
  until: number | string;
  ended_at: number | string | null;
  ended_by: string | null;
  end_reason: string | null;
  ended_how: WaiverEnd | null;
  told: number | null;
}

const orders = {
  'ends-first': { column: 'w.until', field: 'until', direction: 'asc' },
  oldest: { column: 'w.given_at', field: 'given_at', direction: 'asc' },
  newest: { column: 'w.given_at', field: 'given_at', direction: 'desc' },
} as const;

/** Who may see which approvals; undefined criteria for all of them. */
export interface Readable {
  criteria?: PermissionCriteria<ApprovalFilter>;
}

/** Every waiver that was given, with the approvals that they are of. */
export class WaiverStore {
  static create(options: { knex: Knex }): WaiverStore {
    return new WaiverStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(
    query: WaiverQuery,
    readable: Readable,
    now: Date,
  ): Promise<{
    items: WaiverRecord[];
    totalItems: number;
    nextCursor?: string;
  }> {
    const { order = 'ends-first', limit = PAGE } = query;
    const { column, field, direction } = orders[order];
    const filtered = () => {
      const builder = this.#all(readable);
      this.#filter(builder, query, now);
      return builder;
    };
    const page = filtered()
      .select('w.*')
      .orderBy([
        { column, order: direction },
        { column: 'w.id', order: direction },
      ])
      .limit(limit + 1);
    if (query.cursor) {
      const [at, id] = decode(order, query.cursor);
      const sign = direction === 'asc' ? '>' : '<';
      page.where(after =>
        after
          .where(column, sign, at)
          .orWhere(same => same.where(column, at).where('w.id', sign, id)),
      );
    }
    const rows: Row[] = await page;
    const total = await filtered().count({ n: '*' }).first();
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(recordOf),
      totalItems: Number(total?.n ?? 0),
      nextCursor:
        rows.length > limit && last
          ? encode(order, Number(last[field]), last.id)
          : undefined,
    };
  }

  async counts(
    readable: Readable,
    now: Date,
  ): Promise<Record<WaiverState, number>> {
    const count = async (state: WaiverState) => {
      const builder = this.#all(readable);
      this.#filter(builder, { state: [state] }, now);
      const row = await builder.count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    };
    const [active, ending, ended] = await Promise.all([
      count('active'),
      count('ending'),
      count('ended'),
    ]);
    return { active, ending, ended };
  }

  /** Waivers whose end is near or was just reached, of approvals that are not over. */
  async nearEnd(now: Date): Promise<WaiverRecord[]> {
    const rows: Row[] = await this.#all({})
      .select('w.*')
      .whereNull('w.ended_at')
      .where('w.until', '<=', now.getTime() + ENDING_DAYS * DAY_MS)
      .where(told => told.whereNull('w.told').orWhere('w.told', '>', 0))
      .whereNotIn('approvals.state', overStates)
      .orderBy('w.until')
      .limit(500);
    return rows.map(recordOf);
  }

  /** False when another replica told people of this stage already. */
  async markTold(
    tx: Knex.Transaction,
    { id, told }: WaiverRecord,
    stage: number,
  ): Promise<boolean> {
    const marked = await tx('gate_waivers')
      .where({ id, told: told ?? null })
      .update({ told: stage });
    return marked === 1;
  }

  /** The same for an exception of the policies, by its key. */
  async exceptionTold(key: string): Promise<number | undefined> {
    const row = await this.#knex('policy_exception_reminders')
      .where({ exception: key })
      .first('told');
    return row?.told;
  }

  async markExceptionTold(
    tx: Knex.Transaction,
    key: string,
    stage: number,
    now: Date,
  ): Promise<boolean> {
    const row = { told: stage, at: now.getTime() };
    const raised = await tx('policy_exception_reminders')
      .where({ exception: key })
      .where('told', '>', stage)
      .update(row);
    if (raised === 1) return true;
    const known = await tx('policy_exception_reminders')
      .where({ exception: key })
      .first('told');
    if (known) return false;
    await tx('policy_exception_reminders')
      .insert({ exception: key, ...row })
      .onConflict('exception')
      .ignore();
    return true;
  }

  #all({ criteria }: Readable): Knex.QueryBuilder {
    const builder = this.#knex({ w: 'gate_waivers' }).join(
      'approvals',
      'approvals.id',
      'w.approval_id',
    );
    if (criteria) builder.andWhere(part => applyPermission(part, criteria));
    return builder;
  }

  #filter(builder: Knex.QueryBuilder, query: WaiverQuery, now: Date): void {
    const at = now.getTime();
    const soon = at + ENDING_DAYS * DAY_MS;
    const counting = (part: Knex.QueryBuilder) =>
      part
        .whereNull('w.ended_at')
        .where('w.until', '>', at)
        .whereNotIn('approvals.state', overStates);
    const parts: Record<WaiverState, (p: Knex.QueryBuilder) => void> = {
      active: part => counting(part).where('w.until', '>', soon),
      ending: part => counting(part).where('w.until', '<=', soon),
      ended: part =>
        part
          .whereNotNull('w.ended_at')
          .orWhere('w.until', '<=', at)
          .orWhereIn('approvals.state', overStates),
    };
    const { state, gate, tier, entityRef, approval, by } = query;
    if (state) {
      builder.where(any => {
        for (const one of state) any.orWhere(part => parts[one](part));
      });
    }
    if (gate) builder.where('w.gate_id', gate);
    if (tier) builder.where('approvals.tier', tier);
    if (entityRef) builder.where('approvals.entity_ref', entityRef);
    if (approval) builder.where('approvals.id', approval);
    if (by) builder.where('w.given_by', by);
  }
}

function recordOf(row: Row): WaiverRecord {
  const date = (ms: number | string) => new Date(Number(ms));
  return {
    id: row.id,
    approvalId: row.approval_id,
    gateId: row.gate_id,
    by: row.given_by,
    reason: row.reason,
    at: date(row.given_at),
    until: date(row.until),
    endedAt: row.ended_at === null ? undefined : date(row.ended_at),
    endedBy: row.ended_by ?? undefined,
    endReason: row.end_reason ?? undefined,
    endedHow: row.ended_how ?? undefined,
    told: row.told ?? undefined,
  };
}

function encode(order: WaiverOrder, at: number, id: string): string {
  return Buffer.from(JSON.stringify([order, at, id])).toString('base64url');
}

function decode(order: WaiverOrder, cursor: string): [number, string] {
  try {
    const [from, at, id] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (from === order && typeof at === 'number' && typeof id === 'string') {
      return [at, id];
    }
  } catch {
    // Falls through to the message below.
  }
  throw new InputError(
    'This cursor belongs to another list. Start again without a cursor.',
  );
}
