import { useTheme } from '@material-ui/core/styles';
import { useState } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { FillPattern } from '../marks';
import { styleOf } from '../palette';
import type { ChartPoint, TimeSeries } from '../series';
import { periodText, shortPeriodText } from '../times';
import { DirectLabels, type EndLabel } from './DirectLabels';
import { Hover } from './Hover';
import { snap } from './labels';
import { Legend, type LegendEntry } from './Legend';
import { type Drawn, seriesElement } from './Series';

/** Of pictures in tests and before the page has told how wide they are. */
const FIRST_WIDTH = 600;
/** Below it there is no room for names beside the lines. */
const WIDE = 480;
const LETTER_PX = 6.4;
const MARKS_SHOWN = 16;
const RECKONED_DASH = '3 4';

let counter = 0;

function lastKnown(points: ChartPoint[], id: string): number | undefined {
  for (let index = points.length - 1; index >= 0; index -= 1) {
    const value = points[index].values[id];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A point as recharts reads it: the interval is a pair. */
function rowOf({ at, values, low, high }: ChartPoint) {
  return {
    at,
    values,
    ...(low !== undefined && high !== undefined && { interval: [low, high] }),
  };
}

/** Lines, areas and bars over time, drawn by recharts. */
export function TimeSeriesPicture(props: TimeSeries & { height: number }) {
  const { series, points, step, unit, band, height } = props;
  const { lines = [], windows = [], events = [] } = props;
  const theme = useTheme();
  const [width, setWidth] = useState(FIRST_WIDTH);
  const [key] = useState(() => {
    counter += 1;
    return `modelhub-chart-${counter}`;
  });

  const ink = theme.palette.text.primary;
  const pale = theme.palette.text.secondary;
  const paper = theme.palette.background.paper;
  const tick = {
    fontSize: 12,
    fill: pale,
    fontFamily: theme.typography.fontFamily,
  };
  const drawn: Drawn[] = series.map((one, index) => {
    const { colour, dash, mark } = styleOf(index, theme.palette.type);
    return {
      ...one,
      colour,
      dash: one.reckoned ? RECKONED_DASH : dash,
      kind: mark,
      pattern: `${key}-${index}`,
    };
  });
  const strokes = drawn.filter(({ as = 'line' }) => as === 'line');
  const direct = width >= WIDE && strokes.length > 1;
  const labels: EndLabel[] = strokes.flatMap(one => {
    const value = lastKnown(points, one.id);
    return value === undefined
      ? []
      : [{ ...one, value, marked: !one.reckoned }];
  });
  const room = Math.max(0, ...labels.map(({ label }) => label.length));
  const legend: LegendEntry[] = drawn
    .filter(({ as = 'line' }) => !(direct && as === 'line'))
    .map(one => ({ ...one, as: one.as ?? 'line' }));
  if (band) {
    legend.push({
      id: 'interval',
      label: band,
      colour: drawn.find(({ reckoned }) => reckoned)?.colour ?? pale,
      kind: 0,
      as: 'band',
      dash: '',
    });
  }
  const every = Math.ceil(points.length / MARKS_SHOWN);
  const ats = points.map(({ at }) => at);
  const lineLabel = (value: string) => ({
    value,
    position: 'insideTopLeft' as const,
    fontSize: 12,
    fill: ink,
  });

  return (
    <>
      <ResponsiveContainer
        width="100%"
        height={height}
        initialDimension={{ width: FIRST_WIDTH, height }}
        onResize={setWidth}
      >
        <ComposedChart
          data={points.map(rowOf)}
          accessibilityLayer={false}
          margin={{
            top: 12,
            left: 4,
            bottom: 0,
            right: direct ? Math.min(room * LETTER_PX + 26, width / 3) : 12,
          }}
        >
          <defs>
            {drawn
              .filter(({ as }) => as === 'bar' || as === 'area')
              .map(({ pattern, kind, colour }) => (
                <FillPattern
                  key={pattern}
                  id={pattern}
                  kind={kind}
                  colour={colour}
                  paper={paper}
                />
              ))}
          </defs>
          <CartesianGrid vertical={false} stroke={theme.palette.divider} />
          <XAxis
            dataKey="at"
            tick={tick}
            stroke={pale}
            minTickGap={24}
            tickFormatter={at => shortPeriodText(String(at), step)}
          />
          <YAxis
            tick={tick}
            stroke={pale}
            width="auto"
            allowDecimals={!unit.whole}
            tickFormatter={value => unit.short(Number(value))}
          />
          {windows.map(({ label, from, to }) => {
            const ends = snap(ats, from, to);
            return (
              ends && (
                <ReferenceArea
                  key={label}
                  x1={ends[0]}
                  x2={ends[1]}
                  fill={pale}
                  fillOpacity={0.14}
                  label={{
                    value: label,
                    position: 'insideTop',
                    fontSize: 12,
                    fill: ink,
                  }}
                />
              )
            );
          })}
          {band && (
            <Area
              dataKey="interval"
              stroke="none"
              fill={drawn.find(({ reckoned }) => reckoned)?.colour ?? pale}
              fillOpacity={0.2}
              isAnimationActive={false}
              activeDot={false}
              connectNulls
            />
          )}
          {drawn.map(one => seriesElement(one, every))}
          {lines.map(({ label, value }) => (
            <ReferenceLine
              key={label}
              y={value}
              stroke={ink}
              strokeDasharray="6 3"
              ifOverflow="extendDomain"
              label={lineLabel(`${label}: ${unit.text(value)}`)}
            />
          ))}
          {events.map(({ label, at }) => {
            const ends = snap(ats, at.slice(0, ats[0]?.length), at);
            return (
              ends && (
                <ReferenceLine
                  key={`${label} ${at}`}
                  x={ends[0]}
                  stroke={ink}
                  strokeDasharray="2 2"
                  label={{
                    value: label,
                    position: 'insideTopRight',
                    fontSize: 12,
                    fill: ink,
                  }}
                />
              )
            );
          })}
          {direct && <DirectLabels labels={labels} ink={ink} />}
          <Tooltip
            isAnimationActive={false}
            content={({ active, label }) => {
              const point = points.find(({ at }) => at === label);
              if (!active || !point) return null;
              const { values, low, high } = point;
              return (
                <Hover
                  title={periodText(point.at, step)}
                  rows={[
                    ...series.flatMap(one => {
                      const value = values[one.id];
                      return value === undefined
                        ? []
                        : [{ label: one.label, text: unit.text(value) }];
                    }),
                    ...(band && low !== undefined && high !== undefined
                      ? [
                          {
                            label: band,
                            text: `${unit.text(low)} to ${unit.text(high)}`,
                          },
                        ]
                      : []),
                  ]}
                />
              );
            }}
          />
        </ComposedChart>
      </ResponsiveContainer>
      {(legend.length > 1 || band) && <Legend entries={legend} />}
    </>
  );
}
