import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  decodeCursor,
  isDuplicate,
  writeWords,
  type Position,
} from '../database';
import { applyFilter, applySight, type Filter, type Sight } from './filters';
import {
  columnsOf,
  textOf,
  type Content,
  type ContributionRow,
  type Kind,
} from './records';

export type Sort = 'newest' | 'helpful' | 'highest' | 'lowest';

const sorts: Record<Sort, { column: string; order: 'asc' | 'desc' }> = {
  newest: { column: 'created_at', order: 'desc' },
  helpful: { column: 'helpful', order: 'desc' },
  highest: { column: 'overall', order: 'desc' },
  lowest: { column: 'overall', order: 'asc' },
};

/** The rows of contributions, their revisions and votes. */
export class ContributionStore {
  static create(options: { knex: Knex; clock: Clock }): ContributionStore {
    return new ContributionStore(options.knex, options.clock);
  }

  readonly #knex: Knex;
  readonly #clock: Clock;

  private constructor(knex: Knex, clock: Clock) {
    this.#knex = knex;
    this.#clock = clock;
  }

  /** @throws ConflictError with `taken` where there may be only one */
  async insert(
    tx: Knex.Transaction,
    fields: {
      kind: Kind;
      entityRef: string;
      author: string;
      content: Content;
      parentId?: string;
      modelVersion?: string;
      verified?: boolean;
      ownerRef?: string;
    },
    taken: string,
  ): Promise<string> {
    const id = randomUUID();
    const { kind, content } = fields;
    const at = this.#now();
    try {
      const [{ pk }] = await tx('contributions')
        .insert({
          id,
          kind,
          entity_ref: fields.entityRef,
          author: fields.author,
          parent_id: fields.parentId ?? null,
          model_version: fields.modelVersion ?? null,
          verified: fields.verified ?? false,
          owner_ref: fields.ownerRef ?? null,
          revision: 1,
          created_at: at,
          ...columnsOf(kind, content),
        })
        .returning('pk');
      await this.#keepRevision(tx, id, 1, at, content);
      await writeWords(tx, pk, textOf(content));
    } catch (error) {
      if (isDuplicate(error)) throw new ConflictError(taken);
      throw error;
    }
    return id;
  }

  /** @throws ConflictError when it is no longer at that revision */
  async rewrite(
    tx: Knex.Transaction,
    row: ContributionRow,
    revision: number,
    content: Content,
    also: { verified?: boolean; owner_ref?: string } = {},
  ): Promise<void> {
    const at = this.#now();
    const changed = await tx('contributions')
      .where({ id: row.id, revision })
      .whereNull('withdrawn_at')
      .update({
        ...columnsOf(row.kind, content),
        ...also,
        revision: revision + 1,
        edited_at: at,
      });
    if (changed === 0) {
      throw new ConflictError(
        `This was changed in the meantime: it is no longer at revision ${revision}. Load it again, and change what it says now.`,
      );
    }
    await this.#keepRevision(tx, row.id, revision + 1, at, content);
    await writeWords(tx, row.pk, textOf(content));
  }

  async byIds(ids: string[], knex: Knex = this.#knex) {
    const rows: ContributionRow[] = await knex<ContributionRow>(
      'contributions',
    ).whereIn('id', ids);
    return rows;
  }

  /** @throws NotFoundError */
  async get(id: string, knex: Knex = this.#knex): Promise<ContributionRow> {
    const [row] = await this.byIds([id], knex);
    if (!row) throw notFound(id);
    return row;
  }

  /** Rows after a position, one page of them. */
  async list(
    filter: Filter,
    sight: Sight,
    page: { sort: Sort; after?: Position; limit: number },
  ): Promise<ContributionRow[]> {
    const { column, order } = sorts[page.sort];
    const builder = this.#knex<ContributionRow>('contributions')
      .whereIn('kind', filter.kinds)
      .orderBy([
        { column, order },
        { column: 'pk', order },
      ])
      .limit(page.limit);
    applySight(builder, sight);
    applyFilter(builder, this.#knex, filter);
    const { after } = page;
    if (after) {
      const sign = order === 'desc' ? '<' : '>';
      builder.where(nested =>
        nested
          .where(column, sign, after.value)
          .orWhere(same =>
            same.where(column, after.value).where('pk', sign, after.pk),
          ),
      );
    }
    return builder;
  }

  /** How many readable ones of a kind belong to each of these. */
  async countByParent(
    parentIds: string[],
    kind: Kind,
    sight: Sight,
  ): Promise<Map<string, number>> {
    const builder = this.#knex('contributions')
      .whereIn('parent_id', parentIds)
      .where({ kind })
      .groupBy('parent_id')
      .select('parent_id')
      .count({ n: '*' });
    applySight(builder, sight);
    const rows = (await builder) as unknown as Array<{
      parent_id: string;
      n: number | string;
    }>;
    return new Map(rows.map(({ parent_id, n }) => [parent_id, Number(n)]));
  }

  /** All that somebody wrote about a model, the newest first. */
  async ownReviews(author: string, entityRef: string) {
    const rows: ContributionRow[] = await this.#knex<ContributionRow>(
      'contributions',
    )
      .where({ kind: 'review', author, entity_ref: entityRef })
      .orderBy('pk', 'desc')
      .limit(100);
    return rows;
  }

