import { NotFoundError } from '@backstage/errors';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { modelRef, type Caller, type Model, type Models } from '../access';
import { encodeCursor } from '../database';
import {
  notFound,
  positionFrom,
  positionOf,
  type ContributionStore,
  type Sort,
} from './ContributionStore';
import type { Filter } from './filters';
import { undoUntil, type PresentContext } from './present';
import type { ContributionRow, Kind } from './records';

export interface PageQuery {
  entityRef?: string;
  sort?: Sort;
  cursor?: string;
  limit?: number;
}

const DEFAULT_LIMIT = 20;
/** Rows that are looked at for one page, when the caller may not see their models. */
const ROWS_AT_ONCE = 100;
const MOST_ROUNDS = 10;

/** Finds what a caller may see. */
export class ContributionReader {
  static create(options: {
    store: ContributionStore;
    models: Models;
    clock: Clock;
    undoMs: number;
  }): ContributionReader {
    return new ContributionReader(options);
  }

  readonly #options: Parameters<typeof ContributionReader.create>[0];

  private constructor(
    options: Parameters<typeof ContributionReader.create>[0],
  ) {
    this.#options = options;
  }

  /** What presenting these rows to the caller needs. */
  async context(
    caller: Caller,
    rows: ContributionRow[],
  ): Promise<PresentContext> {
    const { store, undoMs } = this.#options;
    const ids = rows.map(({ id }) => id);
    return {
      caller,
      undoMs,
      voted:
        caller.me === undefined
          ? new Set()
          : await store.votedFor(ids, caller.me),
    };
  }

  /** @throws NotFoundError unless the caller may see it and its model */
  async get(
    id: string,
    caller: Caller,
    kinds?: Kind[],
  ): Promise<{ row: ContributionRow; model: Model }> {
    const { store, models } = this.#options;
    const row = await store.get(id);
    if ((kinds && !kinds.includes(row.kind)) || !this.#sees(row, caller)) {
      throw notFound(id);
    }
    try {
      if (
        row.parent_id !== null &&
        (row.kind === 'reply' || row.kind === 'answer')
      ) {
        const { model } = await this.get(row.parent_id, caller);
        return { row, model };
      }
      return {
        row,
        model: await models.get(row.entity_ref, caller.credentials),
      };
    } catch (error) {
      if (error instanceof NotFoundError) throw notFound(id);
      throw error;
    }
  }

  /** One of the caller's own, whatever became of it; others as {@link ContributionReader.get}. */
  async getForAuthor(
    id: string,
    caller: Caller,
    kinds?: Kind[],
  ): Promise<ContributionRow> {
    const row = await this.#options.store.get(id);
    const isOwn =
      row.author === caller.me &&
      (!kinds || kinds.includes(row.kind)) &&
      this.isThereForAuthor(row);
    return isOwn ? row : (await this.get(id, caller, kinds)).row;
  }

  /** Withdrawn ones are, as long as that can be undone. */
  isThereForAuthor({ withdrawn_at: at }: ContributionRow): boolean {
    return at === null || this.#canUndo(at);
  }

  /** A page of what may be seen, of one model or of all. */
  async page(
    filter: Omit<Filter, 'entityRefs'>,
    query: PageQuery,
    caller: Caller,
  ): Promise<{ rows: ContributionRow[]; nextCursor?: string }> {
    const { store, models } = this.#options;
    const limit = Number(query.limit ?? DEFAULT_LIMIT);
    const sort = query.sort ?? 'newest';
    let after = positionFrom(query.cursor, sort);
    const cursorAt = (row: ContributionRow) =>
      encodeCursor(positionOf(row, sort));
    if (query.entityRef !== undefined) {
      const entityRef = modelRef(query.entityRef);
      await models.get(entityRef, caller.credentials);
      const rows = await store.list(
        { ...filter, entityRefs: [entityRef] },
        caller,
        { sort, after, limit: limit + 1 },
      );
      return {
        rows: rows.slice(0, limit),
        ...(rows.length > limit && { nextCursor: cursorAt(rows[limit - 1]) }),
      };
    }
    const found: ContributionRow[] = [];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const rows = await store.list(filter, caller, {
        sort,
        after,
        limit: ROWS_AT_ONCE,
      });
      const seen = await models.visible(
        rows.map(it => it.entity_ref),
        caller.credentials,
      );
      found.push(...rows.filter(it => seen.has(it.entity_ref)));
      if (found.length > limit) {
        return {
          rows: found.slice(0, limit),
          nextCursor: cursorAt(found[limit - 1]),
        };
      }
      if (rows.length < ROWS_AT_ONCE) return { rows: found };
      after = positionOf(rows[rows.length - 1], sort);
    }
    return {
      rows: found,
      ...(after && { nextCursor: encodeCursor(after) }),
    };
  }

  #sees(row: ContributionRow, caller: Caller): boolean {
    if (!caller.mayRead(row)) return false;
    const isOwn = row.author === caller.me;
    if (row.withdrawn_at !== null) {
      return isOwn && this.isThereForAuthor(row);
    }
    return row.hidden_at === null || isOwn || caller.mayModerate(row);
  }

  #canUndo(withdrawnAt: string): boolean {
    const { clock, undoMs } = this.#options;
    return undoUntil(withdrawnAt, undoMs) > clock.now().toISOString();
  }
}
