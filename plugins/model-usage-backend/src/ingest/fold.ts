import {
  monthOf,
  sha256Hex,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import {
  addRecord,
  beginOf,
  emptyFact,
  isModelKnown,
  periodOf,
  type UsageFact,
} from '../rollups';
import type { ScopeRow, SpendRow, TotalRow, UncoveredRow } from './rows';

/** What the records of one minute add up to that have all names in common. */
interface Tally {
  fact: UsageFact;
  /** Whether the gateway knew the model. */
  isKnown: boolean;
  keyId: string;
  purpose: string;
  /** Whether an approval let them through. */
  isGranted: boolean;
  /** No provider was asked, and no cache answered. */
  refused: number;
  /** Of those that were not refused. */
  spentMicros: number;
  /** Milliseconds since 1970: the latest begin. */
  lastAt: number;
}

type Scope = Omit<ScopeRow, 'id' | 'last_at'> & { lastAt: number };

const minuteMonth = (at: number) => monthOf(new Date(at));

const minuteDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Minutes are few, and dates as text take long. */
function remembering(textOf: (at: number) => string) {
  const texts = new Map<number, string>();
  return (at: number) => {
    const text = texts.get(at) ?? textOf(at);
    texts.set(at, text);
    return text;
  };
}

/** No provider was asked, and no cache answered. */
const isRefused = (it: UsageRecord) => it.attempts === 0 && !it.cacheHit;

/** Names hold no control characters, so these lines can be told apart. */
const lineOf = (it: UsageRecord, minute: number, isKnown: boolean) =>
  `${minute}\n${it.model}\n${it.version ?? ''}\n${it.keyId}\n${it.profile}\n${
    it.team ?? ''
  }\n${it.purpose}\n${it.tier}\n${it.currency ?? ''}\n${
    it.grantId === undefined ? '' : '+'
  }${isKnown ? '+' : '-'}`;

/** Names come again and again, and hashes take long. */
const ids = new Map<string, string>();
const MOST_IDS = 100_000;

function idOf(name: string): string {
  let id = ids.get(name);
  if (id === undefined) {
    if (ids.size >= MOST_IDS) ids.clear();
    id = sha256Hex(name);
    ids.set(name, id);
  }
  return id;
}

/** Rows of one name added up. */
class Sums<T extends object> {
  readonly #rows = new Map<string, T>();

  constructor(readonly add: (sum: T, row: T) => void) {}

  take(name: string, row: T): void {
    const sum = this.#rows.get(name);
    if (sum) {
      this.add(sum, row);
    } else {
      this.#rows.set(name, row);
    }
  }

  /** With the hash of its name as id. */
  identified(): Array<T & { id: string }> {
    return [...this.#rows].map(([name, row]) => ({ id: idOf(name), ...row }));
  }

  all(): T[] {
    return [...this.#rows.values()];
  }
}

/**
 * What many records add up to, folded once: the sums that are written are made
 * of minutes and names, of which there are far fewer than records.
 */
export class Fold {
  readonly #tallies = new Map<string, Tally>();
  readonly #uncovered = new Sums<Omit<UncoveredRow, 'id'>>((sum, row) => {
    sum.calls += row.calls;
    if (row.first_at < sum.first_at) sum.first_at = row.first_at;
    if (row.last_at > sum.last_at) sum.last_at = row.last_at;
  });

  static of(records: Iterable<UsageRecord>): Fold {
    const fold = new Fold();
    for (const it of records) fold.#take(it);
    return fold;
  }

  /** Minute by minute, for the rollups. */
  facts(): UsageFact[] {
    return [...this.#tallies.values()].map(({ fact }) => fact);
  }

  /** What the fact of this number has in common, as a name. */
  lines(): string[] {
    return [...this.#tallies.keys()];
  }

  /** Whether the gateway knew the model of the fact of this number. */
  knownModels(): boolean[] {
    return [...this.#tallies.values()].map(({ isKnown }) => isKnown);
  }

  totals(): TotalRow[] {
    const monthOfMinute = remembering(minuteMonth);
    const sums = new Sums<Omit<TotalRow, 'id'>>((sum, row) => {
      sum.calls += row.calls;
      sum.refused += row.refused;
      sum.unpriced_calls += row.unpriced_calls;
      sum.estimated_calls += row.estimated_calls;
      sum.input_tokens += row.input_tokens;
      sum.output_tokens += row.output_tokens;
      sum.cached_input_tokens += row.cached_input_tokens;
      sum.cost_micros += row.cost_micros;
    });
    for (const { fact, keyId, refused } of this.#tallies.values()) {
      const dimensions = {
        month: monthOfMinute(fact.at),
        profile: fact.profile,
        team: fact.team || fact.component,
        key_id: keyId,
        model: fact.model,
        currency: fact.currency,
      };
      sums.take(Object.values(dimensions).join('\n'), {
        ...dimensions,
        calls: fact.calls,
        refused,
        unpriced_calls: fact.unpricedCalls,
        estimated_calls: fact.estimatedCalls,
        input_tokens: fact.inputTokens,
        output_tokens: fact.outputTokens,
        cached_input_tokens: fact.cachedInputTokens,
        cost_micros: fact.costMicros,
      });
    }
    return sums.identified();
  }

  /** What calls took from every budget that there may be; refused ones took nothing. */
  spend(): SpendRow[] {
    const monthOfMinute = remembering(minuteMonth);
    const sums = new Sums<SpendRow>((sum, row) => {
      sum.calls += row.calls;
      sum.cost_micros += row.cost_micros;
    });
    for (const {
      fact,
      keyId,
      refused,
      spentMicros,
    } of this.#tallies.values()) {
      // What a cache answered, or nobody, costs nothing and has no currency.
      const calls =
        fact.currency === '' ? fact.unpricedCalls : fact.calls - refused;
      if (calls > 0) {
        const month = monthOfMinute(fact.at);
        const { profile, currency } = fact;
        const owner = fact.team || fact.component;
        const budgets = [`profile:${profile}`, `key:${keyId}`];
        if (owner !== '') budgets.push(`team:${owner}`);
        for (const budget_id of budgets) {
          sums.take(`${month} ${currency} ${budget_id}`, {
            month,
            budget_id,
            currency,
            calls,
            cost_micros: spentMicros,
          });
        }
      }
    }
    return sums.all();
  }

  /** What calls were for that passed by an approval. */
  scopes(): ScopeRow[] {
    const dayOfMinute = remembering(minuteDay);
    const sums = new Sums<Scope>((sum, row) => {
      sum.calls += row.calls;
      if (row.lastAt > sum.lastAt) sum.lastAt = row.lastAt;
    });
    for (const it of this.#tallies.values()) {
      if (it.isGranted) {
        const { model, profile, tier } = it.fact;
        const dimensions = {
          day: dayOfMinute(it.fact.at),
          model,
          profile,
          purpose: it.purpose,
          tier,
        };
        sums.take(Object.values(dimensions).join('\n'), {
          ...dimensions,
          calls: it.fact.calls,
          lastAt: it.lastAt,
        });
      }
    }
    return sums.identified().map(({ lastAt, ...row }) => ({
      ...row,
      last_at: new Date(lastAt).toISOString(),
    }));
  }

  uncovered(): UncoveredRow[] {
    return this.#uncovered.identified();
  }

  #take(it: UsageRecord): void {
    const at = Date.parse(it.at);
    const minute = periodOf('minute', at);
    const isKnown = isModelKnown(it);
    const line = lineOf(it, minute, isKnown);
    let tally = this.#tallies.get(line);
    if (!tally) {
      tally = {
        fact: emptyFact(it, beginOf('minute', minute)),
        isKnown,
        keyId: it.keyId,
        purpose: it.purpose,
        isGranted: it.grantId !== undefined,
        refused: 0,
        spentMicros: 0,
        lastAt: at,
      };
      this.#tallies.set(line, tally);
    }
    addRecord(tally.fact, it);
    if (at > tally.lastAt) tally.lastAt = at;
    if (isRefused(it)) {
      tally.refused += it.calls ?? 1;
    } else {
      tally.spentMicros += it.costMicros ?? 0;
    }
    if (it.uncovered !== undefined) this.#takeUncovered(it, at, it.uncovered);
  }

  #takeUncovered(it: UsageRecord, begin: number, code: string): void {
    const at = new Date(begin).toISOString();
    const dimensions = {
      day: at.slice(0, 10),
      profile: it.profile,
      model: it.model,
      key_id: it.keyId,
      code,
    };
    this.#uncovered.take(Object.values(dimensions).join('\n'), {
      ...dimensions,
      calls: it.calls ?? 1,
      first_at: at,
      last_at: new Date(it.until ?? begin).toISOString(),
    });
  }
}
