import { Link } from '@backstage/core-components';
import {
  DataTable,
  EmptyHint,
  Loaded,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useUsagePaths } from '../lib/paths';
import { useUsage } from '../lib/useUsage';
import { ModelName } from '../shared/ModelName';
import { UsageTitle } from '../usage/UsageTitle';
import { ModelDriftSection } from './ModelDrift';

/** Versions that drift, or one model in full. */
export function DriftPage() {
  const [{ model, version }, setFilters] = useUrlFilters([
    'model',
    'version',
  ] as const);
  if (model) {
    return (
      <>
        <UsageTitle title={`Drift of ${model}`} />
        <ModelDriftSection
          key={model}
          model={model}
          version={version}
          onVersion={value => setFilters({ model, version: value })}
        />
      </>
    );
  }
  return <DriftingVersions />;
}

function DriftingVersions() {
  const paths = useUsagePaths();
  const query = useUsage('drift', (api, signal) => api.listDrift({ signal }));
  return (
    <>
      <UsageTitle title="Drift" />
      <Section
        title="What drifts"
        description="Versions whose calls differ from their reference at present, of the models that you may read."
      >
        <Loaded
          query={query}
          room="model-usage"
          failure="The drift could not be loaded"
        >
          {({ items }) =>
            items.length === 0 ? (
              <EmptyHint
                title="Nothing drifts"
                description="Every version that is called enough is compared with its reference each night. How one model stands is on its tab “Usage”."
              />
            ) : (
              <DataTable
                label="Versions that drift"
                rows={items}
                rowKey={it => `${it.model} ${it.version}`}
                columns={[
                  {
                    header: 'Model',
                    render: ({ model, entityRef, title }) => (
                      <ModelName id={model} known={{ entityRef, title }} />
                    ),
                  },
                  {
                    header: 'Version',
                    render: ({ model, version, title }) => (
                      <Link
                        to={paths.driftOf(model, version)}
                        aria-label={`Drift of ${title} ${version}`}
                      >
                        {version}
                      </Link>
                    ),
                  },
                  { header: 'Since', tight: true, render: it => it.begun },
                  { header: 'What', render: it => it.features.join(', ') },
                ]}
              />
            )
          }
        </Loaded>
      </Section>
    </>
  );
}
