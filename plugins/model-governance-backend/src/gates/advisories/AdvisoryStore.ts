import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type { OsvAdvisory } from './osv';
import type { OsvIds } from './OsvClient';

/** What a source answered. */
export interface KnownAnswer {
  ids: OsvIds;
  answeredAt: Date;
}

/** Rows in one statement; databases have limits on parameters. */
const PAGE = 200;

const keyOf = (question: object) => sha256Hex(canonicalJson(question));

/** What was read of advisories from afar, shared by all replicas. */
export class AdvisoryStore {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
  }): AdvisoryStore {
    return new AdvisoryStore(options.transactions, options.clock);
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;

  private constructor(transactions: Transactions, clock: Clock) {
    this.#transactions = transactions;
    this.#clock = clock;
  }

  async answers(
    source: string,
    questions: object[],
  ): Promise<Array<KnownAnswer | undefined>> {
    const keys = questions.map(keyOf);
    const rows: Array<{
      question: string;
      ids: string;
      answered_at: number | string;
    }> = await this.#transactions
      .knex('advisory_answers')
      .where({ source })
      .whereIn('question', keys);
    return keys.map(key => {
      const row = rows.find(({ question }) => question === key);
      return (
        row && {
          ids: JSON.parse(row.ids),
          answeredAt: new Date(Number(row.answered_at)),
        }
      );
    });
  }

  /** Advisories by id; what is not there is missing in the answer. */
  async records(
    source: string,
    ids: string[],
  ): Promise<Map<string, OsvAdvisory>> {
    const found = new Map<string, OsvAdvisory>();
    for (let at = 0; at < ids.length; at += PAGE) {
      const rows: Array<{ id: string; record: string }> =
        await this.#transactions
          .knex('advisory_records')
          .where({ source })
          .whereIn('id', ids.slice(at, at + PAGE));
      for (const { id, record } of rows) found.set(id, JSON.parse(record));
    }
    return found;
  }

  /** Keeps advisories, then the answers that name them, so that no answer names what is not there. */
  async put(
    source: string,
    answers: Array<{ question: object; ids: OsvIds }>,
    advisories: OsvAdvisory[],
  ): Promise<void> {
    const at = this.#clock.now().getTime();
    await this.#transactions.run(async tx => {
      // In one order everywhere: two replicas may write the same rows.
      const sorted = [...advisories].sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const advisory of sorted) {
        await tx('advisory_records')
          .insert({
            source,
            id: advisory.id,
            modified: advisory.modified ?? '',
            read_at: at,
            record: JSON.stringify(advisory),
          })
          .onConflict(['source', 'id'])
          .merge(['modified', 'read_at', 'record']);
      }
      const rows = answers
        .map(({ question, ids }) => ({ question: keyOf(question), ids }))
        .sort((a, b) => (a.question < b.question ? -1 : 1));
      for (const { question, ids } of rows) {
        await tx('advisory_answers')
          .insert({
            source,
            question,
            answered_at: at,
            ids: JSON.stringify(ids),
          })
          .onConflict(['source', 'question'])
          .merge(['answered_at', 'ids']);
      }
    });
  }
}
