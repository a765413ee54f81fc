import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  modelApprovalReadPermission,
  modelApprovalRevokePermission,
  modelApprovalSignPermission,
  modelAskDecidePermission,
  modelAskReadPermission,
  modelGateWaivePermission,
  modelGovernancePermissions,
} from '@modelhub/backstage-plugin-models-common';
import type { approvalSources } from './approvals';
import { modelAskResourceRef, modelAskRules, type AskStore } from './asks';
import { modelApprovalResourceRef, modelApprovalRules } from './permissions';

/** Every permission of the plugin, with the rules for approvals and asks. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  resources: {
    approvals: Pick<ReturnType<typeof approvalSources>, 'getResources'>;
    asks: Pick<AskStore, 'byIds'>;
  },
): void {
  registry.addResourceType({
    resourceRef: modelApprovalResourceRef,
    permissions: [
      modelApprovalReadPermission,
      modelApprovalSignPermission,
      modelApprovalRevokePermission,
      modelGateWaivePermission,
    ],
    rules: Object.values(modelApprovalRules),
    getResources: resources.approvals.getResources,
  });
  registry.addResourceType({
    resourceRef: modelAskResourceRef,
    permissions: [modelAskReadPermission, modelAskDecidePermission],
    rules: Object.values(modelAskRules),
    getResources: async ids => {
      const asks = await resources.asks.byIds(ids);
      return ids.map(id => asks.find(ask => ask.id === id));
    },
  });
  registry.addPermissions(
    modelGovernancePermissions.filter(({ type }) => type === 'basic'),
  );
}
