import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import StarIcon from '@material-ui/icons/Star';
import StarBorderIcon from '@material-ui/icons/StarBorder';
import { tones } from '@modelhub/backstage-plugin-models-react';
import { starNames, starsText } from '../lib/words';

const useStyles = makeStyles(
  theme => ({
    root: { border: 0, margin: 0, padding: 0, minWidth: 0 },
    legend: { padding: 0, color: theme.palette.text.primary },
    row: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
    },
    stars: { display: 'inline-flex' },
    star: {
      position: 'relative',
      display: 'inline-flex',
      padding: 4,
      cursor: 'pointer',
      borderRadius: theme.shape.borderRadius,
      color: tones[theme.palette.type].caution.text,
      '&:focus-within': {
        outline: `2px solid ${theme.palette.text.primary}`,
      },
    },
    none: {
      cursor: 'pointer',
      ...theme.typography.caption,
      color: theme.palette.text.secondary,
    },
    // Seen by nobody, and there for keyboards and screen readers.
    radio: {
      position: 'absolute',
      inset: 0,
      width: '100%',
      height: '100%',
      margin: 0,
      opacity: 0,
      cursor: 'pointer',
    },
  }),
  { name: 'ModelReviewsStarsField' },
);

/**
 * One to five stars, or none. The browser's own radio buttons: one tab stop,
 * and the arrow keys choose.
 */
export function StarsField(props: {
  name: string;
  label: string;
  question: string;
  /** 0 for none. */
  value: number;
  onChange: (value: number) => void;
}) {
  const { name, label, question, value, onChange } = props;
  const classes = useStyles();
  return (
    <fieldset className={classes.root} aria-describedby={`${name}-question`}>
      <Typography component="legend" variant="body2" className={classes.legend}>
        {label}
      </Typography>
      <Typography
        id={`${name}-question`}
        variant="caption"
        color="textSecondary"
        component="p"
      >
        {question}
      </Typography>
      <div className={classes.row}>
        <span className={classes.stars}>
          {starNames.map((word, index) => {
            const stars = index + 1;
            const Icon = stars <= value ? StarIcon : StarBorderIcon;
            return (
              <label key={stars} className={classes.star}>
                <input
                  type="radio"
                  name={name}
                  className={classes.radio}
                  aria-label={`${starsText(stars)}: ${word}`}
                  value={stars}
                  checked={value === stars}
                  onChange={() => onChange(stars)}
                />
                <Icon aria-hidden />
              </label>
            );
          })}
        </span>
        <Typography variant="body2" component="span" aria-hidden>
          {value > 0 ? starNames[value - 1] : ''}
        </Typography>
        <label className={classes.none}>
          <input
            type="radio"
            name={name}
            value={0}
            checked={value === 0}
            onChange={() => onChange(0)}
          />{' '}
          Not rated
        </label>
      </div>
    </fieldset>
  );
}
