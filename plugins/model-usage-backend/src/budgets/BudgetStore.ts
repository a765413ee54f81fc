import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { monthOf, type BudgetKind } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';

export interface BudgetRecord {
  /** `kind:subject`. */
  id: string;
  kind: BudgetKind;
  subject: string;
  amountMicros: number;
  currency: string;
  notify: string[];
  updatedBy: string;
  updatedAt: string;
}

/** What became of a budget in a month. */
export interface Spending {
  spentMicros: number;
  calls: number;
  unpricedCalls: number;
}

export interface AlertRecord {
  budgetId: string;
  month: string;
  percent: number;
  raisedAt: string;
  spentMicros: number;
}

interface BudgetRow {
  id: string;
  kind: BudgetKind;
  subject: string;
  amount_micros: number | string;
  currency: string;
  notify: string;
  updated_by: string;
  updated_at: string;
}

interface AlertRow {
  budget_id: string;
  month: string;
  percent: number;
  raised_at: string;
  spent_micros: number | string;
  leased_until: string;
  delivered_at: string | null;
}

const toBudget = (row: BudgetRow): BudgetRecord => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject,
  amountMicros: Number(row.amount_micros),
  currency: row.currency,
  notify: JSON.parse(row.notify),
  updatedBy: row.updated_by,
  updatedAt: row.updated_at,
});

const toAlert = (row: AlertRow): AlertRecord => ({
  budgetId: row.budget_id,
  month: row.month,
  percent: row.percent,
  raisedAt: row.raised_at,
  spentMicros: Number(row.spent_micros),
});

const VERSION = 'budgets-version';

/** Ids in one statement. */
const MOST_IDS = 500;

/** Rows of budgets, of what was spent and of alerts. Inside a transaction pass it. */
export class BudgetStore {
  static create(options: { knex: Knex; clock: Clock }): BudgetStore {
    return new BudgetStore(options.knex, options.clock);
  }

  readonly #knex: Knex;
  readonly #clock: Clock;

  private constructor(knex: Knex, clock: Clock) {
    this.#knex = knex;
    this.#clock = clock;
  }

  async all(db: Knex = this.#knex): Promise<BudgetRecord[]> {
    return (await db<BudgetRow>('usage_budgets').orderBy('id')).map(toBudget);
  }

  async get(
    id: string,
    db: Knex = this.#knex,
  ): Promise<BudgetRecord | undefined> {
    const row = await db<BudgetRow>('usage_budgets').where({ id }).first();
    return row && toBudget(row);
  }

