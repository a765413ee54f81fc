import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import type { Passkey } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  modelGovernanceApiRef,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { EndDialog } from '../shared/EndDialog';
import { Loaded } from '../shared/Loaded';
import { NameDialog } from '../shared/NameDialog';
import { useEnrol } from './useEnrol';

/** Enrol, see and remove one's own passkeys. */
export function MyPasskeysSection(props: { onEnrolled?: () => void }) {
  const api = useApi(modelGovernanceApiRef);
  const query = useLive('passkeys', (client, signal) =>
    client.listPasskeys({ signal }),
  );
  const { enrol, busy, error } = useEnrol();
  const [naming, setNaming] = useState(false);
  const [removing, setRemoving] = useState<Passkey>();
  const mine = query.value?.items ?? [];

  const add = async (name: string) => {
    if (!(await enrol(name, mine.length > 0))) return;
    setNaming(false);
    query.retry();
    props.onEnrolled?.();
  };

  return (
    <Section
      title="My passkeys"
      description="Decisions in the upper tiers and emergencies are confirmed with a passkey."
      actions={
        query.value?.mayEnrol && (
          <Button
            variant="contained"
            color="primary"
            onClick={() => setNaming(true)}
          >
            Enrol passkey
          </Button>
        )
      }
    >
      <Loaded query={query} failure="Your passkeys could not be loaded">
        {({ items, mayEnrol }) =>
          items.length === 0 ? (
            <EmptyHint
              title="You have no passkey"
              description={
                mayEnrol
                  ? 'You are invited: enrol one now.'
                  : 'A first passkey needs an invitation. Ask the administrators for one.'
              }
            />
          ) : (
            <DataTable
              label="My passkeys"
              rows={items}
              rowKey={passkey => passkey.id}
              columns={[
                { header: 'Name', render: passkey => passkey.name },
                {
                  header: 'Enrolled',
                  render: passkey => <RelativeTime at={passkey.createdAt} />,
                },
                {
                  header: 'Last used',
                  render: passkey =>
                    passkey.lastUsedAt ? (
                      <RelativeTime at={passkey.lastUsedAt} />
                    ) : (
                      'Never'
                    ),
                },
                {
                  header: 'Action',
                  tight: true,
                  render: passkey => (
                    <Button
                      size="small"
                      aria-label={`Remove passkey ${passkey.name}…`}
                      onClick={() => setRemoving(passkey)}
                    >
                      Remove…
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {naming && (
        <NameDialog
          id="passkey-name"
          title="Enrol a passkey"
          confirm="Enrol"
          helperText={
            mine.length > 0
              ? 'First confirm with a passkey that you have, then make the new one.'
              : 'For example the device that keeps it.'
          }
          busy={busy}
          error={error}
          onClose={() => setNaming(false)}
          onConfirm={add}
        />
      )}
      {removing && (
        <EndDialog
          id={removing.id}
          title={`Remove passkey ${removing.name}`}
          confirm="Remove"
          end={request => api.removePasskey(request)}
          onClose={() => setRemoving(undefined)}
          onDone={() => {
            setRemoving(undefined);
            query.retry();
          }}
        >
          {mine.length === 1
            ? 'It is your last one: you need a new invitation afterwards.'
            : 'It can no longer be used to confirm anything.'}
        </EndDialog>
      )}
    </Section>
  );
}
