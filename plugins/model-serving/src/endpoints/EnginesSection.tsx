import Typography from '@material-ui/core/Typography';
import type { ServingEngine } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  EmptyHint,
  Loaded,
  Section,
  StatusChip,
} from '@modelhub/backstage-plugin-models-react';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import CloudOffIcon from '@material-ui/icons/CloudOff';
import { useServing } from '../lib/useServing';

function gpusText(engine: ServingEngine): string {
  if (!engine.hasGpus) return 'none';
  const { gpus } = engine.health;
  return gpus ? `${gpus.free} of ${gpus.total} free` : 'not known';
}

const columns: Column<ServingEngine>[] = [
  { header: 'Engine', render: ({ title }) => title },
  {
    header: 'State',
    render: ({ health }) => (
      <>
        <StatusChip
          icon={health.state === 'up' ? CheckCircleIcon : CloudOffIcon}
          label={health.state === 'up' ? 'Can be reached' : 'Away'}
          tone={health.state === 'up' ? 'good' : 'caution'}
        />
        {health.message && (
          <Typography variant="body2" component="div">
            {health.message}
          </Typography>
        )}
      </>
    ),
  },
  { header: 'GPUs', render: gpusText },
  {
    header: 'Evaluation endpoints',
    numeric: true,
    render: ({ endpoints }) => endpoints,
  },
];

/** Where endpoints run, and whether there is room. */
export function EnginesSection() {
  const engines = useServing('engines', (api, signal) =>
    api.listEngines({ signal }),
  );
  return (
    <Section title="Where they run">
      <Loaded
        query={engines}
        room="model-serving"
        failure="The engines could not be loaded"
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="No engine is installed"
              description="The administrators of this portal add one: the local engine or KServe."
            />
          ) : (
            <DataTable
              label="Engines"
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
