import { ConflictError } from '@backstage/errors';
import type {
  EndpointEvent,
  EndpointState,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { recordOf, type EndpointRecord, type EndpointRow } from './records';
import { HOLDING, LAST } from './states';

/** Something that happened to an endpoint. */
export interface NewEvent {
  at: string;
  level: EndpointEvent['level'];
  type: string;
  message: string;
  by?: string;
}

/** Who sees what in a list. */
export interface EndpointFilter {
  /** Only those of these owners or teams; all without. */
  seenBy?: { owner: string; teams: string[] };
  owner?: string;
  team?: string;
  entityRef?: string;
  states?: EndpointState[];
}

export type RowChanges = Partial<Omit<EndpointRow, 'pk' | 'id' | 'revision'>>;

const EVENTS_AT_MOST = 500;

/** Endpoints and what happened to them. */
export class EndpointStore {
  static create(options: { knex: Knex }): EndpointStore {
    return new EndpointStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(
    tx: Knex.Transaction,
    row: Omit<EndpointRow, 'pk'>,
  ): Promise<EndpointRecord> {
    const [added] = await tx<EndpointRow>('endpoints')
      .insert(row)
      .returning('*');
    return recordOf(added);
  }

  async get(id: string, db: Knex = this.#knex) {
    const row = await db<EndpointRow>('endpoints').where({ id }).first();
    return row && recordOf(row);
  }

  /**
   * @throws ConflictError when somebody changed it in the meantime
   */
  async change(
    tx: Knex.Transaction,
    { id, revision }: Pick<EndpointRecord, 'id' | 'revision'>,
    changes: RowChanges,
  ): Promise<EndpointRecord> {
    const [row] = await tx<EndpointRow>('endpoints')
      .where({ id, revision })
      .update({ ...changes, revision: revision + 1 })
      .returning('*');
    if (!row) {
      throw new ConflictError(
        'The endpoint changed at the same moment. Look at it again.',
      );
    }
    return recordOf(row);
  }

  async note(
    tx: Knex.Transaction,
    { id, state }: Pick<EndpointRecord, 'id' | 'state'>,
    event: NewEvent,
  ): Promise<void> {
    await tx('endpoint_events').insert({ endpoint_id: id, state, ...event });
  }

  async events(id: string): Promise<EndpointEvent[]> {
    const rows = await this.#knex('endpoint_events')
      .where({ endpoint_id: id })
      .orderBy('pk', 'desc')
      .limit(EVENTS_AT_MOST);
    return rows.reverse().map(({ at, level, type, message, by, state }) => ({
      at,
      source: 'hub',
      level,
      type,
      message,
      state,
      ...(by !== null && { by }),
    }));
  }

  /** Newest first. */
  async list(
    filter: EndpointFilter,
    page: { before?: number; limit: number },
  ): Promise<EndpointRecord[]> {
    const { seenBy, owner, team, entityRef, states } = filter;
    const query = this.#knex<EndpointRow>('endpoints')
      .orderBy('pk', 'desc')
      .limit(page.limit);
    if (seenBy) {
      query.where(or =>
        or.where('owner', seenBy.owner).orWhereIn('team', seenBy.teams),
      );
    }
    if (owner !== undefined) query.where({ owner });
    if (team !== undefined) query.where({ team });
    if (entityRef !== undefined) query.where({ entity_ref: entityRef });
    if (states !== undefined) query.whereIn('state', states);
    if (page.before !== undefined) query.where('pk', '<', page.before);
    return (await query).map(recordOf);
  }

  /** How many a team began since a time of the hub; those that the checks refused do not count. */
  async begunSince(team: string, since: number, db: Knex = this.#knex) {
    const [{ n }] = await db('endpoints')
      .where({ team })
      .whereNot('state', 'refused')
      .where('created_ms', '>', since)
      .count({ n: '*' });
    return Number(n);
  }

  /** Ids among these that something may be held for. */
  async held(ids: string[]): Promise<Set<string>> {
    const rows = await this.#knex('endpoints')
      .whereIn('state', HOLDING)
      .whereIn('id', ids)
      .pluck('id');
    return new Set(rows);
  }

  /** Endpoints and GPUs that are held at an engine. */
  async heldAt(engine: string): Promise<{ endpoints: number; gpus: number }> {
    const [{ n, gpus }] = await this.#knex('endpoints')
      .where({ engine })
      .whereIn('state', HOLDING)
      .count({ n: '*' })
      .sum({ gpus: 'gpus' });
    return { endpoints: Number(n), gpus: Number(gpus ?? 0) };
  }

  /** Forgets what ended before a time of the hub. */
  async prune(before: number): Promise<void> {
    const ids: string[] = await this.#knex('endpoints')
      .whereIn('state', LAST)
      .whereNull('due_ms')
      .where('ended_ms', '<', before)
      .limit(500)
      .pluck('id');
    if (ids.length === 0) return;
    await this.#knex.transaction(async tx => {
      await tx('endpoint_events').whereIn('endpoint_id', ids).delete();
      await tx('endpoints').whereIn('id', ids).delete();
    });
  }
}
