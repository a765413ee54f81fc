import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import {
  type GatewayKey,
  type IssuedKey,
  modelKeyIssuePermission,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  modelGovernanceApiRef,
  Person,
  RelativeTime,
  Section,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { EndDialog } from '../shared/EndDialog';
import { Loaded } from '../shared/Loaded';
import { EndpointKeys } from './EndpointKeys';
import { IssueKeyDialog } from './IssueKeyDialog';
import { KeyShown } from './KeyShown';
import { isEnded, KeyState } from './KeyState';
import { RotateKeyDialog } from './RotateKeyDialog';

/** Gateway keys: issue, see once, rotate, revoke. */
export function KeysSection() {
  const api = useApi(modelGovernanceApiRef);
  const { allowed: mayIssue } = usePermission({
    permission: modelKeyIssuePermission,
  });
  const query = useLive('keys', async (client, signal) => {
    const [keys, profiles, purposes] = await Promise.all([
      client.listKeys({}, { signal }),
      client.listAccessProfiles({ signal }),
      client.listPurposes({ signal }),
    ]);
    return {
      keys: keys.items,
      endpointKeys: keys.endpointKeys ?? [],
      expiry: keys.expiry,
      profiles: profiles.items,
      purposes: purposes.items,
    };
  });
  const [issuing, setIssuing] = useState(false);
  const [issued, setIssued] = useState<IssuedKey>();
  const [rotating, setRotating] = useState<GatewayKey>();
  const [revoking, setRevoking] = useState<GatewayKey>();

  return (
    <Section
      title="Gateway keys"
      description="With a key you call the models that its access profile may use, at its tier and for its purpose."
      actions={
        mayIssue && (
          <Button
            variant="contained"
            color="primary"
            disabled={!query.value}
            onClick={() => setIssuing(true)}
          >
            Issue key
          </Button>
        )
      }
    >
      <Loaded query={query} failure="The keys could not be loaded">
        {({ keys, endpointKeys, expiry, profiles, purposes }) => (
          <>
            {keys.length === 0 ? (
              <EmptyHint
                title="You have no key yet"
                description={
                  mayIssue
                    ? 'Issue one to call models through the gateway.'
                    : 'Ask the administrators for permission to issue one.'
                }
              />
            ) : (
              <DataTable
                label="Gateway keys"
                rows={keys}
                rowKey={key => key.id}
                columns={[
                  {
                    header: 'Name',
                    render: key => (
                      <>
                        {key.name} <code>…{key.hint}</code>
                      </>
                    ),
                  },
                  { header: 'Access profile', render: key => key.profile },
                  { header: 'Purpose', render: key => key.purpose },
                  {
                    header: 'Tier',
                    render: key => <TierChip tier={key.tier} />,
                  },
                  {
                    header: 'Owner',
                    render: key => <Person entityRef={key.owner} />,
                  },
                  {
                    header: 'Ends',
                    tight: true,
                    render: key =>
                      key.expiresAt ? (
                        <RelativeTime at={key.expiresAt} />
                      ) : (
                        'Never'
                      ),
                  },
                  {
                    header: 'State',
                    tight: true,
                    render: key => <KeyState of={key} />,
                  },
                  {
                    header: 'Action',
                    tight: true,
                    render: key =>
                      !key.revokedAt && (
                        <>
                          {mayIssue &&
                            !isEnded(key) &&
                            !key.ownerMissing &&
                            !key.ownerLeft && (
                              <Button
                                size="small"
                                aria-label={`Rotate key ${key.name}…`}
                                onClick={() => setRotating(key)}
                              >
                                Rotate…
                              </Button>
                            )}
                          <Button
                            size="small"
                            aria-label={`Revoke key ${key.name}…`}
                            onClick={() => setRevoking(key)}
                          >
                            Revoke…
                          </Button>
                        </>
                      ),
                  },
                ]}
              />
            )}
            <EndpointKeys keys={endpointKeys} onRevoke={setRevoking} />
            {issuing && (
              <IssueKeyDialog
                profiles={profiles}
                purposes={purposes}
                expiry={expiry}
                onClose={() => setIssuing(false)}
                onIssued={key => {
                  setIssuing(false);
                  setIssued(key);
                  query.retry();
                }}
              />
            )}
          </>
        )}
      </Loaded>
      {issued && (
        <KeyShown issued={issued} onClose={() => setIssued(undefined)} />
      )}
      {rotating && (
        <RotateKeyDialog
          rotating={rotating}
          onClose={() => setRotating(undefined)}
          onRotated={key => {
            setRotating(undefined);
            setIssued(key);
            query.retry();
          }}
        />
      )}
      {revoking && (
        <EndDialog
          id={revoking.id}
          title={`Revoke key ${revoking.name}`}
          confirm="Revoke"
          end={request => api.revokeKey(request)}
          onClose={() => setRevoking(undefined)}
          onDone={() => {
            setRevoking(undefined);
            query.retry();
          }}
        >
          {revoking.endpoint
            ? 'Every call of the evaluation endpoint with it is refused within seconds, those of the playground too. The endpoint itself goes on until it is stopped.'
            : 'Every call with it, and with the secret before it, is refused within seconds.'}{' '}
          This cannot be undone.
        </EndDialog>
      )}
    </Section>
  );
}
