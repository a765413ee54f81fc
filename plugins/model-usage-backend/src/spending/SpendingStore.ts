import type { BudgetKind } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';

/** What one subject spent in a month in one currency; the empty one stands for calls without a price. */
export interface SpendRecord {
  id: string;
  month: string;
  currency: string;
  calls: number;
  costMicros: number;
}

/** Sums of one model. */
export interface ModelSums {
  model: string;
  currency: string;
  calls: number;
  refused: number;
  inputTokens: number;
  outputTokens: number;
  costMicros: number;
}

interface SpendRow {
  month: string;
  budget_id: string;
  currency: string;
  calls: number | string;
  cost_micros: number | string;
}

interface Page {
  offset: number;
  limit: number;
}

/** Where sums keep each kind of subject. */
const COLUMN: Record<BudgetKind, string> = {
  profile: 'profile',
  team: 'team',
  key: 'key_id',
};

const toSpend = (row: SpendRow): SpendRecord => ({
  id: row.budget_id,
  month: row.month,
  currency: row.currency,
  calls: Number(row.calls),
  costMicros: Number(row.cost_micros),
});

/** What was spent, whether there is a budget or not. */
export class SpendingStore {
  static create(options: { knex: Knex }): SpendingStore {
    return new SpendingStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Ids of those who spent something in the month or have a budget: the largest
   * sum in one currency first, and one more than the page holds when there is
   * a next one.
   *
   * @param seen - all without
   */
  async ids(
    month: string,
    options: { kind?: BudgetKind; seen?: string[]; page: Page },
  ): Promise<string[]> {
    const { kind, seen, page } = options;
    const knex = this.#knex;
    const spent = knex('usage_spend')
      .select({ id: 'budget_id' })
      .where({ month });
    const budgets = knex('usage_budgets').select('id');
    if (kind) {
      spent.where('budget_id', 'like', `${kind}:%`);
      budgets.where({ kind });
    }
    if (seen) {
      spent.whereIn('budget_id', seen);
      budgets.whereIn('id', seen);
    }
    const rows: Array<{ id: string }> = await knex
      .with('subjects', spent.union(budgets))
      .select('subjects.id')
      .from('subjects')
      .leftJoin('usage_spend as spent', join =>
        join
          .on('spent.budget_id', 'subjects.id')
          .andOnVal('spent.month', month),
      )
      .groupBy('subjects.id')
      .orderByRaw('coalesce(max(spent.cost_micros), 0) desc')
      .orderByRaw('coalesce(sum(spent.calls), 0) desc')
      .orderBy('subjects.id')
      .offset(page.offset)
      .limit(page.limit + 1);
    return rows.map(({ id }) => id);
  }

  async ofMonth(month: string, ids: string[]): Promise<SpendRecord[]> {
    const rows: SpendRow[] = await this.#knex('usage_spend')
      .where({ month })
      .whereIn('budget_id', ids)
      .orderBy('currency');
    return rows.map(toSpend);
  }

  /** @param months - all that are asked for */
  async history(id: string, months: string[]): Promise<SpendRecord[]> {
    const rows: SpendRow[] = await this.#knex('usage_spend')
      .where({ budget_id: id })
      .whereIn('month', months)
      .orderBy('currency');
    return rows.map(toSpend);
  }

  /** The largest number of calls first; one more than the page holds when there is a next one. */
  async models(
    month: string,
    { kind, subject }: { kind: BudgetKind; subject: string },
    page: Page,
  ): Promise<ModelSums[]> {
    const rows: Array<Record<string, number | string>> = await this.#knex(
      'usage_totals',
    )
      .where({ month, [COLUMN[kind]]: subject })
      .select('model', 'currency')
      .sum({
        calls: 'calls',
        refused: 'refused',
        input: 'input_tokens',
        output: 'output_tokens',
        cost: 'cost_micros',
      })
      .groupBy('model', 'currency')
      .orderBy([{ column: 'calls', order: 'desc' }, 'model', 'currency'])
      .offset(page.offset)
      .limit(page.limit + 1);
    return rows.map(row => ({
      model: String(row.model),
      currency: String(row.currency),
      calls: Number(row.calls),
      refused: Number(row.refused),
      inputTokens: Number(row.input),
      outputTokens: Number(row.output),
      costMicros: Number(row.cost),
    }));
  }
}
