import type { Grant } from '@modelhub/backstage-plugin-models-common';
import type { ApprovalRecord } from './records';

/** What a live approval opens. */
export function grantOf(approval: ApprovalRecord): Grant {
  return {
    approvalId: approval.id,
    kind: approval.kind,
    entityRef: approval.entityRef,
    gatewayId: approval.gatewayId,
    modelVersion: approval.modelVersion,
    digest: approval.digest,
    providerModelId: approval.providerModelId,
    tier: approval.tier,
    purpose: approval.purpose,
    profile: approval.profile,
    approvedAt: approval.approvedAt ?? approval.createdAt,
    expiresAt: approval.expiresAt ?? approval.createdAt,
  };
}
