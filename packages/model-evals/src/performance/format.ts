import {
  PERFORMANCE_METRICS as M,
  type EvaluationMetric,
  type EvaluationRun,
  type MetricStatistic,
} from '@modelhub/governance-protocol';

const ROWS: Array<[label: string, name: string, statistic: MetricStatistic]> = [
  ['Time to first token, median', M.ttft, 'p50'],
  ['Time to first token, p95', M.ttft, 'p95'],
  ['Between tokens, median', M.interTokenLatency, 'p50'],
  ['Between tokens, p95', M.interTokenLatency, 'p95'],
  ['Whole request, median', M.requestLatency, 'p50'],
  ['Whole request, p95', M.requestLatency, 'p95'],
  ['Speed of one answer, median', M.outputSpeed, 'p50'],
  ['All answers together', M.outputThroughput, 'rate'],
  ['Requests', M.requestThroughput, 'rate'],
  ['Errors', M.errorRate, 'rate'],
];

const short = (value: number) =>
  value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);

/**
 * A run of {@link measurePerformance} as a table for a terminal: a column for
 * each load, intervals in brackets.
 *
 * @public
 */
export function formatPerformance(run: EvaluationRun): string {
  const slices = [...new Set(run.metrics.map(({ slice }) => slice ?? 'all'))];
  const find = (name: string, statistic: MetricStatistic, slice: string) =>
    run.metrics.find(
      it =>
        it.name === name &&
        it.statistic === statistic &&
        (it.slice ?? 'all') === slice,
    );
  const table = [
    ['', ...slices],
    ...ROWS.map(([label, name, statistic]) => [
      label,
      ...slices.map(slice => cell(find(name, statistic, slice))),
    ]),
  ];
  const widths = table[0].map((_, column) =>
    Math.max(...table.map(row => row[column].length)),
  );
  const lines = table.map(row =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]),
      )
      .join('  '),
  );
  const counted = slices.map(slice => {
    const samples = find(M.errorRate, 'rate', slice)?.samples ?? 0;
    return `${slice}: ${samples} ${samples === 1 ? 'request' : 'requests'}`;
  });
  const notes = [
    counted.join(', '),
    ...(run.partial ? ['Partial: it was stopped before it was through.'] : []),
  ];
  return [...lines, '', ...notes].join('\n');
}

function cell(metric: EvaluationMetric | undefined): string {
  if (!metric) return '–';
  const { value, unit, interval } = metric;
  const isRatio = unit === 'ratio';
  const text = (number: number) =>
    isRatio ? (number * 100).toFixed(1) : short(number);
  const range = interval ? ` [${text(interval[0])}–${text(interval[1])}]` : '';
  return `${text(value)} ${isRatio ? '%' : unit}${range}`;
}
