import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { chunksOf, upsert, type Column } from '../database';
import { beginOf, periodOf } from './periods';
import { SeriesBook, type SeriesIds } from './SeriesBook';
import { Sketch } from './Sketch';
import { COLUMN_OF, NUMBERS, PARTS, SKETCHES } from './tables';
import {
  LEVELS,
  SUMS,
  type Level,
  type RollupRetention,
  type UsageFact,
} from './types';

const DAY_MS = 24 * 3_600_000;

/** A fact whose names have numbers. */
export interface PreparedFact {
  fact: UsageFact;
  ids: SeriesIds;
}

/** Sums of a period, under the number of a series. */
interface NumberRow {
  at: number;
  key: number;
  sums: number[];
}

/** How long answers of a period took, under the number of a version. */
interface SketchRow {
  at: number;
  key: number;
  latency: Sketch;
  ttft: Sketch;
}

interface StoredSketch {
  at: number;
  model_id: number;
  revision: number;
  latency: Buffer;
  ttft: Buffer;
}

const SUM_COLUMNS = SUMS.map(
  (it): Column => ({ name: COLUMN_OF[it], type: 'bigint' }),
);

const SKETCH_COLUMNS: Column[] = [
  { name: 'at', type: 'int' },
  { name: 'model_id', type: 'int' },
  { name: 'revision', type: 'int' },
  { name: 'latency', type: 'bytea' },
  { name: 'ttft', type: 'bytea' },
];

/** In one order everywhere, so that two replicas cannot wait for each other. */
const inOrder = <T extends { at: number; key: number }>(rows: Iterable<T>) =>
  [...rows].sort((a, b) => a.at - b.at || a.key - b.key);

const nameOf = (at: number, key: number) => `${at} ${key}`;

function addTo<T extends { at: number; key: number }>(
  rows: Map<string, T>,
  at: number,
  key: number,
  create: () => T,
): T {
  const name = nameOf(at, key);
  let row = rows.get(name);
  if (!row) {
    row = create();
    rows.set(name, row);
  }
  return row;
}

/**
 * Adds what happened to the sums of every level, in the transaction of
 * whoever heard of it: what counts once there counts once here.
 */
export class RollupWriter {
  static create(options: {
    knex: Knex;
    clock: Clock;
    retention: RollupRetention;
    book?: SeriesBook;
  }): RollupWriter {
    const { clock, retention } = options;
    const book = options.book ?? SeriesBook.create(options);
    return new RollupWriter(clock, retention, book);
  }

  readonly #clock: Clock;
  readonly #retention: RollupRetention;
  readonly #book: SeriesBook;

  private constructor(
    clock: Clock,
    retention: RollupRetention,
    book: SeriesBook,
  ) {
    this.#clock = clock;
    this.#retention = retention;
    this.#book = book;
  }

