import type {
  InsightPeriod,
  InsightRange,
} from '@modelhub/backstage-plugin-models-common';
import {
  countUnit,
  durationUnit,
  moneyUnit,
  TimeSeriesFigure,
} from '@modelhub/backstage-plugin-models-react';
import {
  costPoints,
  currenciesOf,
  durationPoints,
  outcomePoints,
  outcomesIn,
  tokenPoints,
} from './points';

const calls = countUnit('call', 'calls');
const tokens = countUnit('token', 'tokens');

/** What figures over time are drawn from. */
export interface Course {
  /** Begins the ids under which the choice of table is remembered. */
  id: string;
  range: InsightRange;
  periods: InsightPeriod[];
}

/** Said below figures whose last day is not over. */
const openText = ({ complete, level }: InsightRange) =>
  complete ? undefined : `The last ${level} is not over.`;

/** Calls by what became of them. */
export function CallsFigure({ id, range, periods }: Course) {
  const points = outcomePoints(periods);
  return (
    <TimeSeriesFigure
      id={`${id}-calls`}
      title="Calls"
      step={range.level}
      unit={calls}
      series={outcomesIn(points)}
      points={points}
      note={openText(range)}
    />
  );
}

/** Tokens that went in and came out. */
export function TokensFigure({ id, range, periods }: Course) {
  return (
    <TimeSeriesFigure
      id={`${id}-tokens`}
      title="Tokens"
      step={range.level}
      unit={tokens}
      series={[
        { id: 'input', label: 'Input', as: 'bar' },
        { id: 'output', label: 'Output', as: 'bar' },
      ]}
      points={tokenPoints(periods)}
      note={openText(range)}
    />
  );
}

/** What it cost, one figure for each currency. */
export function CostFigures({ id, range, periods }: Course) {
  return (
    <>
      {currenciesOf(periods).map(currency => (
        <TimeSeriesFigure
          key={currency}
          id={`${id}-cost`}
          title={`Cost in ${currency}`}
          step={range.level}
          unit={moneyUnit(currency)}
          series={[{ id: 'cost', label: 'Cost', as: 'bar' }]}
          points={costPoints(periods, currency)}
          note={openText(range)}
        />
      ))}
    </>
  );
}

/** How long answers took, or their first tokens. */
export function DurationFigure(
  props: Course & { of: 'latency' | 'timeToFirstToken' },
) {
  const { id, range, periods, of } = props;
  const points = durationPoints(periods, of);
  if (points.every(({ values }) => values.p50 === undefined)) return null;
  return (
    <TimeSeriesFigure
      id={`${id}-${of}`}
      title={of === 'latency' ? 'Answer time' : 'Time to the first token'}
      step={range.level}
      unit={durationUnit}
      series={[
        { id: 'p50', label: 'p50' },
        { id: 'p95', label: 'p95' },
        { id: 'p99', label: 'p99' },
      ]}
      points={points}
      note="p95 is the time that 95 of 100 answers took at most. Only calls that were answered well are measured; each value is true to 1 %."
    />
  );
}
