import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { type Tier, tiers } from '@modelhub/backstage-plugin-models-common';
import { EmptyHint } from '@modelhub/backstage-plugin-models-react';
import { useSearchParams } from 'react-router-dom';
import { GovernanceTitle } from '../governance/GovernanceTitle';
import { useLive } from '../hooks/useLive';
import { nameOfRef } from '../lib/words';
import { Loaded } from '../shared/Loaded';
import { RequestForm } from './RequestForm';

/** The form behind "Request access". */
export function RequestPage() {
  const [parameters] = useSearchParams();
  const identity = useApi(identityApiRef);
  const entityRef = parameters.get('entityRef') ?? '';
  const tier = parameters.get('tier');
  const choices = useLive(
    'request-choices',
    async (api, signal) => {
      const [profiles, purposes, me] = await Promise.all([
        api.listAccessProfiles({ signal }),
        api.listPurposes({ signal }),
        identity.getBackstageIdentity(),
      ]);
      return {
        profiles: profiles.items,
        purposes: purposes.items,
        groups: me.ownershipEntityRefs.filter(ref => ref.startsWith('group:')),
      };
    },
    { still: true },
  );

  if (!entityRef) {
    return (
      <>
        <GovernanceTitle title="Request access" />
        <EmptyHint
          title="Which model?"
          description='Open a model and choose "Request access" there.'
        />
      </>
    );
  }
  return (
    <>
      <GovernanceTitle title={`Request ${nameOfRef(entityRef)}`} />
      <Loaded query={choices} failure="The form could not be loaded">
        {({ profiles, purposes, groups }) => (
          <RequestForm
            key={entityRef}
            entityRef={entityRef}
            initial={{
              modelVersion: parameters.get('modelVersion') ?? undefined,
              tier: tiers.find(one => one === tier) as Tier | undefined,
              purpose: parameters.get('purpose') ?? undefined,
              profile: parameters.get('profile') ?? undefined,
            }}
            profiles={profiles}
            purposes={purposes}
            groups={groups}
          />
        )}
      </Loaded>
    </>
  );
}
