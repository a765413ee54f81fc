import type { UsageRecord } from '@modelhub/governance-protocol';

/** Ids of the budgets that may count a record. */
export function budgetIdsOf(it: {
  profile: string;
  team?: string;
  keyId: string;
}): string[] {
  const ids = [`profile:${it.profile}`, `key:${it.keyId}`];
  if (it.team !== undefined) {
    ids.push(`team:${it.team}`);
  }
  return ids;
}

/** What was spent and is not in an accepted batch yet, by budget, month and currency. */
export class SpendTally {
  readonly #micros = new Map<string, number>();

  add(record: UsageRecord): void {
    this.#change(record, 1);
  }

  /** The control plane knows of it now. */
  remove(record: UsageRecord): void {
    this.#change(record, -1);
  }

  of(budget: string, month: string, currency: string): number {
    return this.#micros.get(`${month} ${currency} ${budget}`) ?? 0;
  }

  *all(): Iterable<{ budget: string; month: string; currency: string }> {
    for (const name of this.#micros.keys()) {
      const [month, currency, ...rest] = name.split(' ');
      yield { month, currency, budget: rest.join(' ') };
    }
  }

  #change(record: UsageRecord, sign: 1 | -1): void {
    if (!record.costMicros || record.currency === undefined) {
      return;
    }
    // Written by this gateway, so in UTC.
    const month = record.at.slice(0, 7);
    for (const budget of budgetIdsOf(record)) {
      const name = `${month} ${record.currency} ${budget}`;
      const next = (this.#micros.get(name) ?? 0) + sign * record.costMicros;
      if (next > 0) {
        this.#micros.set(name, next);
      } else {
        this.#micros.delete(name);
      }
    }
  }
}