  async some(
    ids: string[],
    db: Knex = this.#knex,
  ): Promise<Map<string, BudgetRecord>> {
    const found = new Map<string, BudgetRecord>();
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const rows: BudgetRow[] = await db('usage_budgets').whereIn(
        'id',
        ids.slice(from, from + MOST_IDS),
      );
      rows.forEach(row => found.set(row.id, toBudget(row)));
    }
    return found;
  }

  async put(tx: Knex.Transaction, budget: BudgetRecord): Promise<void> {
    const row: BudgetRow = {
      id: budget.id,
      kind: budget.kind,
      subject: budget.subject,
      amount_micros: budget.amountMicros,
      currency: budget.currency,
      notify: JSON.stringify(budget.notify),
      updated_by: budget.updatedBy,
      updated_at: budget.updatedAt,
    };
    await tx('usage_budgets').insert(row).onConflict('id').merge();
    await this.#raiseVersion(tx);
  }

  async remove(tx: Knex.Transaction, id: string): Promise<boolean> {
    const deleted = await tx('usage_budgets').where({ id }).delete();
    await tx('usage_budget_alerts').where({ budget_id: id }).delete();
    if (deleted > 0) await this.#raiseVersion(tx);
    return deleted > 0;
  }

  /** Changes with every change of the list. */
  async version(db: Knex = this.#knex): Promise<string> {
    const row = await db<{ name: string; value: number | string }>(
      'usage_state',
    )
      .where({ name: VERSION })
      .first();
    return String(row?.value ?? 0);
  }

  /** By budget id. */
  async spending(
    month: string,
    budgets: BudgetRecord[],
    db: Knex = this.#knex,
  ): Promise<Map<string, Spending>> {
    const found = new Map<string, Spending>(
      budgets.map(({ id }) => [
        id,
        { spentMicros: 0, calls: 0, unpricedCalls: 0 },
      ]),
    );
    const currencies = new Map(budgets.map(it => [it.id, it.currency]));
    const ids = [...found.keys()];
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const rows: Array<{
        budget_id: string;
        currency: string;
        calls: number | string;
        cost_micros: number | string;
      }> = await db('usage_spend')
        .where({ month })
        .whereIn('budget_id', ids.slice(from, from + MOST_IDS));
      for (const row of rows) {
        const spending = found.get(row.budget_id);
        if (!spending) continue;
        if (row.currency === currencies.get(row.budget_id)) {
          spending.spentMicros += Number(row.cost_micros);
          spending.calls += Number(row.calls);
        } else {
          spending.unpricedCalls += Number(row.calls);
        }
      }
    }
    return found;
  }

  /** What gateways hold and have not reported as spent, by budget id. */
  async held(month: string, heardAfter: string): Promise<Map<string, number>> {
    const rows: Array<{ budget_id: string; held: number | string }> =
      await this.#knex('usage_budget_leases')
        .select('budget_id')
        .sum({ held: this.#knex.raw('held_micros + unreported_micros') })
        .where({ month })
        .where('seen_at', '>', heardAfter)
        .groupBy('budget_id');
    return new Map(rows.map(row => [row.budget_id, Number(row.held)]));
  }

  async alerts(month: string, budgetIds?: string[]): Promise<AlertRecord[]> {
    const query = this.#knex<AlertRow>('usage_budget_alerts').where({ month });
    if (budgetIds) query.whereIn('budget_id', budgetIds);
    return (await query.orderBy('percent')).map(toAlert);
  }

  async alertsOf(budgetId: string, months: string[]): Promise<AlertRecord[]> {
    const rows = await this.#knex<AlertRow>('usage_budget_alerts')
      .where({ budget_id: budgetId })
      .whereIn('month', months)
      .orderBy('percent');
    return rows.map(toAlert);
  }

  /** @returns whether it is the first of its kind in the month */
  async addAlert(alert: AlertRecord, db: Knex = this.#knex): Promise<boolean> {
    const [added] = await db('usage_budget_alerts')
      .insert({
        budget_id: alert.budgetId,
        month: alert.month,
        percent: alert.percent,
        raised_at: alert.raisedAt,
        spent_micros: alert.spentMicros,
        leased_until: '',
        delivered_at: null,
      })
      .onConflict(['budget_id', 'month', 'percent'])
      .ignore()
      .returning('percent');
    return added !== undefined;
  }

  /** Thresholds that a larger amount moved away may be reached again. */
  async forgetAlerts(
    tx: Knex.Transaction,
    budgetId: string,
    abovePercent: number,
  ): Promise<void> {
    await tx('usage_budget_alerts')
      .where({ budget_id: budgetId, month: monthOf(this.#clock.now()) })
      .where('percent', '>', abovePercent)
      .delete();
  }

  /** Alerts that nobody was told of, for one replica for so long. */
  async leaseAlerts(leaseMs: number): Promise<AlertRecord[]> {
    const now = this.#clock.now();
    const waiting = await this.#knex<AlertRow>('usage_budget_alerts')
      .whereNull('delivered_at')
      .where('leased_until', '<', now.toISOString())
      .limit(100);
    const mine: AlertRecord[] = [];
    for (const { budget_id, month, percent, leased_until } of waiting) {
      const [row] = await this.#knex<AlertRow>('usage_budget_alerts')
        .where({ budget_id, month, percent, leased_until })
        .whereNull('delivered_at')
        .update({
          leased_until: new Date(now.getTime() + leaseMs).toISOString(),
        })
        .returning('*');
      if (row) mine.push(toAlert(row));
    }
    return mine;
  }

  async delivered({ budgetId, month, percent }: AlertRecord): Promise<void> {
    await this.#knex('usage_budget_alerts')
      .where({ budget_id: budgetId, month, percent })
      .update({ delivered_at: this.#clock.now().toISOString() });
  }

  async #raiseVersion(tx: Knex.Transaction): Promise<void> {
    await tx('usage_state')
      .insert({ name: VERSION, value: 1 })
      .onConflict('name')
      .merge({ value: tx.raw('?? + 1', ['usage_state.value']) });
  }
}
