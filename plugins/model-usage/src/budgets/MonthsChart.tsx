import { makeStyles } from '@material-ui/core/styles';
import type {
  Budget,
  SpendingMonth,
} from '@modelhub/backstage-plugin-models-common';
import { tones } from '@modelhub/backstage-plugin-models-react';
import { moneyText } from '../lib/money';
import { shortMonthText } from '../lib/months';
import { monthsView } from './monthsView';

const useStyles = makeStyles(
  theme => ({
    root: { margin: theme.spacing(1, 0, 2) },
    plot: {
      position: 'relative',
      display: 'flex',
      alignItems: 'flex-end',
      gap: theme.spacing(1),
      height: 140,
      // Room above the highest bar for what it says.
      paddingTop: 18,
      borderBottom: `1px solid ${theme.palette.text.secondary}`,
    },
    column: {
      flex: '1 1 0',
      minWidth: 0,
      display: 'flex',
      flexDirection: 'column',
      justifyContent: 'flex-end',
      height: '100%',
      textAlign: 'center',
    },
    amount: {
      flexShrink: 0,
      fontSize: 11,
      lineHeight: '16px',
      whiteSpace: 'nowrap',
    },
    bar: {
      width: '100%',
      maxWidth: 56,
      margin: '0 auto',
      flexShrink: 0,
      borderRadius: '3px 3px 0 0',
      background: tones[theme.palette.type].info.text,
    },
    over: { background: tones[theme.palette.type].bad.text },
    line: {
      position: 'absolute',
      left: 0,
      right: 0,
      borderTop: `2px dashed ${tones[theme.palette.type].caution.text}`,
    },
    months: { display: 'flex', gap: theme.spacing(1) },
    month: { flex: '1 1 0', minWidth: 0, textAlign: 'center', fontSize: 12 },
    caption: { fontSize: 12, color: theme.palette.text.secondary },
    // Twelve amounts do not fit on a phone; the table has them.
    [theme.breakpoints.down('xs')]: { amount: { display: 'none' } },
  }),
  { name: 'ModelUsageMonthsChart' },
);

/** Months as bars. A picture only: the table beside it says the same. */
export function MonthsChart(props: {
  items: SpendingMonth[];
  budget: Budget | undefined;
}) {
  const { items, budget } = props;
  const classes = useStyles();
  const view = monthsView(items, budget);
  if (!view) return null;
  const { currency, bars, budgetHeight } = view;
  // Of the plot's own height, below the room for words.
  const share = (height: number) => `calc((100% - 18px) * ${height / 100})`;
  return (
    <figure className={classes.root} aria-hidden data-testid="months-chart">
      <div className={classes.plot}>
        {budgetHeight !== undefined && (
          <div
            className={classes.line}
            style={{ bottom: share(budgetHeight) }}
          />
        )}
        {bars.map(({ month, amount, height }) => (
          <div key={month} className={classes.column}>
            {amount > 0 && (
              <>
                <span className={classes.amount}>
                  {moneyText(amount, currency)}
                </span>
                <div
                  className={`${classes.bar} ${
                    budget && amount >= budget.amount ? classes.over : ''
                  }`}
                  style={{ height: `max(2px, ${height}%)` }}
                />
              </>
            )}
          </div>
        ))}
      </div>
      <div className={classes.months}>
        {bars.map(({ month }) => (
          <span key={month} className={classes.month}>
            {shortMonthText(month)}
          </span>
        ))}
      </div>
      <figcaption className={classes.caption}>
        Spent in {currency}
        {budget &&
          `; the dashed line is the budget of today, ${moneyText(
            budget.amount,
            currency,
          )}`}
      </figcaption>
    </figure>
  );
}
