import { makeStyles } from '@material-ui/core/styles';
import BlockIcon from '@material-ui/icons/Block';
import NotificationsActiveIcon from '@material-ui/icons/NotificationsActive';
import TrendingUpIcon from '@material-ui/icons/TrendingUp';
import type { Budget } from '@modelhub/backstage-plugin-models-common';
import { StatusChip } from '@modelhub/backstage-plugin-models-react';
import { isOverrunning, isUsedUp, toneOf } from './budgetState';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5),
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
  }),
  { name: 'ModelUsageAlertChips' },
);

/** What people were told about a budget in its month, and what is to come. */
export function AlertChips({ budget }: { budget: Budget }) {
  const classes = useStyles();
  const usedUp = isUsedUp(budget);
  const reached = budget.alerts.filter(({ percent }) => percent < 100);
  const overrunning = !usedUp && isOverrunning(budget);
  if (!usedUp && !overrunning && reached.length === 0) return <>None</>;
  return (
    <ul className={classes.root}>
      {usedUp && (
        <li>
          <StatusChip
            icon={BlockIcon}
            label="Used up"
            tone="bad"
            explanation="Gateways refuse further calls until the month ends or the budget is raised."
          />
        </li>
      )}
      {reached.map(({ percent, at }) => (
        <li key={percent}>
          <StatusChip
            icon={NotificationsActiveIcon}
            label={`${percent} %`}
            tone={toneOf(percent)}
            explanation={`People were told at ${new Date(at).toLocaleString(
              'en-GB',
            )}`}
          />
        </li>
      ))}
      {overrunning && (
        <li>
          <StatusChip
            icon={TrendingUpIcon}
            label="Will not last"
            tone="caution"
            explanation="If it goes on as it did so far, the budget does not last for the month."
          />
        </li>
      )}
    </ul>
  );
}
