import {
  monthOf,
  type BudgetDemand,
  type LeaseAnswer,
  type SharedBudget,
  type SnapshotKey,
} from '@modelhub/governance-protocol';
import { budgetIdsOf, type SpendTally } from './SpendTally';

/** How fast old spending is forgotten from lease to lease. */
const MEMORY = 0.7;

/** How many leases' worth of spending a gateway would like to hold. */
const AHEAD = 5;

/** Version of the list where there is no usage backend. */
const ABSENT = 'absent';

/** What of one budget this gateway may spend in one month, in millionths. */
export interface Account {
  readonly budget: string;
  readonly month: string;
  readonly currency: string;
  /** May be spent; below zero after a call cost more than was reserved. */
  held: number;
  /** Held back for calls in flight. */
  reserved: number;
  /** Nothing is left, until then by the monotonic clock. */
  exhaustedUntil: number;
  /** Of calls since the last lease. */
  recent: number;
  /** Of a lease, smoothed. */
  pace: number;
  /** Of calls that wait. */
  needed: number;
  /** `held` when it was last told to the control plane. */
  told: number;
  /** It was told that nothing is held, spent or wanted. */
  isClosed: boolean;
  /** Of the whole budget, as the control plane said last. */
  whole?: { amount: number; left: number };
}

/** What is left of a budget, for all gateways together, in units of its currency. */
export interface BudgetLevel {
  budget: string;
  month: string;
  currency: string;
  amount: number;
  left: number;
}

const NONE: readonly Account[] = [];
const NO_IDS: readonly string[] = [];

/** What the disk keeps of budgets. */
export interface StoredBudgets {
  version: string;
  list: SharedBudget[];
  accounts: Array<{ budget: string; month: string; held: number }>;
}

/** The budgets that there are, and the parts of them that this gateway holds. */
export class BudgetBook {
  readonly #tally: SpendTally;
  readonly #clock: () => number;
  readonly #accounts = new Map<string, Account>();
  #list: Map<string, string> | undefined;
  #version: string | undefined;
  #ofKey = new WeakMap<SnapshotKey, readonly string[]>();

  constructor(options: { tally: SpendTally; clock?: () => number }) {
    this.#tally = options.tally;
    this.#clock = options.clock ?? (() => performance.now());
  }

  /** Whether the list was heard of, now or before the last start. */
  get isKnown(): boolean {
    return this.#list !== undefined;
  }

  get size(): number {
    return this.#list?.size ?? 0;
  }

  get version(): string | undefined {
    return this.#version;
  }

  get now(): number {
    return this.#clock();
  }

  /** The portal has no usage backend: nobody has a budget. */
  setAbsent(): void {
    if (!this.#list) {
      this.#setList(ABSENT, []);
    }
  }

  restore(stored: StoredBudgets): void {
    this.#setList(stored.version, stored.list);
    for (const { budget, month, held } of stored.accounts) {
      const currency = this.#list?.get(budget);
      if (currency !== undefined) {
        this.#account(budget, month, currency).held = held;
      }
    }
    // What waits in the spool is to be told of, too.
    for (const { budget, month, currency } of this.#tally.all()) {
      if (this.#list?.get(budget) === currency) {
        this.#account(budget, month, currency);
      }
    }
  }

