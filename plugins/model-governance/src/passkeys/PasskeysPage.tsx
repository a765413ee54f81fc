import { usePermission } from '@backstage/plugin-permission-react';
import { modelPasskeyInvitePermission } from '@modelhub/backstage-plugin-models-common';
import { useState } from 'react';
import { DelegationsSection } from '../delegations/DelegationsSection';
import { InvitationsSection } from './InvitationsSection';
import { MyPasskeysSection } from './MyPasskeysSection';

/** One's own passkeys and stand-ins, and invitations for those who hand them out. */
export function PasskeysPage() {
  const { allowed } = usePermission({
    permission: modelPasskeyInvitePermission,
  });
  const [enrolled, setEnrolled] = useState(0);
  return (
    <>
      <MyPasskeysSection onEnrolled={() => setEnrolled(count => count + 1)} />
      <DelegationsSection />
      {/* Enrolling uses an invitation up. */}
      {allowed && <InvitationsSection key={enrolled} />}
    </>
  );
}
