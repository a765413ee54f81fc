import { makeStyles } from '@material-ui/core/styles';
import type { MeasuredTarget } from '@modelhub/backstage-plugin-models-common';

const WIDTH = 140;
const HEIGHT = 20;
const MIDDLE = HEIGHT / 2;

const useStyles = makeStyles(
  theme => ({
    axis: { stroke: theme.palette.divider },
    measured: { stroke: theme.palette.text.primary },
    dot: { fill: theme.palette.text.primary },
    target: { stroke: theme.palette.text.secondary, strokeDasharray: '3 2' },
    allowed: { fill: theme.palette.action.hover },
  }),
  { name: 'ModelGovernanceTargetBar' },
);

/**
 * Where a measured value and its interval lie beside the target: a dot, a line,
 * and the part of the scale that meets the target. The words beside it say the
 * same, so it is hidden from screen readers.
 */
export function TargetBar({ measured }: { measured: MeasuredTarget }) {
  const classes = useStyles();
  const { value, interval, target, direction } = measured;
  if (value === undefined) return null;
  const most = 1.15 * Math.max(value, interval?.[1] ?? 0, target ?? 0);
  if (!(most > 0)) return null;
  const at = (number: number) => Math.max(0, (number / most) * WIDTH);
  const limit = target === undefined ? undefined : at(target);
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden
      data-testid="target-bar"
    >
      {limit !== undefined && (
        <rect
          className={classes.allowed}
          x={direction === 'at-most' ? 0 : limit}
          y={2}
          width={direction === 'at-most' ? limit : WIDTH - limit}
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
      {limit !== undefined && (
        <line
          className={classes.target}
          x1={limit}
          x2={limit}
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
      <circle className={classes.dot} cx={at(value)} cy={MIDDLE} r={3.5} />
    </svg>
  );
}
