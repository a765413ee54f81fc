import { lazy } from 'react';
import type { Column } from '../tables';
import { Figure, type FigureFrame } from './Figure';
import { FigureTable } from './FigureTable';
import {
  type ChartPoint,
  isEmptySeries,
  type TimeSeries,
  timeSeriesText,
} from './series';
import { periodText } from './times';

const TimeSeriesPicture = lazy(() =>
  import('./pictures/TimeSeriesPicture').then(m => ({
    default: m.TimeSeriesPicture,
  })),
);

const HEIGHT = 260;

function columnsOf(given: TimeSeries): Column<ChartPoint>[] {
  const { series, step, unit, band, lines = [] } = given;
  const cell = (value: number | undefined) =>
    value === undefined ? '–' : unit.figure(value);
  const columns: Column<ChartPoint>[] = [
    {
      header: `${step[0].toUpperCase()}${step.slice(1)} (UTC)`,
      tight: true,
      render: ({ at }) => periodText(at, step),
    },
    ...series.map(({ id, label }) => ({
      header: `${label} (${unit.name})`,
      numeric: true,
      render: ({ values }: ChartPoint) => cell(values[id]),
    })),
  ];
  if (band) {
    columns.push(
      {
        header: `${band}: from`,
        numeric: true,
        render: ({ low }) => cell(low),
      },
      {
        header: `${band}: to`,
        numeric: true,
        render: ({ high }) => cell(high),
      },
    );
  }
  for (const { label, value } of lines) {
    columns.push({ header: label, numeric: true, render: () => cell(value) });
  }
  return columns;
}

/**
 * Values over time as lines, areas or stacked bars, with levels, times and an
 * interval to compare with.
 *
 * @example
 * ```tsx
 * <TimeSeriesFigure
 *   id="model-calls"
 *   title="Calls"
 *   step="day"
 *   unit={countUnit('call', 'calls')}
 *   series={[{ id: 'calls', label: 'Calls', as: 'bar' }]}
 *   points={days.map(({ day, calls }) => ({ at: day, values: { calls } }))}
 * />
 * ```
 *
 * @public
 */
export function TimeSeriesFigure(
  props: FigureFrame &
    TimeSeries & {
      /** Said instead of what is reckoned from the points. */
      description?: string;
      /** Of the picture in pixels, 260 unless said otherwise. */
      height?: number;
    },
) {
  const { height = HEIGHT } = props;
  return (
    <Figure
      {...props}
      height={height}
      isEmpty={isEmptySeries(props)}
      description={props.description ?? timeSeriesText(props)}
      picture={<TimeSeriesPicture {...props} height={height} />}
      table={
        <FigureTable
          label={props.title}
          // What is newest is what one looks for.
          rows={[...props.points].reverse()}
          rowKey={({ at }) => at}
          columns={columnsOf(props)}
        />
      }
    />
  );
}