  /** Finds the numbers of names. Before the transaction, never inside. */
  async prepare(
    facts: UsageFact[],
    isModelKnown: (n: number) => boolean = () => true,
  ): Promise<PreparedFact[]> {
    const ids = await this.#book.idsOf(
      facts.map((fact, n) => ({
        dimensions: fact,
        isModelKnown: isModelKnown(n),
      })),
    );
    return facts.map((fact, n) => ({ fact, ids: ids[n] }));
  }

  async add(tx: Knex.Transaction, facts: PreparedFact[]): Promise<void> {
    await this.#add(tx, facts, level => this.firstKept(level));
  }

  /**
   * Takes away what was added before, where it still counts. How long answers
   * took cannot be taken away, so the facts must not tell it.
   *
   * @param addedFrom - the first period of each level that it was added to
   */
  async takeAway(
    tx: Knex.Transaction,
    facts: PreparedFact[],
    addedFrom: Partial<Record<Level, number>>,
  ): Promise<void> {
    const negative = facts.map(({ fact, ids }) => {
      const sums = SUMS.map(it => [it, -fact[it]]);
      return { ids, fact: { ...fact, ...Object.fromEntries(sums) } };
    });
    await this.#add(tx, negative, level =>
      Math.max(this.firstKept(level), addedFrom[level] ?? -Infinity),
    );
    const seriesIds = [...new Set(facts.map(({ ids }) => ids.seriesId))];
    const partIds = [...new Set(facts.flatMap(({ ids }) => ids.partIds))];
    for (const level of LEVELS) {
      const parts = PARTS[level];
      await deleteEmpty(tx, NUMBERS[level], 'series_id', seriesIds);
      if (parts) await deleteEmpty(tx, parts, 'part_id', partIds);
    }
  }

  async #add(
    tx: Knex.Transaction,
    facts: PreparedFact[],
    firstOf: (level: Level) => number,
  ): Promise<void> {
    if (facts.length === 0) return;
    const partsOfSeries = new Map(
      facts.map(({ ids }) => [ids.seriesId, ids.partIds]),
    );
    const parts: Array<[table: string, rows: NumberRow[]]> = [];
    let numbers = minuteNumbers(facts);
    let sketches = minuteSketches(facts);
    for (const [n, level] of LEVELS.entries()) {
      if (n > 0) {
        const periodIn = (at: number) =>
          periodOf(level, beginOf(LEVELS[n - 1], at));
        numbers = coarserNumbers(numbers, periodIn);
        sketches = coarserSketches(sketches, periodIn);
      }
      const first = firstOf(level);
      const isKept = ({ at }: { at: number }) => at >= first;
      const kept = numbers.filter(isKept);
      await addNumbers(tx, { table: NUMBERS[level], key: 'series_id' }, kept);
      const table = PARTS[level];
      if (table) parts.push([table, partNumbers(kept, partsOfSeries)]);
      await addSketches(tx, level, sketches.filter(isKept));
    }
    // All replicas write these few rows: last, so that they are held for short.
    for (const [table, rows] of parts) {
      await addNumbers(tx, { table, key: 'part_id' }, rows);
    }
  }

  /** Forgets the periods of each level after their time. */
  async prune(knex: Knex): Promise<void> {
    for (const level of LEVELS) {
      const first = this.firstKept(level);
      for (const table of [NUMBERS[level], SKETCHES[level], PARTS[level]]) {
        if (!table) continue;
        // One period at a time, so that nobody waits for long.
        for (;;) {
          const [{ at }] = await knex(table).min({ at: 'at' });
          if (at === null || at >= first) break;
          await knex(table).where({ at }).delete();
        }
      }
    }
  }

  /** Older periods are not kept. */
  firstKept(level: Level): number {
    if (level === 'month') return -Infinity;
    const kept = this.#retention[level] * DAY_MS;
    return periodOf(level, this.#clock.now().getTime() - kept);
  }
}

function minuteNumbers(facts: PreparedFact[]): NumberRow[] {
  const rows = new Map<string, NumberRow>();
  for (const { fact, ids } of facts) {
    const at = periodOf('minute', fact.at);
    const key = ids.seriesId;
    const row = addTo(rows, at, key, () => ({
      at,
      key,
      sums: SUMS.map(() => 0),
    }));
    for (let n = 0; n < SUMS.length; n += 1) row.sums[n] += fact[SUMS[n]];
  }
  return [...rows.values()];
}

function coarserNumbers(
  finer: NumberRow[],
  periodIn: (at: number) => number,
): NumberRow[] {
  const rows = new Map<string, NumberRow>();
  for (const { at: finerAt, key, sums } of finer) {
    const at = periodIn(finerAt);
    const row = addTo(rows, at, key, () => ({
      at,
      key,
      sums: SUMS.map(() => 0),
    }));
    for (let n = 0; n < SUMS.length; n += 1) row.sums[n] += sums[n];
  }
  return [...rows.values()];
}

const emptySketches = (at: number, key: number): SketchRow => ({
  at,
  key,
  latency: new Sketch(),
  ttft: new Sketch(),
});

