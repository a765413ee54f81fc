import { makeStyles } from '@material-ui/core/styles';
import { domainOf } from '../approval/evaluationRun/Scale';
import { amountText } from '../approval/evaluationRun/words';
import type { MetricTrend } from './trendOf';

const WIDTH = 480;
const HEIGHT = 180;
const LEFT = 64;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 28;

const useStyles = makeStyles(
  theme => ({
    root: { width: '100%', maxWidth: WIDTH, height: 'auto', display: 'block' },
    axis: { stroke: theme.palette.divider },
    line: { stroke: theme.palette.text.primary, fill: 'none', strokeWidth: 2 },
    whisker: { stroke: theme.palette.text.primary },
    dot: { fill: theme.palette.text.primary },
    other: {
      fill: theme.palette.background.paper,
      stroke: theme.palette.text.primary,
    },
    limit: { stroke: theme.palette.text.secondary, strokeDasharray: '4 3' },
    allowed: { fill: theme.palette.action.hover },
    text: {
      fill: theme.palette.text.secondary,
      fontFamily: theme.typography.fontFamily,
      fontSize: 12,
    },
  }),
  { name: 'ModelGovernanceTrendChart' },
);

/** More do not fit below the axis. */
const MOST_LABELS = 6;

/** A number over versions of a model. What it shows is its name, and in the table behind it. */
export function TrendChart(props: { trend: MetricTrend; label: string }) {
  const { trend, label } = props;
  const classes = useStyles();
  const { points, limit, unit, direction } = trend;
  const domain = domainOf(
    [
      ...points.flatMap(({ value, interval }) => [value, ...(interval ?? [])]),
      limit?.at,
    ],
    { unit, direction: direction === 'lower' ? 'at-most' : 'at-least' },
  );
  if (!domain) return null;
  const [low, high] = domain;
  const y = (value: number) =>
    TOP +
    (1 - Math.min(1, Math.max(0, (value - low) / (high - low)))) *
      (HEIGHT - TOP - BOTTOM);
  const x = (index: number) =>
    LEFT + ((index + 0.5) / points.length) * (WIDTH - LEFT - RIGHT);
  // What was measured with another pack is shown, and connected with nothing.
  const connected = points
    .map((point, index) => ({ ...point, index }))
    .filter(({ isOther }) => !isOther);
  const every = Math.ceil(points.length / MOST_LABELS);
  return (
    <svg
      className={classes.root}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {limit && (
        <>
          <rect
            className={classes.allowed}
            x={LEFT}
            width={WIDTH - LEFT - RIGHT}
            y={limit.direction === 'at-least' ? TOP : y(limit.at)}
            height={
              limit.direction === 'at-least'
                ? y(limit.at) - TOP
                : HEIGHT - BOTTOM - y(limit.at)
            }
          />
          <line
            className={classes.limit}
            x1={LEFT}
            x2={WIDTH - RIGHT}
            y1={y(limit.at)}
            y2={y(limit.at)}
          />
        </>
      )}
      {[low, (low + high) / 2, high].map(value => (
        <g key={value}>
          <line
            className={classes.axis}
            x1={LEFT}
            x2={WIDTH - RIGHT}
            y1={y(value)}
            y2={y(value)}
          />
          <text
            className={classes.text}
            x={LEFT - 6}
            y={y(value) + 4}
            textAnchor="end"
          >
            {amountText(value, unit)}
          </text>
        </g>
      ))}
      <path
        className={classes.line}
        d={connected
          .map(
            ({ index, value }, at) =>
              `${at === 0 ? 'M' : 'L'} ${x(index)} ${y(value)}`,
          )
          .join(' ')}
      />
      {points.map(({ id, value, interval, modelVersion, isOther }, index) => (
        <g key={id}>
          {interval && (
            <line
              className={classes.whisker}
              x1={x(index)}
              x2={x(index)}
              y1={y(interval[0])}
              y2={y(interval[1])}
            />
          )}
          <circle
            className={isOther ? classes.other : classes.dot}
            cx={x(index)}
            cy={y(value)}
            r={4}
          />
          {index % every === 0 && (
            <text
              className={classes.text}
              x={x(index)}
              y={HEIGHT - 10}
              textAnchor="middle"
            >
              {modelVersion}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