  /** What to keep on disk; nothing before the list was heard of. */
  stored(): StoredBudgets | undefined {
    if (!this.#list || this.#version === undefined) {
      return undefined;
    }
    return {
      version: this.#version,
      list: [...this.#list].map(([id, currency]) => ({ id, currency })),
      accounts: [...this.#accounts.values()]
        .filter(({ held }) => held > 0)
        .map(({ budget, month, held }) => ({ budget, month, held })),
    };
  }

  /** The accounts that a call of this key in this currency is charged to. */
  of(key: SnapshotKey, currency: string, now: Date): readonly Account[] {
    const ids = this.#idsOf(key);
    if (ids.length === 0) {
      return NONE;
    }
    const month = monthOf(now);
    const accounts: Account[] = [];
    for (const id of ids) {
      if (this.#list!.get(id) === currency) {
        accounts.push(this.#account(id, month, currency));
      }
    }
    return accounts;
  }

  /** Whether any budget is about this key, so that prices matter. */
  concerns(key: SnapshotKey): boolean {
    return this.#idsOf(key).length > 0;
  }

  /** The first account that does not have so much, if any. */
  short(accounts: readonly Account[], micros: number): Account | undefined {
    return accounts.find(it => it.held < micros);
  }

  /** Whether the control plane said of late that nothing is left. */
  isUsedUp(account: Account): boolean {
    return this.now < account.exhaustedUntil;
  }

  /** A call waits for so much. */
  need(accounts: readonly Account[], micros: number): void {
    for (const account of accounts) {
      account.needed += micros;
    }
  }

  reserve(accounts: readonly Account[], micros: number): void {
    for (const account of accounts) {
      account.held -= micros;
      account.reserved += micros;
      account.recent += micros;
    }
  }

  /** Gives back what was not spent; takes what was spent beyond it. */
  settle(accounts: readonly Account[], reserved: number, spent: number): void {
    for (const account of accounts) {
      account.reserved -= reserved;
      account.held += reserved - spent;
      account.recent += spent - reserved;
    }
  }

  /** Of the budgets that calls were charged to of late. */
  levels(): BudgetLevel[] {
    return [...this.#accounts.values()].flatMap(
      ({ budget, month, currency, whole }) =>
        whole
          ? [
              {
                budget,
                month,
                currency,
                amount: whole.amount / 1e6,
                left: whole.left / 1e6,
              },
            ]
          : [],
    );
  }

  /** What to tell the control plane. */
  demands(): BudgetDemand[] {
    const demands: BudgetDemand[] = [];
    for (const [name, account] of this.#accounts) {
      const { budget, month, currency } = account;
      const unreported =
        this.#tally.of(budget, month, currency) + account.reserved;
      account.pace = Math.max(
        account.recent,
        account.pace * MEMORY < 1 ? 0 : account.pace * MEMORY,
      );
      account.recent = 0;
      const wanted = Math.ceil(
        Math.max(account.pace * AHEAD, account.needed * 2),
      );
      account.told = Math.max(0, Math.floor(account.held));
      const isClosed = wanted === 0 && account.told === 0 && unreported === 0;
      if (isClosed && account.isClosed) {
        this.#accounts.delete(name);
        continue;
      }
      account.isClosed = isClosed;
      demands.push({
        budget,
        month,
        heldMicros: account.told,
        unreportedMicros: Math.max(0, Math.ceil(unreported)),
        wantedMicros: wanted,
        ...(account.needed > 0 && {
          neededMicros: Math.ceil(account.needed),
        }),
      });
      account.needed = 0;
    }
    return demands;
  }

  /** @param leaseMs - for how long it is known that nothing is left */
  apply(
    answer: Pick<LeaseAnswer, 'budgets' | 'budgetsVersion' | 'list'>,
    leaseMs: number,
  ): void {
    if (answer.list) {
      this.#setList(answer.budgetsVersion, answer.list);
    }
    for (const it of answer.budgets) {
      const { budget, month, shareMicros, exhausted } = it;
      const { amountMicros, leftMicros } = it;
      const account = this.#accounts.get(`${month} ${budget}`);
      if (account) {
        // Calls went on while the answer was on its way.
        account.held += shareMicros - account.told;
        account.told = shareMicros;
        account.exhaustedUntil = exhausted ? this.now + leaseMs : 0;
        account.whole =
          amountMicros === undefined || leftMicros === undefined
            ? undefined
            : { amount: amountMicros, left: leftMicros };
      }
    }
  }

  #setList(version: string, list: SharedBudget[]): void {
    this.#version = version;
    this.#list = new Map(list.map(({ id, currency }) => [id, currency]));
    this.#ofKey = new WeakMap();
    for (const [name, account] of this.#accounts) {
      if (this.#list.get(account.budget) !== account.currency) {
        this.#accounts.delete(name);
      }
    }
  }

  #idsOf(key: SnapshotKey): readonly string[] {
    if (!this.#list || this.#list.size === 0) {
      return NO_IDS;
    }
    let ids = this.#ofKey.get(key);
    if (!ids) {
      const { profile, team, id: keyId } = key;
      ids = budgetIdsOf({ profile, team, keyId }).filter(id =>
        this.#list!.has(id),
      );
      this.#ofKey.set(key, ids);
    }
    return ids;
  }

  #account(budget: string, month: string, currency: string): Account {
    const name = `${month} ${budget}`;
    let account = this.#accounts.get(name);
    if (!account) {
      account = {
        budget,
        month,
        currency,
        held: 0,
        reserved: 0,
        exhaustedUntil: 0,
        recent: 0,
        pace: 0,
        needed: 0,
        told: 0,
        isClosed: false,
      };
      this.#accounts.set(name, account);
    }
    return account;
  }
}
