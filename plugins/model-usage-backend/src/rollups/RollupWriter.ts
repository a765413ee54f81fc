import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import {
  coarserNumbers,
  coarserSketches,
  minuteNumbers,
  minuteSketches,
  partNumbers,
  weeksOf,
  type NumberRow,
  type PreparedFact,
} from './folding';
import { beginOf, periodOf, weekOfDay } from './periods';
import { SeriesBook } from './SeriesBook';
import { NUMBERS, PARTS, SKETCHES, WEEKS, WEEKS_OF_BLOCK } from './tables';
import {
  LEVELS,
  SUMS,
  type Level,
  type RollupRetention,
  type UsageFact,
} from './types';
import {
  addNumbers,
  addSketches,
  addWeeks,
  deleteEmpty,
  deleteEmptyWeeks,
} from './writes';

const DAY_MS = 24 * 3_600_000;

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
    await deleteEmptyWeeks(tx, seriesIds);
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
      if (level === 'day') await addWeeks(tx, weeksOf(kept));
      await addSketches(tx, level, sketches.filter(isKept));
    }
    // All replicas write these few rows: last, so that they are held for short.
    for (const [table, rows] of parts) {
      await addNumbers(tx, { table, key: 'part_id' }, rows);
    }
  }

  /** Forgets the periods of each level after their time. */
  async prune(knex: Knex): Promise<void> {
    await this.#pruneWeeks(knex);
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

  /** Older weeks than the days that are kept. */
  async #pruneWeeks(knex: Knex): Promise<void> {
    const first = weekOfDay(this.firstKept('day'));
    const block = Math.floor(first / WEEKS_OF_BLOCK);
    await knex(WEEKS).where('at', '<', block).delete();
    const kept = first % WEEKS_OF_BLOCK;
    await knex(WEEKS)
      .where({ at: block })
      .whereRaw('weeks % ? <> 0', [2 ** kept])
      .update({ weeks: knex.raw('(weeks >> ?) << ?', [kept, kept]) });
  }

  /** Older periods are not kept. */
  firstKept(level: Level): number {
    if (level === 'month') return -Infinity;
    const kept = this.#retention[level] * DAY_MS;
    return periodOf(level, this.#clock.now().getTime() - kept);
  }
}
