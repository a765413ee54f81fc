import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import type { Gateway } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  EmptyHint,
  modelGovernanceApiRef,
  RelativeTime,
  Section,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { EndDialog } from '../shared/EndDialog';
import { Loaded } from '../shared/Loaded';
import { NameDialog } from '../shared/NameDialog';
import { ShownOnce } from '../shared/ShownOnce';

interface Invitation {
  token: string;
  expiresAt: string;
}

function lagText(gateway: Gateway): string {
  if (gateway.removedAt) return 'Removed';
  if (gateway.behind === undefined) return 'Has not reported yet';
  if (gateway.behind === 0) return 'Up to date';
  return `${gateway.behind} ${
    gateway.behind === 1 ? 'version' : 'versions'
  } behind`;
}

function Connection({ gateway }: { gateway: Gateway }) {
  if (gateway.connected) return <>Connected</>;
  if (!gateway.lastSeenAt) return <>Never seen</>;
  return (
    <>
      {gateway.removedAt ? 'Last' : 'Not connected, last'} seen{' '}
      <RelativeTime at={gateway.lastSeenAt} />
    </>
  );
}

const columns: Column<Gateway>[] = [
  { header: 'Gateway', render: gateway => gateway.name },
  { header: 'Allowlist', render: lagText },
  {
    header: 'Version',
    render: gateway =>
      gateway.version === undefined
        ? '–'
        : `${gateway.epoch ?? 0}.${gateway.version}`,
  },
  { header: 'Connection', render: gateway => <Connection gateway={gateway} /> },
  {
    header: 'Alarms',
    render: gateway =>
      gateway.alarms?.length ? (
        <strong>{gateway.alarms.join('; ')}</strong>
      ) : (
        'None'
      ),
  },
];

/** The gateways that enforce the allowlist, how far each one is, and how to add one. */
export function GatewaysSection() {
  const api = useApi(modelGovernanceApiRef);
  const query = useLive('gateways', (client, signal) =>
    client.listGateways({ signal }),
  );
  const inviting = useSubmission<Invitation>();
  const [dialog, setDialog] = useState(false);
  const [invitation, setInvitation] = useState<Invitation>();
  const [removing, setRemoving] = useState<Gateway>();

  const invite = async (name: string) => {
    const made = await inviting.submit({
      body: { name },
      send: (body, idempotencyKey) =>
        api.inviteGateway({ body, idempotencyKey }),
    });
    if (!made) return;
    setDialog(false);
    setInvitation(made);
  };

  return (
    <Section
      title="Gateways"
      description="Each one follows the allowlist by itself and refuses what is not on it."
      actions={
        <Button variant="outlined" onClick={() => setDialog(true)}>
          Invite gateway
        </Button>
      }
    >
      <Loaded query={query} failure="The gateways could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="No gateway is enrolled"
              description="Invite one, and start it with the token that you get."
            />
          ) : (
            <DataTable
              label="Gateways"
              columns={[
                ...columns,
                {
                  header: 'Action',
                  tight: true,
                  render: gateway =>
                    !gateway.removedAt && (
                      <Button
                        size="small"
                        aria-label={`Remove gateway ${gateway.name}…`}
                        onClick={() => setRemoving(gateway)}
                      >
                        Remove…
                      </Button>
                    ),
                },
              ]}
              rows={items}
              rowKey={gateway => gateway.id}
            />
          )
        }
      </Loaded>
      {dialog && (
        <NameDialog
          id="gateway-name"
          title="Invite a gateway"
          confirm="Invite"
          busy={inviting.busy}
          error={inviting.error}
          onClose={() => setDialog(false)}
          onConfirm={invite}
        />
      )}
      {invitation && (
        <ShownOnce
          title="Invitation of a gateway"
          label="Invitation token"
          secret={invitation.token}
          onClose={() => setInvitation(undefined)}
        >
          <p>
            Good for one gateway, ends{' '}
            <RelativeTime at={invitation.expiresAt} />.
          </p>
        </ShownOnce>
      )}
      {removing && (
        <EndDialog
          id={removing.id}
          title={`Remove gateway ${removing.name}`}
          confirm="Remove"
          end={request => api.removeGateway(request)}
          onClose={() => setRemoving(undefined)}
          onDone={() => {
            setRemoving(undefined);
            query.retry();
          }}
        >
          Its identity no longer counts: it gets no more snapshots, and refuses
          every call once its last one is too old.
        </EndDialog>
      )}
    </Section>
  );
}
