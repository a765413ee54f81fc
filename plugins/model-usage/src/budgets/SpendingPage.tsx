import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  modelBudgetManagePermission,
  type Spending,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  EmptyHint,
  Loaded,
  Pager,
  Section,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { isMonth, lastMonths, monthOf, monthText } from '../lib/months';
import { useNames } from '../lib/useNames';
import { useUsage } from '../lib/useUsage';
import { UsageTitle } from '../usage/UsageTitle';
import { BudgetDialog } from './BudgetDialog';
import { isKind, kindNames } from './kinds';
import { RemoveBudgetDialog } from './RemoveBudgetDialog';
import { SpendingTable } from './SpendingTable';

const useStyles = makeStyles(
  theme => ({
    filters: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(2),
    },
  }),
  { name: 'ModelUsageSpendingPage' },
);

const MONTHS_SHOWN = 12;
const ROWS_SHOWN = 25;

/** Who spends how much, and of which budget. */
export function SpendingPage() {
  const classes = useStyles();
  const [filters, setFilters] = useUrlFilters(['month', 'kind'] as const);
  const { allowed: mayChange } = usePermission({
    permission: modelBudgetManagePermission,
  });
  const thisMonth = monthOf(new Date());
  const month = isMonth(filters.month) ? filters.month : thisMonth;
  const kind = isKind(filters.kind) ? filters.kind : undefined;
  const pages = usePages(`${month} ${kind}`);
  const names = useNames();
  const query = useUsage(
    `spending ${month} ${kind} ${pages.cursor}`,
    (api, signal) =>
      api.listSpending(
        { month, kind, cursor: pages.cursor, limit: ROWS_SHOWN },
        { signal },
      ),
  );
  const [setting, setSetting] = useState<{ of?: Spending }>();
  const [removing, setRemoving] = useState<Spending>();
  const done = () => {
    setSetting(undefined);
    setRemoving(undefined);
    query.retry();
  };

  return (
    <>
      <UsageTitle title="Spend and budgets" />
      <Section
        title={`Spend in ${monthText(month)}`}
        description="What answered calls cost by the prices of their models, as gateways report it. One call counts for its access profile, for the team that owns its key, and for the key. Months are in UTC."
        actions={
          mayChange && (
            <Button
              variant="contained"
              color="primary"
              onClick={() => setSetting({})}
            >
              Set budget…
            </Button>
          )
        }
      >
        <div className={classes.filters}>
          <ChoiceField
            id="spending-month"
            label="Month"
            value={month}
            choices={[
              ...new Set([...lastMonths(new Date(), MONTHS_SHOWN), month]),
            ].map(value => ({ value, label: monthText(value) }))}
            onChange={value =>
              setFilters({ month: value === thisMonth ? undefined : value })
            }
          />
          <ChoiceField
            id="spending-kind"
            label="Spent by"
            value={kind ?? ''}
            none="All"
            choices={Object.entries(kindNames).map(([value, { many }]) => ({
              value,
              label: many,
            }))}
            onChange={value =>
              setFilters({ kind: isKind(value) ? value : undefined })
            }
          />
        </div>
        <Loaded
          query={query}
          room="model-usage"
          failure="What was spent could not be loaded"
        >
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyHint
                title={`Nothing was spent in ${monthText(month)}`}
                description={
                  mayChange
                    ? 'There is no budget either. Set one, and you and its owner are told when 50, 80 and 100 % of it are spent.'
                    : 'You see what your access profiles, your teams and your keys spend.'
                }
              />
            ) : (
              <>
                <SpendingTable
                  items={items}
                  names={names.value}
                  mayChange={mayChange && month === thisMonth}
                  onSet={of => setSetting({ of })}
                  onRemove={setRemoving}
                />
                <Pager pages={pages} nextCursor={nextCursor} />
              </>
            )
          }
        </Loaded>
      </Section>
      {setting && (
        <BudgetDialog
          of={setting.of}
          names={names.value}
          onClose={() => setSetting(undefined)}
          onDone={done}
        />
      )}
      {removing?.budget && (
        <RemoveBudgetDialog
          budget={removing.budget}
          names={names.value}
          onClose={() => setRemoving(undefined)}
          onDone={done}
        />
      )}
    </>
  );
}
