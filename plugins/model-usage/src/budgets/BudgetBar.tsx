import { makeStyles, Theme } from '@material-ui/core/styles';
import type { Budget } from '@modelhub/backstage-plugin-models-common';
import { type Tone, tones } from '@modelhub/backstage-plugin-models-react';
import { countText, moneyText } from '../lib/money';
import { percentOf, THRESHOLDS, toneOf } from './budgetState';

const useStyles = makeStyles<Theme, { tone: Tone; percent: number }>(
  theme => ({
    root: { minWidth: 150, maxWidth: 360 },
    words: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      columnGap: theme.spacing(1),
      whiteSpace: 'nowrap',
    },
    track: {
      position: 'relative',
      height: 10,
      marginTop: 4,
      borderRadius: 5,
      overflow: 'hidden',
      border: `1px solid ${theme.palette.text.secondary}`,
      background: theme.palette.background.paper,
    },
    fill: ({ tone, percent }) => ({
      height: '100%',
      width: `${Math.min(percent, 100)}%`,
      background: tones[theme.palette.type][tone].text,
    }),
    mark: {
      position: 'absolute',
      top: 0,
      bottom: 0,
      width: 1,
      background: theme.palette.text.secondary,
    },
  }),
  { name: 'ModelUsageBudgetBar' },
);

/** How much of a budget is spent, in words and as a bar with marks where people are told. */
export function BudgetBar(props: {
  budget: Pick<Budget, 'amount' | 'spent' | 'currency'>;
  /** What a screen reader calls the bar. */
  label: string;
}) {
  const { amount, spent, currency } = props.budget;
  const percent = percentOf(props.budget);
  const classes = useStyles({ tone: toneOf(percent), percent });
  const words = `${moneyText(spent, currency)} of ${moneyText(
    amount,
    currency,
  )}`;
  return (
    <div className={classes.root}>
      <div className={classes.words}>
        <span>{words}</span>
        <span>{countText(percent)} %</span>
      </div>
      <div
        role="meter"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(percent, 100)}
        aria-valuetext={`${words}, ${percent} %`}
        className={classes.track}
      >
        <div className={classes.fill} />
        {THRESHOLDS.filter(mark => mark < 100).map(mark => (
          <div
            key={mark}
            className={classes.mark}
            style={{ left: `${mark}%` }}
          />
        ))}
      </div>
    </div>
  );
}
