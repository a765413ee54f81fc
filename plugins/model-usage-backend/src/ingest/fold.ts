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
  Sketch,
  type UsageFact,
} from '../rollups';
import type { ScopeRow, SpendRow, TotalRow, UncoveredRow } from './rows';
import {
  addTally,
  namesOfTally,
  noTimes,
  rowOfTally,
  TallyBook,
  tallyOfRow,
  type Tally,
  type TallyRow,
  type Times,
} from './Tally';

type Scope = Omit<ScopeRow, 'id' | 'last_at'> & { lastAt: number };

const minuteMonth = (at: number) => monthOf(new Date(at));

const minuteDay = (at: number) => new Date(at).toISOString().slice(0, 10);

const timesName = ({ fact }: Tally) =>
  `${fact.at} ${fact.model}\n${fact.version}`;

/** A fold as JSON has it. */
export interface StoredFold {
  rows: TallyRow[];
  /** How long answers took, with the number of a row of the version and minute. */
  times: Array<{ tally: number; latency: string; ttft: string }>;
  /** The same of single calls, by the number of a row; less than 0 where it is not known. */
  took?: Array<[row: number, latencyMs: number, firstByteMs: number]>;
  uncovered: Array<[name: string, row: Omit<UncoveredRow, 'id'>]>;
}

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

  entries(): Array<[name: string, row: T]> {
    return [...this.#rows];
  }
}

/**
 * What many records add up to, folded once: the sums that are written are made
 * of minutes and names, of which there are far fewer than records.
 */
export class Fold {
  readonly #tallies = new TallyBook();
  /** By version and minute; whoever called. */
  readonly #times = new Map<string, { of: Tally; times: Times }>();
  /** The same, by all tallies of them that were asked for. */
  readonly #timesOf = new Map<Tally, Times>();
  readonly #uncovered = new Sums<Omit<UncoveredRow, 'id'>>((sum, row) => {
    sum.calls += row.calls;
    if (row.first_at < sum.first_at) sum.first_at = row.first_at;
    if (row.last_at > sum.last_at) sum.last_at = row.last_at;
  });

  /** What `stored` told before. */
  static restore({ rows, times, took = [], uncovered }: StoredFold): Fold {
    const fold = new Fold();
    const tallies = rows.map(tallyOfRow);
    for (const tally of tallies) fold.#tallies.add(tally);
    for (const { tally, latency, ttft } of times) {
      const of = tallies[tally];
      fold.#times.set(timesName(of), {
        of,
        times: {
          latency: Sketch.decode(Buffer.from(latency, 'base64')),
          ttft: Sketch.decode(Buffer.from(ttft, 'base64')),
        },
      });
    }
    for (const [n, latencyMs, firstByteMs] of took) {
      const ttft = firstByteMs < 0 ? undefined : firstByteMs;
      fold.#takeTimes({ latencyMs, firstByteMs: ttft }, tallies[n]);
    }
    for (const [name, row] of uncovered) fold.#uncovered.take(name, row);
    return fold;
  }

  /** For JSON. */
  stored(): StoredFold {
    const tallies = this.#tallies.all();
    const places = new Map(tallies.map((it, n) => [it, n]));
    return {
      rows: tallies.map(rowOfTally),
      times: [...this.#times.values()].map(({ of, times }) => ({
        tally: places.get(of) ?? 0,
        latency: times.latency.encode().toString('base64'),
        ttft: times.ttft.encode().toString('base64'),
      })),
      uncovered: this.#uncovered.entries(),
    };
  }

  /** Adds another, which is not to be used after. */
  merge(other: Fold): void {
    for (const it of other.#tallies.all()) {
      const tally = this.#tallies.find(namesOfTally(it));
      if (tally) addTally(tally, it);
      else this.#tallies.add(it);
    }
    for (const [name, { of, times }] of other.#times) {
      const own = this.#times.get(name);
      if (own) {
        own.times.latency.merge(times.latency);
        own.times.ttft.merge(times.ttft);
      } else {
        this.#times.set(name, { of: this.#own(of), times });
      }
    }
    for (const [name, row] of other.#uncovered.entries()) {
      this.#uncovered.take(name, row);
    }
  }

  /** Minute by minute, for the rollups. */
  facts(): UsageFact[] {
    const times = new Map(
      [...this.#times.values()].map(it => [it.of, it.times]),
    );
    return this.#tallies.all().map(tally => {
      const sketches = times.get(tally);
      return sketches ? { ...tally.fact, sketches } : tally.fact;
    });
  }

  /** Whether the gateway knew the model of the fact of this number. */
  knownModels(): boolean[] {
    return this.#tallies.all().map(({ isKnown }) => isKnown);
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
    for (const { fact, keyId, refused } of this.#tallies.all()) {
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
    for (const { fact, keyId, refused, spentMicros } of this.#tallies.all()) {
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
    for (const it of this.#tallies.all()) {
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

  /** @param at - when the call began, in milliseconds since 1970 */
  take(it: UsageRecord, at: number): void {
    const minute = beginOf('minute', periodOf('minute', at));
    const names = {
      keyId: it.keyId,
      model: it.model,
      profile: it.profile,
      purpose: it.purpose,
      tier: it.tier,
      version: it.version ?? '',
      owner: it.team ?? '',
      currency: it.currency ?? '',
      minute,
      isGranted: it.grantId !== undefined,
      isKnown: isModelKnown(it),
    };
    let tally = this.#tallies.find(names);
    if (!tally) {
      const { keyId, owner, purpose, isGranted, isKnown } = names;
      tally = {
        fact: emptyFact(it, minute),
        isKnown,
        keyId,
        owner,
        purpose,
        isGranted,
        refused: 0,
        spentMicros: 0,
        lastAt: at,
      };
      this.#tallies.add(tally);
    }
    if (addRecord(tally.fact, it)) this.#takeTimes(it, tally);
    if (at > tally.lastAt) tally.lastAt = at;
    if (isRefused(it)) {
      tally.refused += it.calls ?? 1;
    } else {
      tally.spentMicros += it.costMicros ?? 0;
    }
    if (it.uncovered !== undefined) this.#takeUncovered(it, at, it.uncovered);
  }

  #takeTimes(
    it: Pick<UsageRecord, 'latencyMs' | 'firstByteMs'>,
    tally: Tally,
  ): void {
    let times = this.#timesOf.get(tally);
    if (!times) {
      const name = timesName(tally);
      times = this.#times.get(name)?.times ?? noTimes();
      if (!this.#times.has(name)) this.#times.set(name, { of: tally, times });
      this.#timesOf.set(tally, times);
    }
    times.latency.add(it.latencyMs);
    if (it.firstByteMs !== undefined) times.ttft.add(it.firstByteMs);
  }

  /** The tally of the same names here. */
  #own(tally: Tally): Tally {
    return this.#tallies.find(namesOfTally(tally)) ?? tally;
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
