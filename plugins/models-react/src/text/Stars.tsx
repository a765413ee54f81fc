import { makeStyles } from '@material-ui/core/styles';
import StarIcon from '@material-ui/icons/Star';
import StarBorderIcon from '@material-ui/icons/StarBorder';
import StarHalfIcon from '@material-ui/icons/StarHalf';
import { tones } from '../chips';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      verticalAlign: 'text-bottom',
      color: tones[theme.palette.type].caution.text,
    },
  }),
  { name: 'ModelHubStars' },
);

const FIVE = [1, 2, 3, 4, 5];

/**
 * An average of stars with one digit: `4.3`.
 *
 * @public
 */
export const averageText = (average: number) => average.toFixed(1);

/**
 * Stars to look at; for screen readers `4.3 of 5 stars`.
 *
 * @public
 */
export function Stars(props: {
  /** 1 to 5. */
  value: number;
  /** What got them, e.g. `Speed`. */
  of?: string;
}) {
  const { value, of } = props;
  const classes = useStyles();
  const halves = Math.round(value * 2) / 2;
  const words = Number.isInteger(value) ? String(value) : averageText(value);
  return (
    <span
      role="img"
      aria-label={`${of ? `${of}: ` : ''}${words} of 5 stars`}
      className={classes.root}
    >
      {FIVE.map(star => {
        let Icon = StarBorderIcon;
        if (halves >= star) Icon = StarIcon;
        else if (halves >= star - 0.5) Icon = StarHalfIcon;
        return <Icon key={star} fontSize="small" aria-hidden />;
      })}
    </span>
  );
}
