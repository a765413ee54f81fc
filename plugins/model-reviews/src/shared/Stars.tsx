import { makeStyles } from '@material-ui/core/styles';
import StarIcon from '@material-ui/icons/Star';
import StarBorderIcon from '@material-ui/icons/StarBorder';
import StarHalfIcon from '@material-ui/icons/StarHalf';
import { tones } from '@modelhub/backstage-plugin-models-react';
import { averageText } from '../lib/words';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      verticalAlign: 'text-bottom',
      color: tones[theme.palette.type].caution.text,
    },
  }),
  { name: 'ModelReviewsStars' },
);

const FIVE = [1, 2, 3, 4, 5];

/** Stars to look at; for screen readers `4.3 of 5 stars`. */
export function Stars({ value, of }: { value: number; of?: string }) {
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
