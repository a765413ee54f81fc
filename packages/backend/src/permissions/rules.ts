import { parseEntityRef } from '@backstage/catalog-model';
import {
  modelAccessManagePermission,
  modelAllowlistReadPermission,
  modelApprovalCreatePermission,
  modelApprovalReadPermission,
  modelApprovalRevokePermission,
  modelApprovalSignPermission,
  modelAskDecidePermission,
  modelAskReadPermission,
  modelBreakGlassPermission,
  modelBreakGlassReviewPermission,
  modelBudgetManagePermission,
  modelCardsRefreshPermission,
  modelEndpointCreatePermission,
  modelEvaluationReadContentPermission,
  modelEvaluationRunPermission,
  modelEvidenceManagePermission,
  modelEvidenceSubmitPermission,
  modelGatewayManagePermission,
  modelGateWaivePermission,
  modelKeyIssuePermission,
  modelLedgerReadPermission,
  modelPasskeyInvitePermission,
  modelPolicyActivatePermission,
  modelPolicyProposePermission,
  modelPolicyReadPermission,
  modelPolicyReplayPermission,
  modelReviewCreatePermission,
  modelReviewErasePermission,
  modelReviewModeratePermission,
  modelReviewReadPermission,
  modelReviewUpdatePermission,
  modelServingManagePermission,
  modelSloManagePermission,
  modelUsageImportPermission,
  modelSuspendPermission,
} from '@modelhub/backstage-plugin-models-common';

/** The groups of the demo's organisation that stand for a role. */
type RoleGroup =
  | 'incident-response'
  | 'legal'
  | 'ml-platform'
  | 'model-stewards'
  | 'modelhub-admins'
  | 'risk'
  | 'security';

const everybody = 'everybody';

/**
 * Who may do what. The state machine adds its own rules: to be allowed to sign
 * is not yet to hold the role that a request asks for.
 */
const rules: Record<string, RoleGroup[] | typeof everybody> = {
  [modelApprovalReadPermission.name]: everybody,
  [modelApprovalCreatePermission.name]: everybody,
  // Leads sign too, and every team has one.
  [modelApprovalSignPermission.name]: everybody,
  [modelPolicyReadPermission.name]: everybody,
  [modelPolicyReplayPermission.name]: [
    'legal',
    'ml-platform',
    'modelhub-admins',
    'risk',
    'security',
  ],
  [modelKeyIssuePermission.name]: everybody,
  // Only for models that one owns or asked for.
  [modelEvidenceSubmitPermission.name]: everybody,
  [modelEvidenceManagePermission.name]: ['modelhub-admins', 'security'],
  // Costs count against a quota of the team.
  [modelEvaluationRunPermission.name]: everybody,
  // Owners read those of their own models without it.
  [modelEvaluationReadContentPermission.name]: [
    'legal',
    'ml-platform',
    'model-stewards',
    'modelhub-admins',
    'risk',
    'security',
  ],
  // Only owners of profiles and those who manage gateways get to see any.
  [modelAskReadPermission.name]: everybody,
  [modelAskDecidePermission.name]: everybody,
  [modelGateWaivePermission.name]: [
    'legal',
    'ml-platform',
    'modelhub-admins',
    'risk',
    'security',
  ],
  [modelSuspendPermission.name]: [
    'incident-response',
    'model-stewards',
    'modelhub-admins',
    'security',
  ],
  [modelApprovalRevokePermission.name]: ['modelhub-admins', 'security'],
  [modelBreakGlassPermission.name]: ['incident-response'],
  [modelBreakGlassReviewPermission.name]: ['risk', 'security'],
  [modelPolicyProposePermission.name]: [
    'ml-platform',
    'modelhub-admins',
    'security',
  ],
  // Never what one proposed oneself, whatever the permission says.
  [modelPolicyActivatePermission.name]: ['modelhub-admins', 'security'],
  [modelAllowlistReadPermission.name]: [
    'incident-response',
    'legal',
    'ml-platform',
    'model-stewards',
    'modelhub-admins',
    'risk',
    'security',
  ],
  [modelLedgerReadPermission.name]: [
    'legal',
    'ml-platform',
    'modelhub-admins',
    'risk',
    'security',
  ],
  [modelAccessManagePermission.name]: ['ml-platform', 'modelhub-admins'],
  [modelGatewayManagePermission.name]: ['ml-platform', 'modelhub-admins'],
  [modelPasskeyInvitePermission.name]: ['modelhub-admins', 'security'],
  [modelCardsRefreshPermission.name]: ['ml-platform', 'modelhub-admins'],
  [modelBudgetManagePermission.name]: ['ml-platform', 'modelhub-admins'],
  // Owners set those of their own models without it.
  [modelSloManagePermission.name]: ['ml-platform', 'modelhub-admins'],
  [modelUsageImportPermission.name]: ['ml-platform', 'modelhub-admins'],
  // GPUs count against a quota of the team.
  [modelEndpointCreatePermission.name]: everybody,
  [modelServingManagePermission.name]: ['ml-platform', 'modelhub-admins'],
  [modelReviewReadPermission.name]: everybody,
  [modelReviewCreatePermission.name]: everybody,
  // Only what one wrote oneself, whatever the permission says.
  [modelReviewUpdatePermission.name]: everybody,
  [modelReviewModeratePermission.name]: ['model-stewards', 'modelhub-admins'],
  [modelReviewErasePermission.name]: ['modelhub-admins'],
};

/**
 * Whether somebody with these ownership refs has a permission. Permissions of
 * Model Hub that are not in the table are refused; all others are granted, as
 * in Backstage's own template.
 */
export function isAllowed(
  permission: string,
  ownershipEntityRefs: string[],
): boolean {
  const rule = rules[permission];
  if (!rule) {
    return !permission.startsWith('model.');
  }
  if (rule === everybody) {
    return true;
  }
  const groups = ownershipEntityRefs
    .map(ref => parseEntityRef(ref))
    .filter(
      ({ kind, namespace }) => kind === 'group' && namespace === 'default',
    )
    .map(({ name }) => name);
  return rule.some(group => groups.includes(group));
}
