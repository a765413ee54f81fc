import { InputError } from '@backstage/errors';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { AskState } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type { AskFilter } from './askRules';
import { fromAsk, toAsk, type AskRecord, type AskRow } from './records';

export interface AskQuery {
  states?: AskState[];
  /** Only of these profiles; of all, without. */
  profiles?: string[];
  criteria?: PermissionCriteria<AskFilter>;
  cursor?: string;
  limit: number;
}

export interface AskChange {
  state: Exclude<AskState, 'waiting'>;
  decidedAt: string;
  decidedBy?: string;
  until?: string;
  reason?: string;
}

const columns = {
  profile: 'profile',
  model: 'model',
  keyOwner: 'key_owner',
} as const;

function applyCriteria(
  builder: Knex.QueryBuilder,
  criteria: PermissionCriteria<AskFilter>,
): void {
  if (isAndCriteria(criteria)) {
    for (const part of criteria.allOf) {
      builder.andWhere(nested => applyCriteria(nested, part));
    }
  } else if (isOrCriteria(criteria)) {
    for (const part of criteria.anyOf) {
      builder.orWhere(nested => applyCriteria(nested, part));
    }
  } else if (isNotCriteria(criteria)) {
    builder.whereNot(nested => applyCriteria(nested, criteria.not));
  } else {
    builder.whereIn(columns[criteria.property], criteria.values);
  }
}

/** Rows of questions. Inside a transaction pass it. */
export class AskStore {
  static create(options: { knex: Knex }): AskStore {
    return new AskStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** False when there is one with this id. */
  async add(tx: Knex, ask: AskRecord): Promise<boolean> {
    const added = await tx('asks')
      .insert(fromAsk(ask))
      .onConflict('id')
      .ignore()
      .returning('id');
    return added.length > 0;
  }

  async get(id: string, tx: Knex = this.#knex): Promise<AskRecord | undefined> {
    const row = await tx<AskRow>('asks').where({ id }).first();
    return row && toAsk(row);
  }

  async byIds(ids: string[]): Promise<AskRecord[]> {
    const rows: AskRow[] = await this.#knex<AskRow>('asks').whereIn('id', ids);
    return rows.map(toAsk);
  }

  /** False when it waits no longer, or its time is over where that matters. */
  async settle(
    tx: Knex,
    id: string,
    change: AskChange,
    options: { onlyBefore?: string } = {},
  ): Promise<boolean> {
    const query = tx('asks').where({ id, state: 'waiting' });
    if (options.onlyBefore) query.where('expires_at', '>', options.onlyBefore);
    const changed = await query.update({
      state: change.state,
      decided_at: change.decidedAt,
      decided_by: change.decidedBy ?? null,
      until: change.until ?? null,
      reason: change.reason ?? null,
    });
    return changed > 0;
  }

  /** Those of one key that wait. */
  async countWaiting(tx: Knex, keyId: string, now: string): Promise<number> {
    const [{ n }] = await tx('asks')
      .where({ key_id: keyId, state: 'waiting' })
      .where('expires_at', '>', now)
      .count({ n: '*' });
    return Number(n);
  }

  /** Decisions that still hold in a trace, newest first. */
  async decidedInTrace(
    tx: Knex,
    scope: { keyId: string; trace: string },
    now: string,
  ): Promise<AskRecord[]> {
    const rows: AskRow[] = await tx<AskRow>('asks')
      .where({ key_id: scope.keyId, trace: scope.trace })
      .whereIn('state', ['allowed', 'denied'])
      .where('until', '>', now)
      .orderBy('decided_at', 'desc');
    return rows.map(toAsk);
  }

  /** Those whose time is over, oldest first. */
  async overdue(now: string, limit: number): Promise<AskRecord[]> {
    const rows: AskRow[] = await this.#knex<AskRow>('asks')
      .where({ state: 'waiting' })
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(limit);
    return rows.map(toAsk);
  }

  async prune(before: string): Promise<void> {
    await this.#knex('asks')
      .whereNot({ state: 'waiting' })
      .where('created_at', '<', before)
      .delete();
  }

  async list(
    query: AskQuery,
  ): Promise<{ items: AskRecord[]; nextCursor?: string; totalItems: number }> {
    const matching = () => {
      const builder = this.#knex('asks');
      if (query.states) builder.whereIn('state', query.states);
      if (query.profiles) builder.whereIn('profile', query.profiles);
      const { criteria } = query;
      if (criteria) builder.where(nested => applyCriteria(nested, criteria));
      return builder;
    };
    const page = matching()
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(query.limit + 1);
    if (query.cursor) {
      const [createdAt, id] = decodeCursor(query.cursor);
      page.where(older =>
        older
          .where('created_at', '<', createdAt)
          .orWhere(same =>
            same.where('created_at', createdAt).where('id', '<', id),
          ),
      );
    }
    const [rows, [{ n }]]: [AskRow[], Array<{ n: unknown }>] =
      await Promise.all([
        page.select('*') as Promise<AskRow[]>,
        matching().count({ n: '*' }) as Promise<Array<{ n: unknown }>>,
      ]);
    const items = rows.slice(0, query.limit).map(toAsk);
    const last = rows.length > query.limit ? items.at(-1) : undefined;
    return {
      items,
      totalItems: Number(n),
      ...(last && {
        nextCursor: Buffer.from(
          JSON.stringify([last.createdAt, last.id]),
        ).toString('base64url'),
      }),
    };
  }
}

function decodeCursor(cursor: string): [string, string] {
  try {
    const [createdAt, id] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    if (typeof createdAt === 'string' && typeof id === 'string') {
      return [createdAt, id];
    }
  } catch {
    // Said below.
  }
  throw new InputError('cursor is not one of this list. Start without it.');
}
