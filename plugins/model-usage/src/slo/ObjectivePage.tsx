import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type { Objective } from '@modelhub/backstage-plugin-models-common';
import {
  Facts,
  Loaded,
  ModelLink,
  Person,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { useUsagePaths } from '../lib/paths';
import { useUsage } from '../lib/useUsage';
import { UsageTitle } from '../usage/UsageTitle';
import { BudgetLeftBar } from './BudgetLeftBar';
import { ObjectiveDialog } from './ObjectiveDialog';
import { ObjectiveFigures } from './ObjectiveFigures';
import { AlertsSection, ChangesSection } from './ObjectiveHistory';
import { RemoveObjectiveDialog } from './RemoveObjectiveDialog';
import { StateChip } from './StateChip';
import {
  burnText,
  eventsText,
  kinds,
  momentText,
  nameOf,
  rules,
  shareText,
  severities,
  termsText,
} from './words';

const useStyles = makeStyles(
  theme => ({
    title: {
      ...theme.typography.h5,
      margin: theme.spacing(0.5, 0, 0),
      overflowWrap: 'anywhere',
    },
    head: { marginBottom: theme.spacing(2) },
    alert: { marginBottom: theme.spacing(2) },
  }),
  { name: 'ModelUsageObjectivePage' },
);

/** One objective: how it is kept, how its budget went, its alerts and who changed it. */
export function ObjectivePage() {
  const { objective: id = '' } = useParams();
  return <OneObjective key={id} id={id} />;
}

function OneObjective({ id }: { id: string }) {
  const classes = useStyles();
  const paths = useUsagePaths();
  const navigate = useNavigate();
  const query = useUsage(`objective ${id}`, (api, signal) =>
    api.getObjective({ id }, { signal }),
  );
  const performance = useUsage(`performance ${id}`, (api, signal) =>
    api.getObjectivePerformance({ id }, { signal }),
  );
  const [dialog, setDialog] = useState<'change' | 'remove'>();
  const close = () => setDialog(undefined);
  const name = query.value && nameOf(query.value);

  return (
    <>
      <UsageTitle title={name ?? 'Objective'} />
      <div className={classes.head}>
        <Link to={paths.objectives}>Objectives</Link>
        {name && <h1 className={classes.title}>{name}</h1>}
      </div>
      <Loaded
        query={query}
        room="model-usage"
        failure="The objective could not be loaded"
      >
        {objective => (
          <>
            {objective.alerts.map(alert => (
              <Alert
                key={alert.id}
                severity={alert.severity === 'page' ? 'error' : 'warning'}
                className={classes.alert}
              >
                {severities[alert.severity]}: since {momentText(alert.openedAt)}{' '}
                the error budget burns {rules[alert.rule]}.
              </Alert>
            ))}
            <Section
              title="Now"
              actions={
                objective.mayChange && (
                  <>
                    <Button
                      variant="outlined"
                      color="primary"
                      onClick={() => setDialog('change')}
                    >
                      Change…
                    </Button>
                    <Button
                      variant="outlined"
                      onClick={() => setDialog('remove')}
                    >
                      Remove…
                    </Button>
                  </>
                )
              }
            >
              <Now objective={objective} />
            </Section>
            <Section title="Over time">
              <Loaded
                query={performance}
                room="model-usage"
                failure="How the error budget went could not be loaded"
              >
                {value => (
                  <ObjectiveFigures objective={objective} performance={value} />
                )}
              </Loaded>
            </Section>
            <AlertsSection id={id} />
            <ChangesSection id={id} />
            {dialog === 'change' && (
              <ObjectiveDialog
                objective={objective}
                plane={objective.plane}
                onClose={close}
                onDone={saved => {
                  close();
                  query.set(saved);
                  performance.retry();
                }}
              />
            )}
            {dialog === 'remove' && (
              <RemoveObjectiveDialog
                objective={objective}
                onClose={close}
                onDone={() => navigate(paths.objectives)}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function Now({ objective }: { objective: Objective }) {
  const { burn, entityRef, title, model, defaultOf } = objective;
  return (
    <Facts
      items={[
        ['State', <StateChip state={objective.state} />],
        [
          'Model',
          entityRef ? <ModelLink entityRef={entityRef} title={title} /> : model,
        ],
        ['Version', objective.modelVersion],
        ['Has to be kept', termsText(objective)],
        ['Good are', kinds[objective.kind].good],
        [
          'Kept so far',
          objective.kept !== undefined &&
            `${shareText(objective.kept)}; ${eventsText(
              objective.events,
              objective.good,
            )}`,
        ],
        ['Error budget', <BudgetLeftBar objective={objective} />],
        [
          'Gone',
          objective.exhaustsAt &&
            (objective.budgetLeft ?? 0) > 0 &&
            `${momentText(
              objective.exhaustsAt,
            )}, if it burns on as in the last hour`,
        ],
        ['Burns, 5 minutes', burnText(burn.fiveMinutes)],
        ['Burns, an hour', burnText(burn.hour)],
        ['Burns, six hours', burnText(burn.sixHours)],
        ['Burns, three days', burnText(burn.threeDays)],
        [
          'Alerts',
          objective.fewEvents
            ? 'None while so few calls come: of few, one failure would look like many. Look at it now and then.'
            : 'When it burns too fast.',
        ],
        ['Default of', defaultOf],
        [
          'Set by',
          <>
            {objective.updatedBy === 'default' ? (
              'default'
            ) : (
              <Person entityRef={objective.updatedBy} />
            )}{' '}
            <RelativeTime at={objective.updatedAt} />
          </>,
        ],
      ]}
    />
  );
}
