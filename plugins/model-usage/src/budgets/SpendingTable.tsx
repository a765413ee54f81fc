import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { Spending } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
} from '@modelhub/backstage-plugin-models-react';
import { countText, moneyText } from '../lib/money';
import { useUsagePaths } from '../lib/paths';
import type { Names } from '../lib/useNames';
import { AlertChips } from './AlertChips';
import { BudgetBar } from './BudgetBar';
import { Costs } from './Costs';
import { KindText, SubjectName, subjectText } from './SubjectName';

/** Profiles, teams and keys with what they spent in a month. */
export function SpendingTable(props: {
  items: Spending[];
  names: Names | undefined;
  mayChange: boolean;
  onSet: (of: Spending) => void;
  onRemove: (of: Spending) => void;
}) {
  const { items, names, mayChange, onSet, onRemove } = props;
  const paths = useUsagePaths();
  const textOf = ({ kind, subject }: Spending) =>
    subjectText(kind, subject, names);
  const columns: Column<Spending>[] = [
    {
      header: 'Spent by',
      render: ({ kind, subject }) => (
        <>
          <Link to={paths.spendingOf(kind, subject)}>
            <SubjectName kind={kind} subject={subject} names={names} />
          </Link>
          <Typography variant="caption" component="div">
            <KindText kind={kind} subject={subject} names={names} />
          </Typography>
        </>
      ),
    },
    {
      header: 'Spent',
      numeric: true,
      render: item => <Costs {...item} />,
    },
    {
      header: 'Of its budget',
      render: item =>
        item.budget ? (
          <BudgetBar
            budget={item.budget}
            label={`Spent of the budget of ${textOf(item)}`}
          />
        ) : (
          'No budget'
        ),
    },
    {
      header: 'Forecast',
      numeric: true,
      tight: true,
      render: ({ budget }) =>
        budget?.forecast === undefined
          ? '–'
          : moneyText(budget.forecast, budget.currency),
    },
    {
      header: 'Alerts',
      render: ({ budget }) => (budget ? <AlertChips budget={budget} /> : '–'),
    },
    {
      header: 'Calls',
      numeric: true,
      tight: true,
      render: ({ calls }) => countText(calls),
    },
  ];
  if (mayChange) {
    columns.push({
      header: 'Action',
      tight: true,
      render: item => (
        <>
          <Button
            size="small"
            aria-label={`${
              item.budget ? 'Change' : 'Set'
            } the budget of ${textOf(item)}…`}
            onClick={() => onSet(item)}
          >
            {item.budget ? 'Change…' : 'Set…'}
          </Button>
          {item.budget && (
            <Button
              size="small"
              aria-label={`Remove the budget of ${textOf(item)}…`}
              onClick={() => onRemove(item)}
            >
              Remove…
            </Button>
          )}
        </>
      ),
    });
  }
  return (
    <DataTable
      label="Spending"
      rows={items}
      rowKey={({ id }) => id}
      columns={columns}
    />
  );
}
