import type { MetricComparison } from '../statistics';
import { quantity, signed, signedSpan } from './numbers';
import { pValue, remarks, STANDINGS } from './words';

/**
 * Comparisons as a table for a terminal.
 *
 * @public
 */
export function formatComparisons(comparisons: MetricComparison[]): string {
  const rows = [
    [
      'Metric',
      'Candidate',
      'Incumbent',
      'Difference',
      'Interval',
      'May be lost',
      'p',
      'Pairs',
      'Verdict',
    ],
    ...comparisons.map(it => [
      it.metric,
      quantity(it.candidate, it.unit),
      quantity(it.incumbent, it.unit),
      signed(it.difference, it.unit),
      signedSpan(it.interval, it.unit),
      quantity(it.margin, it.unit),
      pValue(it.adjustedPValue ?? it.pValue),
      String(it.pairs),
      STANDINGS[it.standing].words,
    ]),
  ];
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => [...row[column]].length)),
  );
  const isText = (column: number) => column === 0 || column === 8;
  const lines = rows.map(row =>
    row
      .map((text, column) =>
        isText(column)
          ? text.padEnd(widths[column])
          : text.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
  const notes = remarks(comparisons.map(it => ({ ...it, title: it.metric })));
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}
