import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type { Objective } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
} from '@modelhub/backstage-plugin-models-react';
import { useUsagePaths } from '../lib/paths';
import { ModelName } from '../shared/ModelName';
import { BudgetLeftBar } from './BudgetLeftBar';
import { StateChip } from './StateChip';
import { burnText, kinds, nameOf, shareText, termsText } from './words';

const modelColumn: Column<Objective> = {
  header: 'Model',
  render: ({ model = '', modelVersion, entityRef, title }) => (
    <>
      <ModelName
        id={model}
        known={entityRef && title ? { entityRef, title } : undefined}
      />
      {modelVersion && (
        <Typography variant="caption" component="div">
          Version {modelVersion}
        </Typography>
      )}
    </>
  ),
};

/** What has to be kept, what is left of the error budget, and how fast it burns. */
export function ObjectivesTable(props: {
  label: string;
  items: Objective[];
  withModel: boolean;
}) {
  const { label, items, withModel } = props;
  const paths = useUsagePaths();
  return (
    <DataTable
      label={label}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        ...(withModel ? [modelColumn] : []),
        {
          header: 'Objective',
          render: it => (
            <>
              <Link to={paths.objectiveOf(it.id)} aria-label={nameOf(it)}>
                {kinds[it.kind].label}
              </Link>
              <Typography variant="caption" component="div">
                {termsText(it)}
              </Typography>
            </>
          ),
        },
        {
          header: 'State',
          tight: true,
          render: ({ state, fewEvents }) => (
            <>
              <StateChip state={state} />
              {fewEvents && state !== 'no-events' && (
                <Typography variant="caption" component="div">
                  Too few for alerts
                </Typography>
              )}
            </>
          ),
        },
        {
          header: 'Kept so far',
          numeric: true,
          render: ({ kept }) => (kept === undefined ? '–' : shareText(kept)),
        },
        {
          header: 'Error budget',
          render: it => <BudgetLeftBar objective={it} />,
        },
        {
          header: 'In the last hour',
          render: ({ burn, events }) =>
            events === 0 ? '–' : burnText(burn.hour),
        },
      ]}
    />
  );
}
