import { makeStyles } from '@material-ui/core/styles';

const WIDTH = 140;
const HEIGHT = 14;

const useStyles = makeStyles(
  theme => ({
    whole: { fill: 'none', stroke: theme.palette.text.secondary },
    part: { fill: theme.palette.text.primary },
  }),
  { name: 'ModelGovernanceShareBar' },
);

/** A part of a whole. The words beside it say the same, so it is hidden from screen readers. */
export function ShareBar(props: { part: number; whole: number }) {
  const classes = useStyles();
  const share = props.whole > 0 ? Math.min(1, props.part / props.whole) : 0;
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden
      data-testid="share-bar"
    >
      <rect
        className={classes.whole}
        x={0.5}
        y={0.5}
        width={WIDTH - 1}
        height={HEIGHT - 1}
      />
      <rect
        className={classes.part}
        x={0}
        y={0}
        width={share * WIDTH}
        height={HEIGHT}
      />
    </svg>
  );
}
