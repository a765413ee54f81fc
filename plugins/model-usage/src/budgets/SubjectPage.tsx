import { Link } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  type BudgetKind,
  modelBudgetManagePermission,
} from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  Loaded,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { BurnFigure } from '../callers/BurnFigure';
import { CallerUsage } from '../callers/CallerUsage';
import { monthText } from '../lib/months';
import { useUsagePaths } from '../lib/paths';
import { useNames } from '../lib/useNames';
import { useUsage } from '../lib/useUsage';
import { UsageTitle } from '../usage/UsageTitle';
import { BudgetDialog } from './BudgetDialog';
import { BudgetFacts } from './BudgetFacts';
import { isKind } from './kinds';
import { ModelsSection } from './ModelsSection';
import { MonthsChart } from './MonthsChart';
import { MonthsTable } from './MonthsTable';
import { RemoveBudgetDialog } from './RemoveBudgetDialog';
import { KindText, SubjectName, subjectText } from './SubjectName';

const useStyles = makeStyles(
  theme => ({
    title: {
      ...theme.typography.h5,
      margin: theme.spacing(0.5, 0, 0),
      overflowWrap: 'anywhere',
    },
    head: { marginBottom: theme.spacing(2) },
  }),
  { name: 'ModelUsageSubjectPage' },
);

/** What one access profile, team or key spends, and its budget. */
export function SubjectPage() {
  const { kind, subject = '' } = useParams();
  return isKind(kind) ? (
    <Subject key={`${kind} ${subject}`} kind={kind} subject={subject} />
  ) : (
    <EmptyHint
      title="There is no such page"
      description="Budgets belong to a profile, a team or a key."
    />
  );
}

function Subject(props: { kind: BudgetKind; subject: string }) {
  const { kind, subject } = props;
  const classes = useStyles();
  const paths = useUsagePaths();
  const { allowed: mayChange } = usePermission({
    permission: modelBudgetManagePermission,
  });
  const names = useNames().value;
  const query = useUsage(`history ${kind} ${subject}`, (api, signal) =>
    api.getSpendingHistory({ kind, subject }, { signal }),
  );
  const [dialog, setDialog] = useState<'set' | 'remove'>();
  const close = () => setDialog(undefined);
  const done = () => {
    close();
    query.retry();
  };
  const current = query.value?.items.at(-1);
  const budget = query.value?.budget;

  return (
    <>
      <UsageTitle title={`Spend of ${subjectText(kind, subject, names)}`} />
      <div className={classes.head}>
        <Link to={paths.spending}>Spend and budgets</Link>
        <h1 className={classes.title}>
          <SubjectName kind={kind} subject={subject} names={names} />
        </h1>
        <Typography variant="body2">
          <KindText kind={kind} subject={subject} names={names} />
        </Typography>
      </div>
      <Loaded
        query={query}
        room="model-usage"
        failure="What was spent could not be loaded"
      >
        {({ items }) => (
          <>
            <Section
              title={`Budget for ${
                current ? monthText(current.month) : 'the month'
              }`}
              actions={
                mayChange && (
                  <>
                    <Button
                      variant="outlined"
                      color="primary"
                      onClick={() => setDialog('set')}
                    >
                      {budget ? 'Change budget…' : 'Set budget…'}
                    </Button>
                    {budget && (
                      <Button
                        variant="outlined"
                        onClick={() => setDialog('remove')}
                      >
                        Remove budget…
                      </Button>
                    )}
                  </>
                )
              }
            >
              {budget ? (
                <>
                  <BudgetFacts
                    budget={budget}
                    name={subjectText(kind, subject, names)}
                  />
                  {kind !== 'key' && (
                    <BurnFigure
                      of={{ kind, name: subject }}
                      month={budget.month}
                    />
                  )}
                </>
              ) : (
                <EmptyHint
                  title="No budget bounds this spending"
                  description={
                    mayChange
                      ? 'Set one, and its owner is told when 50, 80 and 100 % of it are spent.'
                      : 'The team that runs the model hub can set one.'
                  }
                />
              )}
            </Section>
            <Section title="Month by month">
              <MonthsChart items={items} budget={budget} />
              <MonthsTable items={items} />
            </Section>
            {current && (
              <ModelsSection
                kind={kind}
                subject={subject}
                months={items.map(({ month }) => month).reverse()}
              />
            )}
          </>
        )}
      </Loaded>
      {kind !== 'key' && <CallerUsage of={{ kind, name: subject }} />}
      {dialog === 'set' && current && (
        <BudgetDialog
          of={{ kind, subject, budget, costs: current.costs }}
          names={names}
          onClose={close}
          onDone={done}
        />
      )}
      {dialog === 'remove' && budget && (
        <RemoveBudgetDialog
          budget={budget}
          names={names}
          onClose={close}
          onDone={done}
        />
      )}
    </>
  );
}
