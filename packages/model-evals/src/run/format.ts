import type {
  EvaluationMetric,
  EvaluationResult,
} from '@modelhub/governance-protocol';
import type { PackCriterion } from '../pack/types';
import { RUN_METRICS } from '../pack/runMetrics';
import { judgeCriteria, type CriterionOutcome } from './criteria';

/** Slices of the first metric that are shown; a report has them all. */
const MOST_SLICES = 20;

const SPEED: PackCriterion[] = [
  { metric: RUN_METRICS.requestLatency, statistic: 'p50' },
  { metric: RUN_METRICS.requestLatency, statistic: 'p95' },
  { metric: RUN_METRICS.ttft, statistic: 'p50' },
  { metric: RUN_METRICS.ttft, statistic: 'p95' },
  { metric: RUN_METRICS.costPerCase },
  { metric: RUN_METRICS.costTotal },
];

/**
 * The result of a pack as a table for a terminal: metric, value, interval, and
 * what became of the criteria.
 *
 * @public
 */
export function formatResult(
  result: EvaluationResult,
  criteria: PackCriterion[] = [],
): string {
  const outcomes = judgeCriteria(criteria, result.metrics);
  const shown: Row[] = [];
  const seen = new Set<string>();
  const add = (metric: EvaluationMetric, label: string) => {
    const key = JSON.stringify([metric.name, metric.statistic, metric.slice]);
    if (seen.has(key)) return;
    seen.add(key);
    const own = outcomes.filter(it => it.metric === metric);
    shown.push([
      label,
      quantity(metric.value, metric.unit),
      intervalOf(metric),
      own.map(verdict).join(', '),
    ]);
  };
  const names = Object.keys(result.measures);
  for (const name of names) {
    const metric = result.metrics.find(
      it => it.name === name && it.slice === undefined,
    );
    if (metric) add(metric, name);
    const slices = result.metrics.filter(
      it => it.name === name && it.slice !== undefined,
    );
    for (const slice of slices) {
      const isAsked = outcomes.some(it => it.metric === slice);
      if (isAsked || (name === names[0] && slices.length <= MOST_SLICES)) {
        add(slice, `  ${slice.slice}`);
      }
    }
  }
  for (const { metric } of [
    ...outcomes,
    ...judgeCriteria(SPEED, result.metrics),
  ]) {
    if (metric) add(metric, named(metric));
  }
  for (const outcome of outcomes) {
    if (!outcome.metric) {
      const { metric, slice } = outcome.criterion;
      const label = slice ? `${metric} of ${slice}` : metric;
      shown.push([label, '–', '', `${verdict(outcome)} (not measured)`]);
    }
  }
  return [
    table([['Metric', 'Value', 'Interval', 'Criterion'], ...shown]),
    '',
    ...notes(result),
  ].join('\n');
}

type Row = [label: string, value: string, interval: string, criterion: string];

function table(rows: Row[]): string {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows
    .map(row =>
      row
        .map((text, column) =>
          column === 1
            ? text.padStart(widths[column])
            : text.padEnd(widths[column]),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function notes({ cases, pack, partial, settings }: EvaluationResult): string[] {
  const count = (outcome: string) =>
    cases.outcomes.filter(it => it === outcome).length;
  const asked = cases.ids.length;
  const failed = count('failed');
  const unscored = count('unscored');
  const unscoredWhy = Array.isArray(settings.unscored)
    ? (settings.unscored as Array<{
        metric: string;
        count: number;
        example: string;
      }>)
    : [];
  return [
    `${asked} of ${pack.cases} ${pack.cases === 1 ? 'case' : 'cases'}: ${count(
      'scored',
    )} scored, ${unscored} could not be judged, ${failed} not answered`,
    ...unscoredWhy.map(
      it =>
        `Not judged by ${it.metric}: ${it.count}, for example: ${it.example}`,
    ),
    ...(Array.isArray(settings.notSent)
      ? [`The endpoint does not take: ${settings.notSent.join(', ')}`]
      : []),
    ...(partial ? ['Partial: not all cases of the pack were run.'] : []),
  ];
}

function named({ name, statistic, slice }: EvaluationMetric): string {
  const isPlain = !statistic || statistic === 'mean' || statistic === 'rate';
  return [
    name,
    ...(isPlain ? [] : [statistic]),
    ...(slice && !slice.startsWith('concurrency=') ? [`of ${slice}`] : []),
  ].join(' ');
}

function verdict({ criterion, metric, isMet, isSure }: CriterionOutcome) {
  const { atLeast, atMost } = criterion;
  const unit = metric?.unit ?? '1';
  const bound =
    atLeast !== undefined
      ? `at least ${quantity(atLeast, unit)}`
      : `at most ${quantity(atMost ?? NaN, unit)}`;
  return `${isMet ? '✓' : '✗'} ${bound}${
    metric && !isSure ? ' (within the doubt)' : ''
  }`;
}

function intervalOf({ interval, unit }: EvaluationMetric): string {
  if (!interval) return '';
  const [low, high] = interval.map(it => bare(it, unit));
  return `[${low} – ${high}]`;
}

function quantity(value: number, unit: string): string {
  if (unit === 'ratio') return `${bare(value, unit)} %`;
  return unit === '1' ? bare(value, unit) : `${bare(value, unit)} ${unit}`;
}

function bare(value: number, unit: string): string {
  const number = unit === 'ratio' ? value * 100 : value;
  const size = Math.abs(number);
  if (unit === 'ratio' || size >= 10) {
    return number.toFixed(size >= 1000 && unit !== 'ratio' ? 0 : 1);
  }
  if (size >= 1 || number === 0) return number.toFixed(2);
  return String(Number(number.toPrecision(3)));
}
