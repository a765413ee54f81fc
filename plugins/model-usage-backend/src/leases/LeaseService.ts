import { InputError } from '@backstage/errors';
import {
  type Clock,
  inTransaction,
  takeTurn,
} from '@modelhub/backstage-plugin-models-node';
import {
  leaseRequestProblem,
  type LeaseAnswer,
  type LeaseRequest,
} from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { BudgetStore } from '../budgets';
import { leaseStore, type BudgetLease, type LimitLease } from './LeaseStore';
import { shareOfBudget, shareOfLimit } from './shares';

/** A gateway that was not heard of for so long leaves its parts of limits to the others. */
const LIVE_MS = 60_000;

const sumOf = <T>(items: T[], amountOf: (item: T) => number) =>
  items.reduce((sum, item) => sum + amountOf(item), 0);

/** Divides limits and budgets among the gateways that ask for them. */
export class LeaseService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    budgets: BudgetStore;
    /** What a gateway holds of a budget is free again after so long without a word. */
    releaseAfterMs: number;
    /** Nothing is left of a budget, or less than a waiting call needs. */
    onUsedUp: (budgetId: string, month: string) => void;
  }): LeaseService {
    return new LeaseService(options);
  }

  readonly #options: Parameters<typeof LeaseService.create>[0];

  private constructor(options: Parameters<typeof LeaseService.create>[0]) {
    this.#options = options;
  }

  /** @throws InputError when the request is not what it should be */
  async lease(gatewayId: string, request: unknown): Promise<LeaseAnswer> {
    const problem = leaseRequestProblem(request);
    if (problem !== undefined) {
      throw new InputError(
        `The leases are not given: ${problem}. See LeaseRequest of @modelhub/governance-protocol.`,
      );
    }
    const asked = request as LeaseRequest;
    const usedUp: Array<{ budget: string; month: string }> = [];
    const answer = await inTransaction(this.#options.knex, async tx => {
      usedUp.length = 0;
      await takeTurn(tx, 'model-usage', 'leases');
      return this.#divide(tx, gatewayId, asked, usedUp);
    });
    for (const { budget, month } of usedUp) {
      this.#options.onUsedUp(budget, month);
    }
    return answer;
  }

  async prune(): Promise<void> {
    await leaseStore.prune(this.#options.knex, {
      limits: this.#ago(LIVE_MS),
      budgets: this.#ago(this.#options.releaseAfterMs),
    });
  }

  async #divide(
    tx: Knex.Transaction,
    gatewayId: string,
    asked: LeaseRequest,
    usedUp: Array<{ budget: string; month: string }>,
  ): Promise<LeaseAnswer> {
    const { budgets: store, clock } = this.#options;
    const { session, sequence } = asked;
    const seenAt = clock.now().toISOString();
    const isNew = await leaseStore.hear(tx, {
      gatewayId,
      session,
      sequence,
      seenAt,
    });
    const gateways = await leaseStore.gatewaysSince(tx, this.#ago(LIVE_MS));
    const budgetsVersion = await store.version(tx);
    const answer: LeaseAnswer = {
      gateways: Math.max(1, gateways),
      limits: [],
      budgets: [],
      budgetsVersion,
    };
    // An answer to an old request would be taken for one to what is held now.
    if (!isNew) return answer;
    answer.limits = await this.#divideLimits(tx, gatewayId, asked, seenAt);
    answer.budgets = await this.#divideBudgets(
      tx,
      { gatewayId, gateways: answer.gateways, seenAt },
      asked,
      usedUp,
    );
    if (asked.budgetsVersion !== budgetsVersion) {
      answer.list = (await store.all(tx)).map(({ id, currency }) => ({
        id,
        currency,
      }));
    }
    return answer;
  }

  async #divideLimits(
    tx: Knex.Transaction,
    gatewayId: string,
    { limits }: LeaseRequest,
    seenAt: string,
  ): Promise<LeaseAnswer['limits']> {
    if (limits.length === 0) return [];
    const leases = await leaseStore.limits(
      tx,
      [...new Set(limits.map(({ subject }) => subject))],
      this.#ago(LIVE_MS),
    );
    const others = groupBy(
      leases.filter(it => it.gatewayId !== gatewayId),
      it => `${it.limit} ${it.subject}`,
    );
    const mine = new Map<string, LimitLease>();
    const shares = limits.map(({ subject, limit, total, held, demand }) => {
      const name = `${limit} ${subject}`;
      const share = shareOfLimit({
        total,
        demand,
        others: others.get(name) ?? [],
      });
      // Until it says otherwise, it may still go by what it held.
      const outstanding = Math.max(Math.min(held, total), share);
      mine.set(name, { subject, limit, gatewayId, outstanding, demand });
      return { subject, limit, share };
    });
    await leaseStore.putLimits(tx, [...mine.values()], seenAt);
    return shares;
  }

  async #divideBudgets(
    tx: Knex.Transaction,
    me: { gatewayId: string; gateways: number; seenAt: string },
    asked: LeaseRequest,
    usedUp: Array<{ budget: string; month: string }>,
  ): Promise<LeaseAnswer['budgets']> {
    if (asked.budgets.length === 0) return [];
    const { budgets: store, releaseAfterMs } = this.#options;
    const ids = [...new Set(asked.budgets.map(({ budget }) => budget))];
    const budgets = await store.some(ids, tx);
    const leases = groupBy(
      (await leaseStore.budgets(tx, ids, this.#ago(releaseAfterMs))).filter(
        it => it.gatewayId !== me.gatewayId,
      ),
      it => `${it.month} ${it.budgetId}`,
    );
    const months = [...new Set(asked.budgets.map(({ month }) => month))];
    const spent = new Map(
      await Promise.all(
        months.map(
          async month =>
            [
              month,
              await store.spending(month, [...budgets.values()], tx),
            ] as const,
        ),
      ),
    );
    const mine = new Map<string, BudgetLease>();
    const shares = asked.budgets.map(it => {
      const { budget: budgetId, month, unreportedMicros, heldMicros } = it;
      const budget = budgets.get(budgetId);
      const others = leases.get(`${month} ${budgetId}`) ?? [];
      const needed = it.neededMicros ?? 0;
      const unspent =
        (budget?.amountMicros ?? 0) -
        (spent.get(month)?.get(budgetId)?.spentMicros ?? 0) -
        unreportedMicros -
        sumOf(others, other => other.unreportedMicros);
      const { share, exhausted } = shareOfBudget({
        unspent,
        left: unspent - sumOf(others, other => other.heldMicros),
        held: heldMicros,
        wanted: it.wantedMicros,
        needed,
        gateways: me.gateways,
      });
      if (budget && exhausted && unspent < Math.max(1, needed)) {
        usedUp.push({ budget: budgetId, month });
      }
      mine.set(`${month} ${budgetId}`, {
        budgetId,
        month,
        gatewayId: me.gatewayId,
        // Until it says otherwise, it may still spend what it held.
        heldMicros: Math.max(heldMicros, share),
        unreportedMicros,
      });
      return {
        budget: budgetId,
        month,
        shareMicros: share,
        exhausted,
        ...(budget && {
          amountMicros: budget.amountMicros,
          leftMicros: unspent,
        }),
      };
    });
    await leaseStore.putBudgets(tx, [...mine.values()], me.seenAt);
    return shares;
  }

  #ago(ms: number): string {
    return new Date(this.#options.clock.now().getTime() - ms).toISOString();
  }
}

function groupBy<T>(items: T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item));
    if (group) {
      group.push(item);
    } else {
      groups.set(nameOf(item), [item]);
    }
  }
  return groups;
}
