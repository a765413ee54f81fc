import { makeStyles } from '@material-ui/core/styles';

const WIDTH = 140;
const HEIGHT = 20;
const MIDDLE = HEIGHT / 2;
/** Room for what lies at the very ends. */
const PAD = 6;

const useStyles = makeStyles(
  theme => ({
    axis: { stroke: theme.palette.divider },
    measured: { stroke: theme.palette.text.primary },
    dot: { fill: theme.palette.text.primary },
    target: { stroke: theme.palette.text.secondary, strokeDasharray: '3 2' },
    allowed: { fill: theme.palette.action.hover },
    // Hollow, so that it is not taken for the dot.
    other: {
      fill: theme.palette.background.paper,
      stroke: theme.palette.text.primary,
    },
  }),
  { name: 'ModelGovernanceScale' },
);

/** What lies on a scale. */
export interface ScaleProps {
  /** Lowest and highest number that the scale shows. */
  domain: [number, number];
  value: number;
  interval?: [number, number];
  /** Where what is asked for begins or ends. */
  limit?: { at: number; direction: 'at-most' | 'at-least' };
  /** Of another model, as a hollow diamond. */
  other?: number;
  testId?: string;
}

/**
 * A number on a scale: a dot, its interval as a line, the part of the scale that
 * meets what is asked, and another model's number as a diamond. The words beside
 * it say the same, so it is hidden from screen readers.
 */
export function Scale(props: ScaleProps) {
  const { domain, value, interval, limit, other, testId } = props;
  const classes = useStyles();
  const [low, high] = domain;
  const at = (number: number) =>
    PAD +
    Math.min(1, Math.max(0, (number - low) / (high - low))) * (WIDTH - 2 * PAD);
  const edge = limit && at(limit.at);
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden
      data-testid={testId}
    >
      {limit && edge !== undefined && (
        <rect
          className={classes.allowed}
          x={limit.direction === 'at-most' ? 0 : edge}
          y={2}
          width={limit.direction === 'at-most' ? edge : WIDTH - edge}
          height={HEIGHT - 4}
        />
      )}
      <line
        className={classes.axis}
        x1={0}
        x2={WIDTH}
        y1={HEIGHT - 1}
        y2={HEIGHT - 1}
      />
      {low < 0 && high > 0 && (
        <line
          className={classes.axis}
          x1={at(0)}
          x2={at(0)}
          y1={0}
          y2={HEIGHT}
        />
      )}
      {edge !== undefined && (
        <line
          className={classes.target}
          x1={edge}
          x2={edge}
          y1={0}
          y2={HEIGHT}
        />
      )}
      {interval && (
        <line
          className={classes.measured}
          strokeWidth={2}
          x1={at(interval[0])}
          x2={at(interval[1])}
          y1={MIDDLE}
          y2={MIDDLE}
        />
      )}
      {other !== undefined && (
        <path
          className={classes.other}
          data-testid="other-model"
          d={`M ${at(other)} ${MIDDLE - 6} l 5 6 l -5 6 l -5 -6 z`}
        />
      )}
      <circle className={classes.dot} cx={at(value)} cy={MIDDLE} r={3.5} />
    </svg>
  );
}

/**
 * Lowest and highest number of a scale for some numbers: 0 to 1 for shares that
 * are better when higher, so that pictures of different metrics look alike; from
 * 0 otherwise.
 */
export function domainOf(
  numbers: Array<number | undefined>,
  options: { unit: string; direction?: 'at-most' | 'at-least' },
): [number, number] | undefined {
  const known = numbers.filter(
    (number): number is number =>
      number !== undefined && Number.isFinite(number),
  );
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  if (high - low <= 0) return undefined;
  if (options.unit === 'ratio' && options.direction !== 'at-most') {
    if (low >= 0 && high <= 1) return [0, 1];
  }
  return [1.15 * low, 1.15 * high];
}

/** The same room on both sides of zero, for differences. */
export function domainAroundZero(numbers: number[]): [number, number] {
  const most = 1.15 * Math.max(1e-9, ...numbers.map(Math.abs));
  return [-most, most];
}
