import { periodOf, weekOfDay } from './periods';
import type { SeriesIds } from './SeriesBook';
import { Sketch } from './Sketch';
import { WEEKS_OF_BLOCK } from './tables';
import { SUMS, type UsageFact } from './types';

/** A fact whose names have numbers. */
export interface PreparedFact {
  fact: UsageFact;
  ids: SeriesIds;
}

/** A period, and the number of what is counted in it. */
export interface Period {
  at: number;
  key: number;
}

/** Sums of a period, under the number of a series. */
export interface NumberRow extends Period {
  sums: number[];
}

/** How long answers of a period took, under the number of a version. */
export interface SketchRow extends Period {
  latency: Sketch;
  ttft: Sketch;
}

/** Where calls are among the sums. */
const CALLS = SUMS.indexOf('calls');

export const nameOf = (at: number, key: number) => `${at} ${key}`;

function addTo<T extends Period>(
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

export function minuteNumbers(facts: PreparedFact[]): NumberRow[] {
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

export function coarserNumbers(
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

export function minuteSketches(facts: PreparedFact[]): SketchRow[] {
  const rows = new Map<string, SketchRow>();
  for (const { fact, ids } of facts) {
    if (fact.latency.length + fact.ttft.length > 0 || fact.sketches) {
      const at = periodOf('minute', fact.at);
      const key = ids.modelId;
      const row = addTo(rows, at, key, () => emptySketches(at, key));
      for (const [ms, calls] of fact.latency) row.latency.add(ms, calls);
      for (const [ms, calls] of fact.ttft) row.ttft.add(ms, calls);
      if (fact.sketches) {
        row.latency.merge(fact.sketches.latency);
        row.ttft.merge(fact.sketches.ttft);
      }
    }
  }
  return [...rows.values()];
}

export function coarserSketches(
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

export function partNumbers(
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

/** Weeks of one block in which a series was called; `at` is the block. */
export interface WeeksRow extends Period {
  /** A bit for each week. */
  weeks: number;
}

/** Of a week in its block. */
const bitOf = (week: number) => 2 ** (week % WEEKS_OF_BLOCK);

/** In which weeks series were called. */
export function weeksOf(days: NumberRow[]): WeeksRow[] {
  const rows = new Map<string, WeeksRow>();
  for (const { at: day, key, sums } of days) {
    if (sums[CALLS] <= 0) continue;
    const week = weekOfDay(day);
    const at = Math.floor(week / WEEKS_OF_BLOCK);
    const row = addTo(rows, at, key, () => ({ at, key, weeks: 0 }));
    row.weeks += bitOf(week) & ~row.weeks;
  }
  return [...rows.values()];
}
