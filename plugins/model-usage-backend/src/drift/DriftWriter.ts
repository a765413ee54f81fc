import type { UsageFeedback, UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { upsert, type Column } from '../database';
import type { RecordSums, RecordWriter } from '../ingest';
import { periodOf, versionHash } from '../rollups';
import { DayHistogram, type StoredCounts } from './DayHistogram';
import { eachValue, feedbackValue, isTelling } from './features';

interface DayRow {
  day: number;
  hash: string;
  histogram: DayHistogram;
}

interface StoredDay {
  day: number;
  hash: string;
  revision: number;
  counts: Buffer;
}

/** Sums of some days, as JSON has them. */
type StoredSums = Array<[day: number, hash: string, counts: StoredCounts]>;

const COLUMNS: Column[] = [
  { name: 'day', type: 'int' },
  { name: 'hash', type: 'text' },
  { name: 'revision', type: 'int' },
  { name: 'counts', type: 'bytea' },
];

const TABLE = 'usage_drift_days';

/** Beyond so many versions, what is remembered is reckoned again. */
const MOST_REMEMBERED = 20_000;

/** Rows of days that are being written. */
class Days {
  readonly #rows = new Map<string, DayRow>();

  of(day: number, hash: string): DayHistogram {
    const name = `${day} ${hash}`;
    let row = this.#rows.get(name);
    if (!row) {
      row = { day, hash, histogram: new DayHistogram() };
      this.#rows.set(name, row);
    }
    return row.histogram;
  }

  get(day: number, hash: string): DayRow | undefined {
    return this.#rows.get(`${day} ${hash}`);
  }

  /** In one order everywhere, so that two replicas cannot wait for each other. */
  all(): DayRow[] {
    return [...this.#rows.values()].sort(
      (a, b) => a.day - b.day || (a.hash < b.hash ? -1 : 1),
    );
  }
}

/** What calls were like, until it is written. */
class DriftSums implements RecordSums {
  readonly #days = new Days();
  readonly #hashOf: (model: string, version: string) => string;
  readonly #latest = new Map<
    string,
    { day: number; version: string; histogram: DayHistogram }
  >();

  constructor(
    hashOf: (model: string, version: string) => string,
    stored: StoredSums,
  ) {
    this.#hashOf = hashOf;
    for (const [day, hash, counts] of stored) {
      this.#days.of(day, hash).merge(DayHistogram.restore(counts));
    }
  }

  take(it: UsageRecord, at: number): void {
    if (!isTelling(it)) return;
    const histogram = this.#histogramOf(it, periodOf('day', at));
    eachValue(it, (id, value) => histogram.add(id, value));
  }

  /** By model, because a hash for each record takes long. */
  #histogramOf({ model, version = '' }: UsageRecord, day: number) {
    const known = this.#latest.get(model);
    if (known?.day === day && known.version === version) {
      return known.histogram;
    }
    const histogram = this.#days.of(day, this.#hashOf(model, version));
    this.#latest.set(model, { day, version, histogram });
    return histogram;
  }

  merge(other: DriftSums): void {
    for (const { day, hash, histogram } of other.#days.all()) {
      this.#days.of(day, hash).merge(histogram);
    }
  }

  stored(): StoredSums {
    return this.#days
      .all()
      .map(({ day, hash, histogram }) => [day, hash, histogram.stored()]);
  }

  write(tx: Knex.Transaction): Promise<void> {
    return write(tx, this.#days.all(), this.#days);
  }
}

/**
 * Adds what calls were like to the histograms of their day, in the transaction
 * that takes them: folded in memory, one row for each version and day.
 */
export class DriftWriter implements RecordWriter {
  static create(): DriftWriter {
    return new DriftWriter();
  }

  readonly name = 'drift';
  readonly #hashes = new Map<string, string>();

  private constructor() {}

  begin(stored?: unknown): RecordSums {
    const hashOf = (model: string, version: string) =>
      this.#hash(model, version);
    return new DriftSums(hashOf, (stored ?? []) as StoredSums);
  }

  /**
   * Each call is judged once; it counts on the day of the call.
   *
   * @returns how many were new
   */
  async addFeedback(
    tx: Knex.Transaction,
    items: UsageFeedback[],
  ): Promise<number> {
    const rated = items.filter(({ version }) => version !== undefined);
    const byCall = new Map(rated.map(it => [it.call, it]));
    const fresh = await upsert<{ call_id: string }>(
      tx,
      'usage_feedback',
      {
        columns: [
          { name: 'call_id', type: 'text' },
          { name: 'day', type: 'int' },
        ],
        keys: ['call_id'],
        changes: [],
        returning: ['call_id'],
      },
      [...byCall.keys()]
        .sort()
        .map(call => [
          call,
          periodOf('day', Date.parse(byCall.get(call)?.at ?? '')),
        ]),
    );
    const days = new Days();
    for (const { call_id: call } of fresh) {
      const it = byCall.get(call);
      if (!it) continue;
      days
        .of(
          periodOf('day', Date.parse(it.at)),
          this.#hash(it.model, it.version ?? ''),
        )
        .add('feedback', feedbackValue(it.score));
    }
    await write(tx, days.all(), days);
    return fresh.length;
  }

  #hash(model: string, version: string): string {
    const name = `${model}\n${version}`;
    let hash = this.#hashes.get(name);
    if (hash === undefined) {
      if (this.#hashes.size >= MOST_REMEMBERED) this.#hashes.clear();
      hash = versionHash(model, version);
      this.#hashes.set(name, hash);
    }
    return hash;
  }
}

const encoded = (rows: DayRow[]) =>
  rows.map(({ day, hash, histogram }) => [day, hash, 1, histogram.encode()]);

/** Locks what is there, adds to it here, and writes it back. */
async function write(
  tx: Knex.Transaction,
  rows: DayRow[],
  days: Days,
): Promise<void> {
  if (rows.length === 0) return;
  const common = { columns: COLUMNS, keys: ['hash', 'day'] };
  const stored = await upsert<StoredDay>(
    tx,
    TABLE,
    {
      ...common,
      changes: [`revision = ${TABLE}.revision + 1`],
      returning: COLUMNS.map(({ name }) => name),
    },
    encoded(rows),
  );
  const changed = stored
    .filter(({ revision }) => revision > 1)
    .flatMap(({ day, hash, counts }) => {
      const row = days.get(day, hash);
      if (!row) return [];
      row.histogram.merge(DayHistogram.decode(counts));
      return [row];
    });
  if (changed.length === 0) return;
  await upsert(
    tx,
    TABLE,
    { ...common, changes: ['counts = excluded.counts'] },
    encoded(changed),
  );
}
