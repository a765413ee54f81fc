import { useTheme } from '@material-ui/core/styles';
import { heatLevel, hours, weekdays } from '../heat';
import { heatColours } from '../palette';
import type { ChartUnit } from '../units';

const CELL = 22;
const LEFT = 40;
const TOP = 4;
const BOTTOM = 40;
const WIDTH = LEFT + hours.length * CELL;
const HEIGHT = TOP + weekdays.length * CELL + BOTTOM;
/** Side of a square by its level. */
const SIDES = [8, 11, 14, 17, 20];

/** The squares of a heat map, and what their sizes mean. */
export function HeatMapPicture(props: { grid: number[][]; unit: ChartUnit }) {
  const theme = useTheme();
  const { grid, unit } = props;
  const colours = heatColours[theme.palette.type];
  const most = Math.max(...grid.flat());
  const text = {
    fill: theme.palette.text.secondary,
    fontSize: 11,
    fontFamily: theme.typography.fontFamily,
  };
  const square = (level: number, x: number, y: number) => (
    <rect
      x={x + (CELL - SIDES[level]) / 2}
      y={y + (CELL - SIDES[level]) / 2}
      width={SIDES[level]}
      height={SIDES[level]}
      rx={2}
      fill={colours[level]}
      stroke={theme.palette.text.secondary}
      strokeWidth={0.5}
    />
  );
  const foot = TOP + weekdays.length * CELL;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      style={{ width: '100%', maxWidth: WIDTH * 1.4, display: 'block' }}
    >
      {weekdays.map((weekday, row) => (
        <text key={weekday} {...text} x={0} y={TOP + row * CELL + 15}>
          {weekday.slice(0, 3)}
        </text>
      ))}
      {grid.flatMap((values, row) =>
        values.map((value, hour) => {
          const level = heatLevel(value, most);
          if (level < 0) return undefined;
          return (
            <g key={`${row} ${hour}`}>
              <title>
                {`${weekdays[row]}, ${hour} o’clock: ${unit.text(value)}`}
              </title>
              {square(level, LEFT + hour * CELL, TOP + row * CELL)}
            </g>
          );
        }),
      )}
      {hours
        .filter(hour => hour % 3 === 0)
        .map(hour => (
          <text
            key={hour}
            {...text}
            x={LEFT + hour * CELL + CELL / 2}
            y={foot + 13}
            textAnchor="middle"
          >
            {String(hour).padStart(2, '0')}
          </text>
        ))}
      <text {...text} x={LEFT} y={foot + 33}>
        Less
      </text>
      {SIDES.map((side, level) => (
        <g key={side}>{square(level, LEFT + 30 + level * CELL, foot + 18)}</g>
      ))}
      <text {...text} x={LEFT + 36 + SIDES.length * CELL} y={foot + 33}>
        {`More, up to ${unit.text(most)} an hour of the week`}
      </text>
    </svg>
  );
}
