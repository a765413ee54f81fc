import { makeStyles, Theme } from '@material-ui/core/styles';
import type { Objective } from '@modelhub/backstage-plugin-models-common';
import { type Tone, tones } from '@modelhub/backstage-plugin-models-react';
import { leftText, nameOf, states } from './words';

const useStyles = makeStyles<Theme, { tone: Tone; left: number }>(
  theme => ({
    root: { minWidth: 140, maxWidth: 360 },
    track: {
      height: 10,
      marginTop: 4,
      borderRadius: 5,
      overflow: 'hidden',
      border: `1px solid ${theme.palette.text.secondary}`,
      background: theme.palette.background.paper,
    },
    fill: ({ tone, left }) => ({
      height: '100%',
      width: `${left * 100}%`,
      background: tones[theme.palette.type][tone].text,
    }),
  }),
  { name: 'ModelUsageBudgetLeftBar' },
);

/** What is left of an error budget, in words and as a bar. */
export function BudgetLeftBar({ objective }: { objective: Objective }) {
  const { budgetLeft } = objective;
  const left = Math.min(Math.max(budgetLeft ?? 0, 0), 1);
  const classes = useStyles({ tone: states[objective.state].tone, left });
  const words = leftText(budgetLeft);
  if (budgetLeft === undefined) return <>{words}</>;
  return (
    <div className={classes.root}>
      {words}
      <div
        role="meter"
        aria-label={`Error budget of ${nameOf(objective)}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(left * 100)}
        aria-valuetext={words}
        className={classes.track}
      >
        <div className={classes.fill} />
      </div>
    </div>
  );
}
