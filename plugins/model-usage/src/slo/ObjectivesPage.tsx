import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { Objective } from '@modelhub/backstage-plugin-models-common';
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
import { useNavigate } from 'react-router-dom';
import { useUsagePaths } from '../lib/paths';
import { useUsage } from '../lib/useUsage';
import { UsageTitle } from '../usage/UsageTitle';
import { ObjectiveDialog } from './ObjectiveDialog';
import { ObjectivesTable } from './ObjectivesTable';
import { isState, states } from './words';

const useStyles = makeStyles(
  theme => ({ filters: { marginBottom: theme.spacing(2), maxWidth: 240 } }),
  { name: 'ModelUsageObjectivesPage' },
);

const ROWS_SHOWN = 25;

/** What models have to keep, and what gateways and the portal have to: two kinds of error budgets. */
export function ObjectivesPage() {
  const classes = useStyles();
  const paths = useUsagePaths();
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters(['state'] as const);
  const state = isState(filters.state) ? filters.state : undefined;
  const pages = usePages(`${state}`);
  const models = useUsage(
    `objectives ${state} ${pages.cursor}`,
    (api, signal) =>
      api.listObjectives(
        { plane: 'data', state, cursor: pages.cursor, limit: ROWS_SHOWN },
        { signal },
      ),
  );
  const control = useUsage('control plane', (api, signal) =>
    api.listObjectives({ plane: 'control', limit: 100 }, { signal }),
  );
  const [setting, setSetting] = useState<Objective['plane']>();

  return (
    <>
      <UsageTitle title="Objectives" />
      <Section
        title="Models"
        description="What the endpoints of models have to keep. Calls that a gateway refused or could not serve do not count here: a failure of the control plane burns no budget of a model."
        actions={
          <Button
            variant="contained"
            color="primary"
            onClick={() => setSetting('data')}
          >
            Set objective…
          </Button>
        }
      >
        <div className={classes.filters}>
          <ChoiceField
            id="objectives-state"
            label="State"
            value={state ?? ''}
            none="All"
            fullWidth
            choices={Object.entries(states).map(([value, { label }]) => ({
              value,
              label,
            }))}
            onChange={value => setFilters({ state: value })}
          />
        </div>
        <Loaded
          query={models}
          room="model-usage"
          failure="The objectives could not be loaded"
        >
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyHint
                title={
                  state
                    ? `No objective is in the state “${states[state].label}”`
                    : 'No model has an objective yet'
                }
                description={
                  state
                    ? 'Choose another state.'
                    : 'Set one for a model that you own, and its owners are told when its error budget burns.'
                }
              />
            ) : (
              <>
                <ObjectivesTable
                  label="Objectives of models"
                  items={items}
                  withModel
                />
                <Pager pages={pages} nextCursor={nextCursor} />
              </>
            )
          }
        </Loaded>
      </Section>
      <Section
        title="Gateways and portal"
        description="What the control plane has to keep, whatever the models do."
        actions={
          control.value?.maySetControlPlane && (
            <Button
              variant="outlined"
              color="primary"
              onClick={() => setSetting('control')}
            >
              Set for the control plane…
            </Button>
          )
        }
      >
        <Loaded
          query={control}
          room="model-usage"
          failure="The objectives of the control plane could not be loaded"
        >
          {({ items }) =>
            items.length === 0 ? (
              <EmptyHint
                title="The control plane has no objectives"
                description="The team that runs the model hub can set them."
              />
            ) : (
              <ObjectivesTable
                label="Objectives of the control plane"
                items={items}
                withModel={false}
              />
            )
          }
        </Loaded>
      </Section>
      {setting && (
        <ObjectiveDialog
          plane={setting}
          onClose={() => setSetting(undefined)}
          onDone={({ id }) => navigate(paths.objectiveOf(id))}
        />
      )}
    </>
  );
}
