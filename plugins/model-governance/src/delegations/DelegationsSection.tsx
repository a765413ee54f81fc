import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import type { Delegation } from '@modelhub/backstage-plugin-models-common';
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
import { nameOfRef, roleName } from '../lib/words';
import { EndDialog } from '../shared/EndDialog';
import { Loaded } from '../shared/Loaded';
import { DelegateDialog } from './DelegateDialog';

const isLive = ({ endedAt, until }: Delegation) =>
  !endedAt && Date.parse(until) > Date.now();

/** Who signs for me, and for whom I sign. */
export function DelegationsSection() {
  const api = useApi(modelGovernanceApiRef);
  const identity = useApi(identityApiRef);
  const query = useLive('delegations', async (client, signal) => {
    const [{ items }, me] = await Promise.all([
      client.listDelegations({ signal }),
      identity.getBackstageIdentity(),
    ]);
    return { items: items.filter(isLive), me: me.userEntityRef };
  });
  const [delegating, setDelegating] = useState(false);
  const [chosen, setChosen] = useState<Delegation>();

  return (
    <Section
      title="Delegations"
      description="Who signs for you while you are away, and for whom you sign."
      actions={
        <Button variant="outlined" onClick={() => setDelegating(true)}>
          Delegate…
        </Button>
      }
    >
      <Loaded query={query} failure="Your delegations could not be loaded">
        {({ items, me }) =>
          items.length === 0 ? (
            <EmptyHint
              title="Nobody signs for you, and you sign for nobody"
              description="Delegate before you go on leave, so that requests do not wait for you."
            />
          ) : (
            <DataTable
              label="Delegations"
              rows={items}
              rowKey={delegation => delegation.id}
              columns={[
                {
                  header: 'Who signs',
                  render: one =>
                    one.delegate === me ? (
                      'You'
                    ) : (
                      <Person entityRef={one.delegate} />
                    ),
                },
                {
                  header: 'In place of',
                  render: one =>
                    one.delegator === me ? (
                      'You'
                    ) : (
                      <Person entityRef={one.delegator} />
                    ),
                },
                {
                  header: 'As',
                  render: one => (one.role ? roleName(one.role) : 'every role'),
                },
                {
                  header: 'Ends',
                  tight: true,
                  render: one => <RelativeTime at={one.until} />,
                },
                {
                  header: 'Action',
                  tight: true,
                  render: one => (
                    <Button
                      size="small"
                      aria-label={`End the delegation from ${nameOfRef(
                        one.delegator,
                      )} to ${nameOfRef(one.delegate)}…`}
                      onClick={() => setChosen(one)}
                    >
                      End…
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {delegating && (
        <DelegateDialog
          onClose={() => setDelegating(false)}
          onDone={() => {
            setDelegating(false);
            query.retry();
          }}
        />
      )}
      {chosen && (
        <EndDialog
          id={chosen.id}
          title="End the delegation"
          confirm="End"
          end={request => api.endDelegation(request)}
          onClose={() => setChosen(undefined)}
          onDone={() => {
            setChosen(undefined);
            query.retry();
          }}
        >
          {nameOfRef(chosen.delegate)} no longer signs for{' '}
          {nameOfRef(chosen.delegator)}. What was signed stays.
        </EndDialog>
      )}
    </Section>
  );
}
