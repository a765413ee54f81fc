import { useTheme } from '@material-ui/core/styles';
import { chartColours } from './palette';

const WIDTH = 96;
const HEIGHT = 24;
const PAD = 3;

/** Points of the line; what is not known breaks it. */
export function sparklinePath(
  values: Array<number | undefined>,
  width = WIDTH,
  height = HEIGHT,
): string {
  const known = values.filter((value): value is number => value !== undefined);
  // The foot is zero, so that a small change does not look like a big one.
  const most = Math.max(...known, 0);
  const least = Math.min(...known, 0);
  const range = most - least || 1;
  const step = values.length > 1 ? (width - 2 * PAD) / (values.length - 1) : 0;
  let pen = 'M';
  return values
    .map((value, index) => {
      if (value === undefined) {
        pen = 'M';
        return '';
      }
      const x = PAD + index * step;
      const y = height - PAD - ((value - least) / range) * (height - 2 * PAD);
      const command = `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
      pen = 'L';
      return command;
    })
    .join('');
}

/**
 * The course of a number beside it, small enough for a line of text.
 *
 * @public
 */
export function Sparkline(props: {
  /** The oldest first. */
  values: Array<number | undefined>;
  /** What it shows, for those who do not see it, e.g. `Calls of 28 days: rising`. */
  label: string;
}) {
  const theme = useTheme();
  const { values, label } = props;
  const path = sparklinePath(values);
  const colour = chartColours[theme.palette.type][0];
  const end = /([\d.]+),([\d.]+)$/.exec(path);
  return (
    <svg
      role="img"
      aria-label={label}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      <path d={path} fill="none" stroke={colour} strokeWidth={1.5} />
      {end && (
        <circle cx={Number(end[1])} cy={Number(end[2])} r={2.5} fill={colour} />
      )}
    </svg>
  );
}