  async verify(tx: Knex.Transaction, ids: string[]): Promise<void> {
    await tx('contributions').whereIn('id', ids).update({ verified: true });
  }

  async revisions(
    id: string,
  ): Promise<Array<{ revision: number; at: string; content: string }>> {
    return this.#knex('contribution_revisions')
      .where({ contribution_id: id })
      .orderBy('revision', 'desc')
      .select('revision', 'at', 'content');
  }

  async withdraw(tx: Knex.Transaction, id: string): Promise<string> {
    const at = this.#now();
    await tx('contributions')
      .where({ id })
      .whereNull('withdrawn_at')
      .update({ withdrawn_at: at });
    // A question does not keep an answer that is gone.
    await tx('contributions')
      .where({ accepted_id: id })
      .update({ accepted_id: null });
    return at;
  }

  /** @throws ConflictError when another one has taken its place */
  async undoWithdrawal(tx: Knex.Transaction, id: string): Promise<void> {
    try {
      await tx('contributions').where({ id }).update({ withdrawn_at: null });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new ConflictError(
        'You wrote another one since. Withdraw that first, or copy what you need from here.',
      );
    }
  }

  /** Removes what was withdrawn before, with all that belongs to it. */
  async purge(before: string): Promise<number> {
    const rows = await this.#knex<ContributionRow>('contributions')
      .where('withdrawn_at', '<', before)
      .orderBy('pk')
      .limit(500);
    for (const { pk, id } of rows) {
      await this.#knex.transaction(tx => this.remove(tx, pk, id));
    }
    return rows.length;
  }

  async remove(tx: Knex.Transaction, pk: number, id: string): Promise<void> {
    const subject = { contribution_id: id };
    await tx('helpful_votes').where(subject).delete();
    await tx('contribution_reports').where(subject).delete();
    await tx('contribution_revisions').where(subject).delete();
    // What answered it says nothing without it; a tip stands alone.
    const children: ContributionRow[] = await tx<ContributionRow>(
      'contributions',
    )
      .where({ parent_id: id })
      .whereIn('kind', ['reply', 'answer']);
    for (const child of children) await this.remove(tx, child.pk, child.id);
    await tx('contributions')
      .where({ parent_id: id })
      .update({ parent_id: null });
    await writeWords(tx, pk, '');
    await tx('contributions').where({ id }).delete();
  }

  /** Ids among these that a person voted for. */
  async votedFor(ids: string[], person: string): Promise<Set<string>> {
    const found: string[] = await this.#knex('helpful_votes')
      .where({ person })
      .whereIn('contribution_id', ids)
      .pluck('contribution_id');
    return new Set(found);
  }

  /** @returns how many votes there are */
  async vote(
    tx: Knex.Transaction,
    id: string,
    person: string,
    helps: boolean,
  ): Promise<number> {
    // Locks the row, so that votes are counted one after another.
    await tx('contributions').where({ id }).update({ id });
    const vote = { contribution_id: id, person };
    if (helps) {
      await tx('helpful_votes')
        .insert({ ...vote, at: this.#now() })
        .onConflict(['contribution_id', 'person'])
        .ignore();
    } else {
      await tx('helpful_votes').where(vote).delete();
    }
    const [{ n }] = (await tx('helpful_votes')
      .where({ contribution_id: id })
      .count({ n: '*' })) as Array<{ n: number | string }>;
    await tx('contributions')
      .where({ id })
      .update({ helpful: Number(n) });
    return Number(n);
  }

  async #keepRevision(
    tx: Knex.Transaction,
    id: string,
    revision: number,
    at: string,
    content: Content,
  ): Promise<void> {
    await tx('contribution_revisions').insert({
      contribution_id: id,
      revision,
      at,
      content: JSON.stringify(content),
    });
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }
}

export function notFound(id: string): NotFoundError {
  return new NotFoundError(
    `There is no contribution ${id}, or you may not see it. It may have been withdrawn.`,
  );
}

/** The value that a row is sorted by. */
export function positionOf(row: ContributionRow, sort: Sort): Position {
  const value = row[sorts[sort].column as 'created_at' | 'helpful' | 'overall'];
  return { sort, value: value ?? 0, pk: row.pk };
}

export function positionFrom(cursor: string | undefined, sort: Sort) {
  return decodeCursor(cursor, sort);
}
