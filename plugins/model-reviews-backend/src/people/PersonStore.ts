import type { Knex } from 'knex';
import {
  applySight,
  type ContributionRow,
  type ContributionStore,
  type Kind,
  type Sight,
} from '../contributions';

export interface ContributionCount {
  entityRef: string;
  kind: Kind;
  count: number;
  accepted: number;
  helpful: number;
}

type Numbers = Record<'count' | 'accepted' | 'helpful', number | string | null>;

/** Rows by the person that they are about. */
export class PersonStore {
  static create(options: {
    knex: Knex;
    contributions: ContributionStore;
  }): PersonStore {
    return new PersonStore(options);
  }

  readonly #knex: Knex;
  readonly #contributions: ContributionStore;

  private constructor(options: Parameters<typeof PersonStore.create>[0]) {
    this.#knex = options.knex;
    this.#contributions = options.contributions;
  }

  /** What somebody wrote and a caller may see, by model and kind. */
  async contributions(
    author: string,
    sight: Sight,
  ): Promise<ContributionCount[]> {
    const written = this.#knex('contributions').where({ author });
    applySight(written, sight);
    const rows = (await this.#knex
      .from(written.as('written'))
      .leftJoin(
        this.#knex('contributions')
          .whereNotNull('accepted_id')
          .select({ accepted: 'accepted_id' })
          .as('questions'),
        'questions.accepted',
        'written.id',
      )
      .groupBy('written.entity_ref', 'written.kind')
      .select('written.entity_ref', 'written.kind')
      .count({ count: '*', accepted: 'questions.accepted' })
      .sum({ helpful: 'written.helpful' })) as unknown as Array<
      Pick<ContributionRow, 'entity_ref' | 'kind'> & Numbers
    >;
    return rows.map(row => ({
      entityRef: row.entity_ref,
      kind: row.kind,
      count: Number(row.count),
      accepted: Number(row.accepted),
      helpful: Number(row.helpful),
    }));
  }

  /** Puts another name in the place of a person's, in every table. */
  async rename(tx: Knex.Transaction, person: string, pseudonym: string) {
    const contributions = await tx('contributions')
      .where({ author: person })
      .update({ author: pseudonym });
    const votes = await tx('helpful_votes')
      .where({ person })
      .update({ person: pseudonym });
    const reports = await tx('contribution_reports')
      .where({ reporter: person })
      .update({ reporter: pseudonym });
    await tx('moderation_log').where({ by: person }).update({ by: pseudonym });
    await tx('idempotency_keys').where({ caller: person }).delete();
    // What waits to be sent may be to them or name them; it is not needed any more.
    await tx('notices').whereLike('notice', `%"${person}"%`).delete();
    return { contributions, votes, reports };
  }

  /** Removes all that somebody wrote. @returns the models that they reviewed */
  async removeTexts(tx: Knex.Transaction, author: string): Promise<string[]> {
    const rows: ContributionRow[] = await tx<ContributionRow>(
      'contributions',
    ).where({ author });
    for (const { pk, id } of rows) {
      await tx('contributions')
        .where({ accepted_id: id })
        .update({ accepted_id: null });
      await this.#contributions.remove(tx, pk, id);
    }
    return [
      ...new Set(
        rows.flatMap(row => (row.kind === 'review' ? [row.entity_ref] : [])),
      ),
    ];
  }
}
