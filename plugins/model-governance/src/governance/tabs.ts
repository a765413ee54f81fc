import { usePermission } from '@backstage/plugin-permission-react';
import {
  modelAccessManagePermission,
  modelAllowlistReadPermission,
  modelGatewayManagePermission,
  modelKeyIssuePermission,
  modelLedgerReadPermission,
  modelPolicyReadPermission,
} from '@modelhub/backstage-plugin-models-common';

export interface GovernanceTab {
  /** Path below the page. */
  id: string;
  label: string;
}

/** The tabs that the one who looks may open. */
export function useGovernanceTabs(): GovernanceTab[] {
  const allowlist = usePermission({ permission: modelAllowlistReadPermission });
  const access = usePermission({ permission: modelAccessManagePermission });
  const keys = usePermission({ permission: modelKeyIssuePermission });
  const gateways = usePermission({ permission: modelGatewayManagePermission });
  const policies = usePermission({ permission: modelPolicyReadPermission });
  const ledger = usePermission({ permission: modelLedgerReadPermission });
  const tabs: Array<GovernanceTab & { shown: boolean }> = [
    { id: 'queue', label: 'Queue', shown: true },
    { id: 'my-requests', label: 'My requests', shown: true },
    { id: 'asks', label: 'Waiting for a person', shown: true },
    { id: 'allowlist', label: 'Allowlist', shown: allowlist.allowed },
    {
      id: 'gateways',
      label: 'Gateways and keys',
      shown: keys.allowed || gateways.allowed || access.allowed,
    },
    { id: 'policies', label: 'Policies', shown: policies.allowed },
    { id: 'waivers', label: 'Waivers', shown: policies.allowed },
    { id: 'ledger', label: 'Ledger', shown: ledger.allowed },
    { id: 'passkeys', label: 'My duties', shown: true },
  ];
  return tabs.filter(tab => tab.shown).map(({ id, label }) => ({ id, label }));
}
