import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  Budget,
  ModelSpending,
  Spending,
  SpendingMonth,
} from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { monthOf, type BudgetKind } from '@modelhub/governance-protocol';
import type { Visibility } from '../access';
import {
  fromMicros,
  idOf,
  idsSeen,
  isSeen,
  subjectOf,
  type BudgetService,
  type BudgetStore,
} from '../budgets';
import { pageOf, pageWithCursor } from '../database';
import type { SpendingStore, SpendRecord } from './SpendingStore';

const USUAL_MONTHS = 12;

/** Who spent what, month by month and model by model, for people. */
export class SpendingService {
  static create(options: {
    store: SpendingStore;
    budgets: BudgetService;
    budgetStore: BudgetStore;
    visibility: Visibility;
    clock: Clock;
  }): SpendingService {
    return new SpendingService(options);
  }

  readonly #options: Parameters<typeof SpendingService.create>[0];

  private constructor(options: Parameters<typeof SpendingService.create>[0]) {
    this.#options = options;
  }

  async list(
    credentials: BackstageCredentials,
    query: {
      month?: string;
      kind?: BudgetKind;
      cursor?: string;
      limit?: number;
    },
  ): Promise<{ month: string; items: Spending[]; nextCursor?: string }> {
    const { store, budgets, budgetStore, visibility, clock } = this.#options;
    const month = query.month ?? monthOf(clock.now());
    const page = pageOf(query);
    const sight = await visibility.ofBudgets(credentials);
    const ids = await store.ids(month, {
      kind: query.kind,
      seen: idsSeen(sight),
      page,
    });
    const { items, nextCursor } = pageWithCursor(ids, page);
    const [spent, records] = await Promise.all([
      store.ofMonth(month, items),
      budgetStore.some(items),
    ]);
    const shown = await budgets.present([...records.values()], month);
    return {
      month,
      items: items.map(id => ({
        id,
        ...subjectOf(id),
        ...sumsOf(spent.filter(it => it.id === id)),
        budget: shown.find(it => it.id === id),
      })),
      nextCursor,
    };
  }

  /** @throws NotFoundError for what the caller may not see */
  async history(
    credentials: BackstageCredentials,
    kind: BudgetKind,
    subject: string,
    count: number = USUAL_MONTHS,
  ): Promise<{
    id: string;
    kind: BudgetKind;
    subject: string;
    budget?: Budget;
    items: SpendingMonth[];
  }> {
    const { store, budgets, budgetStore, clock } = this.#options;
    const id = await this.#seen(credentials, kind, subject);
    const months = monthsUntil(clock.now(), Number(count));
    const [spent, alerts, budget] = await Promise.all([
      store.history(id, months),
      budgetStore.alertsOf(id, months),
      budgetStore.get(id),
    ]);
    const [shown] = budget
      ? await budgets.present([budget], monthOf(clock.now()))
      : [];
    return {
      id,
      ...subjectOf(id),
      budget: shown,
      items: months.map(month => ({
        month,
        ...sumsOf(spent.filter(it => it.month === month)),
        alerts: alerts
          .filter(it => it.month === month)
          .map(({ percent, raisedAt }) => ({
            percent: percent as 50 | 80 | 100,
            at: raisedAt,
          })),
      })),
    };
  }

  /** @throws NotFoundError for what the caller may not see */
  async models(
    credentials: BackstageCredentials,
    kind: BudgetKind,
    subject: string,
    query: { month?: string; cursor?: string; limit?: number },
  ): Promise<{ month: string; items: ModelSpending[]; nextCursor?: string }> {
    const { store, clock } = this.#options;
    const month = query.month ?? monthOf(clock.now());
    const page = pageOf(query);
    const id = await this.#seen(credentials, kind, subject);
    const rows = await store.models(month, subjectOf(id), page);
    const { items, nextCursor } = pageWithCursor(rows, page);
    return {
      month,
      items: items.map(({ currency, costMicros, ...sums }) => ({
        ...sums,
        ...(currency !== '' && { currency, cost: fromMicros(costMicros) }),
      })),
      nextCursor,
    };
  }

  async #seen(
    credentials: BackstageCredentials,
    kind: BudgetKind,
    subject: string,
  ): Promise<string> {
    const id = idOf(kind, subject);
    const sight = await this.#options.visibility.ofBudgets(credentials);
    if (!isSeen(id, sight)) {
      throw new NotFoundError(
        `There is nothing of ${id} that you may see. Its members or owner see it, and the team that runs the model hub.`,
      );
    }
    return id;
  }
}

function sumsOf(
  records: SpendRecord[],
): Pick<Spending, 'calls' | 'unpricedCalls' | 'costs'> {
  const priced = records.filter(({ currency }) => currency !== '');
  const count = (some: SpendRecord[]) =>
    some.reduce((sum, { calls }) => sum + calls, 0);
  return {
    calls: count(records),
    unpricedCalls: count(records) - count(priced),
    costs: priced.map(({ currency, costMicros, calls }) => ({
      currency,
      amount: fromMicros(costMicros),
      calls,
    })),
  };
}

/** UTC, the oldest first, this one last. */
function monthsUntil(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    monthOf(
      new Date(
        Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - index)),
      ),
    ),
  );
}
