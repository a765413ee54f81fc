import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import type { PasskeyInvitation } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  modelGovernanceApiRef,
  Person,
  RelativeTime,
  Section,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { FormEvent, useState } from 'react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { PersonField, userRef } from '../shared/PersonField';
import { Problem } from '../shared/Problem';

/** Who was invited to enrol a first passkey. */
export function InvitationsSection() {
  const api = useApi(modelGovernanceApiRef);
  const query = useLive('passkey-invitations', (client, signal) =>
    client.listPasskeyInvitations({ signal }),
  );
  const { submit, busy, error } = useSubmission<PasskeyInvitation>();
  const [user, setUser] = useState('');

  const invite = async (event: FormEvent) => {
    event.preventDefault();
    if (!user.trim()) return;
    const made = await submit({
      body: { user: userRef(user) },
      send: (body, idempotencyKey) =>
        api.invitePasskey({ body, idempotencyKey }),
    });
    if (!made) return;
    setUser('');
    query.retry();
  };

  return (
    <Section
      title="Invitations"
      description="A first passkey needs an invitation, which is an event in the ledger."
    >
      <form
        onSubmit={invite}
        style={{ display: 'flex', gap: 8, alignItems: 'flex-start' }}
      >
        <PersonField
          id="passkey-invite-user"
          label="User"
          value={user}
          onChange={setUser}
        />
        <Button
          type="submit"
          variant="outlined"
          disabled={busy || !user.trim()}
        >
          Invite
        </Button>
      </form>
      <Problem error={error} />
      <Loaded query={query} failure="The invitations could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint title="No open invitations" />
          ) : (
            <DataTable
              label="Passkey invitations"
              rows={items}
              rowKey={invitation => invitation.id}
              columns={[
                {
                  header: 'For',
                  render: one => <Person entityRef={one.user} />,
                },
                {
                  header: 'Invited by',
                  render: one => <Person entityRef={one.invitedBy} />,
                },
                {
                  header: 'Ends',
                  render: one => <RelativeTime at={one.expiresAt} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
