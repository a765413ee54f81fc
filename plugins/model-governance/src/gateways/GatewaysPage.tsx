import { usePermission } from '@backstage/plugin-permission-react';
import { modelGatewayManagePermission } from '@modelhub/backstage-plugin-models-common';
import { KeysSection } from '../keys/KeysSection';
import { GatewaysSection } from './GatewaysSection';

/** Keys for everybody who may have one, gateways for those who run them. */
export function GatewaysPage() {
  const { allowed } = usePermission({
    permission: modelGatewayManagePermission,
  });
  return (
    <>
      <KeysSection />
      {allowed && <GatewaysSection />}
    </>
  );
}
