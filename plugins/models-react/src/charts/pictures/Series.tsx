import { Area, Bar, Line } from 'recharts';
import { Mark } from '../marks';
import type { ChartSeries } from '../series';

/** A series with what it looks like. */
export interface Drawn extends ChartSeries {
  colour: string;
  dash: string;
  kind: number;
  /** Id of the pattern that fills it. */
  pattern: string;
}

/** A series as recharts draws it. A function and no component: recharts wants its own as children. */
export function seriesElement(one: Drawn, every: number) {
  const { id, label, colour, dash, kind, pattern, reckoned } = one;
  const common = {
    name: label,
    dataKey: (row: { values: Record<string, number | undefined> }) =>
      row.values[id],
    isAnimationActive: false,
  };
  if (one.as === 'bar') {
    return (
      <Bar
        key={id}
        {...common}
        stackId="bars"
        fill={`url(#${pattern})`}
        stroke={colour}
        strokeWidth={0.5}
        maxBarSize={48}
      />
    );
  }
  const line = {
    ...common,
    stroke: colour,
    strokeWidth: 2,
    strokeDasharray: dash,
    connectNulls: false,
  };
  if (one.as === 'area') {
    return (
      <Area key={id} {...line} fill={`url(#${pattern})`} fillOpacity={0.35} />
    );
  }
  return (
    <Line
      key={id}
      {...line}
      dot={
        reckoned
          ? false
          : ({ cx, cy, index, key }) =>
              index % every === 0 && Number.isFinite(cy) ? (
                <Mark
                  key={key}
                  kind={kind}
                  x={Number(cx)}
                  y={Number(cy)}
                  colour={colour}
                />
              ) : (
                <g key={key} />
              )
      }
    />
  );
}
