import { usePermission } from '@backstage/plugin-permission-react';
import {
  modelAccessManagePermission,
  modelGatewayManagePermission,
} from '@modelhub/backstage-plugin-models-common';
import { ProfilesSection } from '../access/ProfilesSection';
import { PurposesSection } from '../access/PurposesSection';
import { KeysSection } from '../keys/KeysSection';
import { OnlineLinkSection } from '../online/OnlineLinkSection';
import { SigningKeysSection } from '../signingKeys/SigningKeysSection';
import { GatewaysSection } from './GatewaysSection';

/** Keys for everybody who may have one; access and gateways for those who run them. */
export function GatewaysPage() {
  const { allowed } = usePermission({
    permission: modelGatewayManagePermission,
  });
  const access = usePermission({ permission: modelAccessManagePermission });
  return (
    <>
      <KeysSection />
      {access.allowed && (
        <>
          <ProfilesSection />
          <PurposesSection />
        </>
      )}
      <OnlineLinkSection />
      {allowed && (
        <>
          <GatewaysSection />
          <SigningKeysSection />
        </>
      )}
    </>
  );
}
