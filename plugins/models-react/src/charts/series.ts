import type { ChartUnit } from './units';
import type { ChartStep } from './times';
import { periodText, spanText } from './times';

/**
 * One row of values over time.
 *
 * @public
 */
export interface ChartSeries {
  id: string;
  label: string;
  /** Bars of several series stand on each other. A line unless said otherwise. */
  as?: 'line' | 'area' | 'bar';
  /** A line that is not measured but reckoned, e.g. a forecast: dashed, without markers. */
  reckoned?: boolean;
}

/**
 * The values of one period, by the id of their series; those that are not
 * known are left out, and nothing is drawn there.
 *
 * @public
 */
export interface ChartPoint {
  /** The beginning of the period in UTC: an ISO date, month or moment. */
  at: string;
  values: Record<string, number | undefined>;
  /** Ends of the interval that {@link TimeSeries.band} names. */
  low?: number;
  high?: number;
}

/**
 * A level to compare with: a budget, an objective, a threshold.
 *
 * @public
 */
export interface ChartLine {
  label: string;
  value: number;
}

/**
 * A part of the time that means something, e.g. the reference window.
 *
 * @public
 */
export interface ChartWindow {
  label: string;
  from: string;
  to: string;
}

/**
 * A moment at which something happened, e.g. an alert.
 *
 * @public
 */
export interface ChartEvent {
  label: string;
  at: string;
}

/**
 * Values over time, and what they are compared with.
 *
 * @public
 */
export interface TimeSeries {
  series: ChartSeries[];
  /** The oldest first, with equal steps. */
  points: ChartPoint[];
  step: ChartStep;
  unit: ChartUnit;
  /** Each value has those before it in it, so they do not add up. */
  cumulative?: boolean;
  lines?: ChartLine[];
  windows?: ChartWindow[];
  events?: ChartEvent[];
  /** What the interval from `low` to `high` is, e.g. `80 % of months end here`. */
  band?: string;
}

const known = (points: ChartPoint[], id: string) =>
  points.flatMap(({ at, values }) => {
    const value = values[id];
    return value === undefined ? [] : [{ at, value }];
  });

/** Whether there is nothing to draw. */
export function isEmptySeries({ series, points }: TimeSeries): boolean {
  return series.every(({ id }) => known(points, id).length === 0);
}

function oneSeriesText(
  { label }: ChartSeries,
  values: Array<{ at: string; value: number }>,
  { step, unit, cumulative }: TimeSeries,
): string {
  if (values.length === 0) return `${label}: nothing known`;
  const last = values[values.length - 1];
  if (cumulative) {
    return `${label}: ${unit.text(last.value)} by ${periodText(last.at, step)}`;
  }
  const most = values.reduce((a, b) => (b.value > a.value ? b : a));
  const least = values.reduce((a, b) => (b.value < a.value ? b : a));
  if (most.value === least.value) {
    return `${label}: ${unit.text(most.value)}${
      values.length > 1 ? ` every ${step}` : ''
    }`;
  }
  if (unit.adds) {
    const total = values.reduce((sum, { value }) => sum + value, 0);
    return `${label}: ${unit.text(total)} in all, most ${unit.text(
      most.value,
    )} (${periodText(most.at, step)})`;
  }
  return `${label}: between ${unit.text(least.value)} and ${unit.text(
    most.value,
  )}, last ${unit.text(last.value)}`;
}

/** More series than these are told by the table alone. */
const TOLD = 4;

/**
 * What a picture of values over time shows, in sentences.
 *
 * @public
 */
export function timeSeriesText(given: TimeSeries): string {
  const { series, points, step, unit, lines = [] } = given;
  if (isEmptySeries(given)) return 'Nothing to show in this time.';
  const measured = series.filter(({ reckoned }) => !reckoned);
  const told = (measured.length > 0 ? measured : series).slice(0, TOLD);
  const sentences = told.map(one =>
    oneSeriesText(one, known(points, one.id), given),
  );
  const span = spanText(points[0].at, points[points.length - 1].at, step);
  const more = measured.length - told.length;
  const compared = lines.map(
    ({ label, value }) => `${label}: ${unit.text(value)}`,
  );
  return [
    `By ${step} ${span}, UTC`,
    ...sentences,
    ...(more > 0 ? [`${more} more in the table`] : []),
    ...compared,
  ]
    .map(sentence => `${sentence}.`)
    .join(' ');
}
