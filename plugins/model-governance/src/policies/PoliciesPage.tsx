import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { PolicySet } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  RelativeTime,
  Section,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { DemandsList } from '../shared/DemandsList';
import { Loaded } from '../shared/Loaded';
import { ConflictsAlert } from './ConflictsAlert';
import { Hash } from './Hash';

function LoadError({ error }: { error: PolicySet['error'] }) {
  if (!error) return null;
  return (
    <Alert severity="error" style={{ marginBottom: 16 }}>
      <AlertTitle>
        The last load failed; the last good policies apply
      </AlertTitle>
      {error.file && (
        <>
          <code>{error.file}</code>:{' '}
        </>
      )}
      {error.message} (<RelativeTime at={error.at} />)
    </Alert>
  );
}

/** What each tier asks for, in words. */
export function PoliciesPage() {
  const query = useLive('policies', (api, signal) =>
    api.getPolicies({ signal }),
  );
  return (
    <Loaded query={query} failure="The policies could not be loaded">
      {policies => (
        <>
          <LoadError error={policies.error} />
          <ConflictsAlert />
          {policies.tiers.length === 0 && (
            <EmptyHint
              title="No policies are loaded"
              description="Without a policy nothing can be approved. Add files to the policies folder."
            />
          )}
          <Grid container spacing={2}>
            {policies.tiers.map(demands => (
              <Grid key={demands.tier} item xs={12} sm={6} lg={3}>
                <Section
                  title={tierText(demands.tier).label}
                  description={tierText(demands.tier).meaning}
                >
                  <DemandsList demands={demands} />
                </Section>
              </Grid>
            ))}
          </Grid>
          <Section
            title="Layers"
            description="A lower layer may only ask for more, never for less."
          >
            <DataTable
              label="Policy layers"
              columns={[
                { header: 'Layer', render: layer => layer.name },
                {
                  header: 'Applies to',
                  tight: true,
                  render: layer => layer.scope,
                },
                {
                  header: 'File',
                  tight: true,
                  render: layer => layer.file ?? '–',
                },
                {
                  header: 'Hash',
                  tight: true,
                  render: layer => <Hash hash={layer.hash} />,
                },
              ]}
              rows={policies.layers}
              rowKey={layer => `${layer.scope}:${layer.name}`}
            />
            <Typography variant="body2" style={{ marginTop: 8 }}>
              Version <Hash hash={policies.version} />, loaded{' '}
              <RelativeTime at={policies.loadedAt} />
            </Typography>
          </Section>
        </>
      )}
    </Loaded>
  );
}
