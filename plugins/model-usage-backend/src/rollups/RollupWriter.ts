import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { periodOf } from './periods';
import { SeriesBook, type SeriesIds } from './SeriesBook';
import { Sketch } from './Sketch';
import { COLUMN_OF, NUMBERS, SKETCHES } from './tables';
import {
  LEVELS,
  SUMS,
  type Level,
  type RollupRetention,
  type UsageFact,
} from './types';
import { upsert, type Column } from './upserts';

const DAY_MS = 24 * 3_600_000;

/** A fact whose names have numbers. */
export interface PreparedFact {
  fact: UsageFact;
  ids: SeriesIds;
}

interface NumberRow {
  at: number;
  key: number;
  sums: number[];
}

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

const NUMBER_COLUMNS: Column[] = [
  { name: 'at', type: 'int' },
  { name: 'series_id', type: 'int' },
  ...SUMS.map(it => ({ name: COLUMN_OF[it], type: 'bigint' as const })),
];

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
    if (facts.length === 0) return;
    for (const level of LEVELS) {
      const first = this.firstKept(level);
      await this.#addNumbers(tx, level, first, facts);
      await this.#addSketches(tx, level, first, facts);
    }
  }

  /** Forgets the periods of each level after their time. */
  async prune(knex: Knex): Promise<void> {
    for (const level of LEVELS) {
      const first = this.firstKept(level);
      for (const table of [NUMBERS[level], SKETCHES[level]]) {
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

  async #addNumbers(
    tx: Knex.Transaction,
    level: Level,
    first: number,
    facts: PreparedFact[],
  ): Promise<void> {
    const rows = new Map<string, NumberRow>();
    for (const { fact, ids } of facts) {
      const at = periodOf(level, fact.at);
      if (at >= first) {
        const name = `${at} ${ids.seriesId}`;
        const row = rows.get(name);
        if (row) {
          SUMS.forEach((it, n) => {
            row.sums[n] += fact[it];
          });
        } else {
          const sums = SUMS.map(it => fact[it]);
          rows.set(name, { at, key: ids.seriesId, sums });
        }
      }
    }
    const table = NUMBERS[level];
    await upsert(
      tx,
      table,
      {
        columns: NUMBER_COLUMNS,
        keys: ['at', 'series_id'],
        changes: SUMS.map(it => {
          const column = COLUMN_OF[it];
          return `${column} = ${table}.${column} + excluded.${column}`;
        }),
      },
      inOrder(rows.values()).map(({ at, key, sums }) => [at, key, ...sums]),
    );
  }

  /** Locks what is there, adds to it here, and writes it back. */
  async #addSketches(
    tx: Knex.Transaction,
    level: Level,
    first: number,
    facts: PreparedFact[],
  ): Promise<void> {
    const rows = new Map<string, SketchRow>();
    for (const { fact, ids } of facts) {
      const at = periodOf(level, fact.at);
      if (at >= first && fact.latency.length + fact.ttft.length > 0) {
        const name = `${at} ${ids.modelId}`;
        let row = rows.get(name);
        if (!row) {
          const [latency, ttft] = [new Sketch(), new Sketch()];
          row = { at, key: ids.modelId, latency, ttft };
          rows.set(name, row);
        }
        for (const [ms, calls] of fact.latency) row.latency.add(ms, calls);
        for (const [ms, calls] of fact.ttft) row.ttft.add(ms, calls);
      }
    }
    const encoded = (some: Iterable<SketchRow>) =>
      inOrder(some).map(({ at, key, latency, ttft }) => [
        at,
        key,
        1,
        latency.encode(),
        ttft.encode(),
      ]);
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
      encoded(rows.values()),
    );
    const changed = stored
      .filter(({ revision }) => revision > 1)
      .flatMap(it => {
        const row = rows.get(`${it.at} ${it.model_id}`);
        if (!row) return [];
        row.latency.merge(Sketch.decode(it.latency));
        row.ttft.merge(Sketch.decode(it.ttft));
        return [row];
      });
    await upsert(
      tx,
      table,
      {
        ...common,
        changes: ['latency = excluded.latency', 'ttft = excluded.ttft'],
      },
      encoded(changed),
    );
  }
}
