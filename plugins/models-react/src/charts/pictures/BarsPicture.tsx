import { useTheme } from '@material-ui/core/styles';
import { useState } from 'react';
import {
  Bar,
  BarChart,
  LabelList,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import type { ChartBar } from '../BarsFigure';
import { chartColours } from '../palette';
import type { ChartUnit } from '../units';

const FIRST_WIDTH = 600;
const LETTER_PX = 6.6;
/** Of the picture that names may take. */
const NAMES = 0.36;

/** A name that fits, with the sign that it goes on. */
export function shortened(text: string, letters: number): string {
  return text.length > letters
    ? `${text.slice(0, Math.max(1, letters - 1)).trimEnd()}…`
    : text;
}

/** Horizontal bars with their names and values, drawn by recharts. */
export function BarsPicture(props: {
  bars: ChartBar[];
  unit: ChartUnit;
  height: number;
}) {
  const { bars, unit, height } = props;
  const theme = useTheme();
  const [width, setWidth] = useState(FIRST_WIDTH);
  const longest = Math.max(...bars.map(({ label }) => label.length));
  const names = Math.min(longest * LETTER_PX + 12, width * NAMES);
  const letters = Math.floor((names - 12) / LETTER_PX);
  const values = Math.max(
    ...bars.map(({ value }) => unit.text(value).length * LETTER_PX),
  );
  const text = {
    fontSize: 12,
    fill: theme.palette.text.primary,
    fontFamily: theme.typography.fontFamily,
  };
  return (
    <ResponsiveContainer
      width="100%"
      height={height}
      initialDimension={{ width: FIRST_WIDTH, height }}
      onResize={setWidth}
    >
      <BarChart
        data={bars}
        layout="vertical"
        accessibilityLayer={false}
        margin={{ top: 0, bottom: 0, left: 0, right: values + 10 }}
      >
        <XAxis type="number" hide domain={[0, max => max || 1]} />
        <YAxis
          type="category"
          dataKey="id"
          width={names}
          interval={0}
          tick={text}
          tickLine={false}
          axisLine={false}
          tickFormatter={(_, index) => shortened(bars[index].label, letters)}
        />
        <Bar
          dataKey="value"
          fill={chartColours[theme.palette.type][0]}
          barSize={16}
          minPointSize={2}
          isAnimationActive={false}
        >
          <LabelList
            dataKey="value"
            position="right"
            formatter={value => unit.text(Number(value))}
            {...text}
          />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}
