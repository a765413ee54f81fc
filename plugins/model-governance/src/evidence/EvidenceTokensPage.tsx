import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import type { EvidenceToken } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  modelGovernanceApiRef,
  Person,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { EndDialog } from '../shared/EndDialog';
import { Loaded } from '../shared/Loaded';

/** What people are told of a token's life. */
function stateOf({ kind, revokedAt, expiresAt }: EvidenceToken): string {
  if (revokedAt) return 'Revoked';
  if (Date.parse(expiresAt) <= Date.now()) return 'Ended';
  return kind === 'ci' ? 'Live, for one job' : 'Live';
}

/** Tokens that one issued or owns, with an end to each. */
export function EvidenceTokensPage() {
  const api = useApi(modelGovernanceApiRef);
  const query = useLive('evidence-tokens', (client, signal) =>
    client.listEvidenceTokens({}, { signal }),
  );
  const [revoking, setRevoking] = useState<EvidenceToken>();
  return (
    <Section
      title="My evidence tokens"
      description="With a token a pipeline signs what it measured about one version of a model. They are issued on the page of a request that waits for evidence."
    >
      <Loaded query={query} failure="The tokens could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="You have no evidence token"
              description="Open a request whose check needs evidence, and issue one there."
            />
          ) : (
            <DataTable
              label="Evidence tokens"
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                {
                  header: 'Name',
                  render: it => (
                    <>
                      {it.name} {it.hint && <code>…{it.hint}</code>}
                    </>
                  ),
                },
                {
                  header: 'Model',
                  render: it => `${it.entityRef} ${it.modelVersion}`,
                },
                { header: 'Checks', render: it => it.gates.join(', ') },
                {
                  header: 'Owner',
                  render: it => <Person entityRef={it.owner} />,
                },
                {
                  header: 'Used',
                  tight: true,
                  render: it =>
                    it.lastUsedAt ? (
                      <RelativeTime at={it.lastUsedAt} />
                    ) : (
                      'Never'
                    ),
                },
                {
                  header: 'Ends',
                  tight: true,
                  render: it => <RelativeTime at={it.expiresAt} />,
                },
                { header: 'State', tight: true, render: stateOf },
                {
                  header: 'Action',
                  tight: true,
                  render: it =>
                    stateOf(it).startsWith('Live') && (
                      <Button
                        size="small"
                        aria-label={`Revoke token ${it.name}…`}
                        onClick={() => setRevoking(it)}
                      >
                        Revoke…
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {revoking && (
        <EndDialog
          id={revoking.id}
          title={`Revoke token ${revoking.name}`}
          confirm="Revoke"
          end={request => api.revokeEvidenceToken(request)}
          onClose={() => setRevoking(undefined)}
          onDone={() => {
            setRevoking(undefined);
            query.retry();
          }}
        >
          Nothing that it signs is taken any more. What was submitted with it
          stays, until somebody withdraws it.
        </EndDialog>
      )}
    </Section>
  );
}