function minuteSketches(facts: PreparedFact[]): SketchRow[] {
  const rows = new Map<string, SketchRow>();
  for (const { fact, ids } of facts) {
    if (fact.latency.length + fact.ttft.length > 0) {
      const at = periodOf('minute', fact.at);
      const key = ids.modelId;
      const row = addTo(rows, at, key, () => emptySketches(at, key));
      for (const [ms, calls] of fact.latency) row.latency.add(ms, calls);
      for (const [ms, calls] of fact.ttft) row.ttft.add(ms, calls);
    }
  }
  return [...rows.values()];
}

function coarserSketches(
  finer: SketchRow[],
  periodIn: (at: number) => number,
): SketchRow[] {
  const rows = new Map<string, SketchRow>();
  for (const { at: finerAt, key, latency, ttft } of finer) {
    const at = periodIn(finerAt);
    const row = addTo(rows, at, key, () => emptySketches(at, key));
    row.latency.merge(latency);
    row.ttft.merge(ttft);
  }
  return [...rows.values()];
}

function partNumbers(
  rows: NumberRow[],
  partsOfSeries: Map<number, number[]>,
): NumberRow[] {
  const parts = new Map<string, NumberRow>();
  for (const { at, key: seriesId, sums } of rows) {
    for (const key of partsOfSeries.get(seriesId) ?? []) {
      const row = addTo(parts, at, key, () => ({
        at,
        key,
        sums: SUMS.map(() => 0),
      }));
      for (let n = 0; n < SUMS.length; n += 1) row.sums[n] += sums[n];
    }
  }
  return [...parts.values()];
}

async function addNumbers(
  tx: Knex.Transaction,
  { table, key: keyColumn }: { table: string; key: 'series_id' | 'part_id' },
  rows: NumberRow[],
): Promise<void> {
  await upsert(
    tx,
    table,
    {
      columns: [
        { name: 'at', type: 'int' },
        { name: keyColumn, type: 'int' },
        ...SUM_COLUMNS,
      ],
      keys: ['at', keyColumn],
      changes: SUMS.map(it => {
        const column = COLUMN_OF[it];
        return `${column} = ${table}.${column} + excluded.${column}`;
      }),
    },
    inOrder(rows).map(({ at, key, sums }) => [at, key, ...sums]),
  );
}

/** Rows of which nothing is left. */
async function deleteEmpty(
  tx: Knex.Transaction,
  table: string,
  key: 'series_id' | 'part_id',
  ids: number[],
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    const rest = tx(table).whereIn(key, chunk);
    for (const it of SUMS) rest.where(COLUMN_OF[it], 0);
    await rest.delete();
  }
}

/** Locks what is there, adds to it here, and writes it back. */
async function addSketches(
  tx: Knex.Transaction,
  level: Level,
  rows: SketchRow[],
): Promise<void> {
  const rowOf = new Map(rows.map(row => [nameOf(row.at, row.key), row]));
  const table = SKETCHES[level];
  const common = { columns: SKETCH_COLUMNS, keys: ['at', 'model_id'] };
  const stored = await upsert<StoredSketch>(
    tx,
    table,
    {
      ...common,
      changes: [`revision = ${table}.revision + 1`],
      returning: SKETCH_COLUMNS.map(({ name }) => name),
    },
    inOrder(rows).map(({ at, key, latency, ttft }) => [
      at,
      key,
      1,
      latency.encode(),
      ttft.encode(),
    ]),
  );
  const changed = stored.flatMap(it => {
    const row = rowOf.get(nameOf(it.at, it.model_id));
    if (it.revision === 1 || !row) return [];
    const latency = Sketch.decode(it.latency);
    latency.merge(row.latency);
    const ttft = Sketch.decode(it.ttft);
    ttft.merge(row.ttft);
    return [[it.at, it.model_id, 1, latency.encode(), ttft.encode()]];
  });
  await upsert(
    tx,
    table,
    {
      ...common,
      changes: ['latency = excluded.latency', 'ttft = excluded.ttft'],
    },
    changed,
  );
}
