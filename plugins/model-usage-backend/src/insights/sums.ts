import type {
  InsightPeriod,
  InsightShare,
  InsightSums,
} from '@modelhub/backstage-plugin-models-common';
import { fromMicros } from '../budgets';
import { SUMS, type Sums, type SumsRow } from '../rollups';
import { periodsIn, type Range } from './days';

/** Sums of several currencies; each row bears its own. */
export type CurrencyRow = Sums & { currency?: string };

/** Names in the order of their code units, the same everywhere. */
export const byName = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** Adds up rows; amounts of each currency by themselves. */
export function foldSums(rows: Iterable<CurrencyRow>): InsightSums {
  const total = Object.fromEntries(SUMS.map(it => [it, 0])) as Record<
    keyof Sums,
    number
  >;
  const micros = new Map<string, number>();
  for (const row of rows) {
    for (const name of SUMS) total[name] += row[name];
    const currency = row.currency ?? '';
    if (currency !== '') {
      micros.set(currency, (micros.get(currency) ?? 0) + row.costMicros);
    }
  }
  const { costMicros: _, ...counts } = total;
  return {
    ...counts,
    costs: [...micros]
      .sort(([a], [b]) => byName(a, b))
      .map(([currency, sum]) => ({ currency, amount: fromMicros(sum) })),
  };
}

/** Rows by a name of theirs. */
export function groupBy<T>(
  rows: Iterable<T>,
  nameOf: (row: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

/** How many names have calls; what is not known is none. */
export const countOf = <T extends { calls: number }>(
  rows: T[],
  nameOf: (row: T) => string,
): number =>
  new Set(
    rows
      .filter(({ calls }) => calls > 0)
      .map(nameOf)
      .filter(name => name !== ''),
  ).size;

/** The first day of the period of a row. */
export const dateOf = (row: Pick<SumsRow, 'at'>): string =>
  (row.at ?? '').slice(0, 10);

/** One item for each period, also those without calls. */
export function seriesOf(range: Range, rows: SumsRow[]): InsightPeriod[] {
  const byDate = groupBy(rows, dateOf);
  return periodsIn(range).map(date => ({
    date,
    sums: foldSums(byDate.get(date) ?? []),
  }));
}

/** Calls of each period. */
export const callsOf = (range: Range, rows: SumsRow[]): number[] =>
  seriesOf(range, rows).map(({ sums }) => sums.calls);

/** `part` of `whole`, and nothing of nothing. */
export const shareOf = (part: number, whole: number): number =>
  whole > 0 ? part / whole : 0;

/** Groups with their part of all calls, the greatest first. */
export function sharesOf<T extends CurrencyRow>(
  rows: T[],
  nameOf: (row: T) => string,
): InsightShare[] {
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  return [...groupBy(rows, nameOf)]
    .map(([name, group]) => {
      const sums = foldSums(group);
      return { name, share: shareOf(sums.calls, calls), sums };
    })
    .sort((a, b) => b.sums.calls - a.sums.calls || byName(a.name, b.name));
}
