import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  modelBudgetManagePermission,
  type Budget,
  type BudgetInput,
} from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  IdempotencyKeys,
} from '@modelhub/backstage-plugin-models-node';
import { monthOf, type BudgetKind } from '@modelhub/governance-protocol';
import type { Visibility } from '../access';
import type { BudgetRecord, BudgetStore } from './BudgetStore';
import { forecastOf } from './forecast';
import { fromMicros, toMicros } from './money';
import { canonicalRef, idOf, isSeen } from './subjects';

/** Budgets for people: what may be spent, and what was. */
export class BudgetService {
  static create(options: {
    store: BudgetStore;
    visibility: Visibility;
    idempotency: IdempotencyKeys;
    clock: Clock;
    releaseAfterMs: number;
    onChanged: () => void;
  }): BudgetService {
    return new BudgetService(options);
  }

  readonly #options: Parameters<typeof BudgetService.create>[0];

  private constructor(options: Parameters<typeof BudgetService.create>[0]) {
    this.#options = options;
  }

  async list(
    credentials: BackstageCredentials,
    month: string = monthOf(this.#options.clock.now()),
  ): Promise<Budget[]> {
    const { store, visibility } = this.#options;
    const sight = await visibility.ofBudgets(credentials);
    const budgets = (await store.all()).filter(({ id }) => isSeen(id, sight));
    return this.present(budgets, month);
  }

  /** @throws NotFoundError also for a budget that the caller may not see */
  async get(
    credentials: BackstageCredentials,
    kind: BudgetKind,
    subject: string,
    month: string = monthOf(this.#options.clock.now()),
  ): Promise<Budget> {
    const { store, visibility } = this.#options;
    const id = idOf(kind, subject);
    const sight = await visibility.ofBudgets(credentials);
    const budget = await store.get(id);
    if (!budget || !isSeen(id, sight)) {
      throw new NotFoundError(`There is no budget ${id}.`);
    }
    return (await this.present([budget], month))[0];
  }

  async put(
    credentials: BackstageCredentials,
    kind: BudgetKind,
    subject: string,
    input: BudgetInput,
    idempotencyKey?: string,
  ): Promise<Budget> {
    const { store, visibility, idempotency, clock, onChanged } = this.#options;
    const updatedBy = await visibility.demand(
      credentials,
      modelBudgetManagePermission,
    );
    const id = idOf(kind, subject);
    const notify = [...new Set((input.notify ?? []).map(canonicalRef))];
    await idempotency.run(
      {
        caller: updatedBy,
        key: idempotencyKey,
        request: { command: 'budget.put', id, input },
      },
      async tx => {
        const budget: BudgetRecord = {
          id,
          kind,
          subject: id.slice(kind.length + 1),
          amountMicros: toMicros(input.amount),
          currency: input.currency,
          notify,
          updatedBy,
          updatedAt: clock.now().toISOString(),
        };
        await store.put(tx, budget);
        const month = monthOf(clock.now());
        const spending = await store.spending(month, [budget], tx);
        const spent = spending.get(id)?.spentMicros ?? 0;
        await store.forgetAlerts(
          tx,
          id,
          Math.floor((spent / Math.max(budget.amountMicros, 1)) * 100),
        );
        return {};
      },
    );
    onChanged();
    return this.get(credentials, kind, subject);
  }

  async remove(
    credentials: BackstageCredentials,
    kind: BudgetKind,
    subject: string,
    idempotencyKey?: string,
  ): Promise<void> {
    const { store, visibility, idempotency, onChanged } = this.#options;
    const caller = await visibility.demand(
      credentials,
      modelBudgetManagePermission,
    );
    const id = idOf(kind, subject);
    await idempotency.run(
      {
        caller,
        key: idempotencyKey,
        request: { command: 'budget.remove', id },
      },
      async tx => {
        if (!(await store.remove(tx, id))) {
          throw new NotFoundError(`There is no budget ${id}.`);
        }
        return {};
      },
    );
    onChanged();
  }

  /** For whoever may see them. */
  async present(budgets: BudgetRecord[], month: string): Promise<Budget[]> {
    const { store, clock, releaseAfterMs } = this.#options;
    const heardAfter = new Date(
      clock.now().getTime() - releaseAfterMs,
    ).toISOString();
    const [spending, held, alerts] = await Promise.all([
      store.spending(month, budgets),
      store.held(month, heardAfter),
      store.alerts(month),
    ]);
    return budgets.map(budget => {
      const { spentMicros, calls, unpricedCalls } = spending.get(budget.id) ?? {
        spentMicros: 0,
        calls: 0,
        unpricedCalls: 0,
      };
      const spent = fromMicros(spentMicros);
      return {
        id: budget.id,
        kind: budget.kind,
        subject: budget.subject,
        amount: fromMicros(budget.amountMicros),
        currency: budget.currency,
        notify: budget.notify,
        updatedBy: budget.updatedBy,
        updatedAt: budget.updatedAt,
        month,
        spent,
        forecast: forecastOf(spent, month, clock.now()),
        held: fromMicros(held.get(budget.id) ?? 0),
        calls,
        unpricedCalls,
        alerts: alerts
          .filter(({ budgetId }) => budgetId === budget.id)
          .map(({ percent, raisedAt }) => ({
            percent: percent as 50 | 80 | 100,
            at: raisedAt,
          })),
      };
    });
  }
}
