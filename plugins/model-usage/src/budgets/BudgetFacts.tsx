import type { Budget } from '@modelhub/backstage-plugin-models-common';
import {
  Facts,
  People,
  Person,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { callsText, moneyText } from '../lib/money';
import { AlertChips } from './AlertChips';
import { BudgetBar } from './BudgetBar';
import { isUsedUp } from './budgetState';

const useStyles = makeStyles(
  theme => ({ alert: { marginBottom: theme.spacing(2) } }),
  { name: 'ModelUsageBudgetFacts' },
);

/** What a budget says, and what is left of it. */
export function BudgetFacts(props: { budget: Budget; name: string }) {
  const { budget, name } = props;
  const classes = useStyles();
  const { amount, spent, held, currency, forecast, unpricedCalls } = budget;
  const left = Math.max(0, amount - spent);
  return (
    <>
      {isUsedUp(budget) && (
        <Alert severity="error" role="status" className={classes.alert}>
          Used up: gateways refuse further calls until the month ends in UTC or
          the budget is raised.
        </Alert>
      )}
      <Facts
        items={[
          [
            'Spent',
            <BudgetBar
              budget={budget}
              label={`Spent of the budget of ${name}`}
            />,
          ],
          ['Left', moneyText(left, currency)],
          [
            'Held by gateways',
            held > 0
              ? `${moneyText(
                  held,
                  currency,
                )} for calls that are under way or not reported yet`
              : 'Nothing',
          ],
          [
            'Forecast',
            forecast === undefined
              ? 'From the second day of the month on'
              : `${moneyText(
                  forecast,
                  currency,
                )} if it goes on as it did so far`,
          ],
          ['Alerts', <AlertChips budget={budget} />],
          [
            'Not counted',
            unpricedCalls > 0 &&
              `${callsText(
                unpricedCalls,
              )} whose model has no price in ${currency}`,
          ],
          [
            'Also told',
            budget.notify.length > 0 && <People entityRefs={budget.notify} />,
          ],
          [
            'Set by',
            <>
              <Person entityRef={budget.updatedBy} />,{' '}
              <RelativeTime at={budget.updatedAt} />
            </>,
          ],
        ]}
      />
    </>
  );
}
