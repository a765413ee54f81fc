import type { Grant } from '@modelhub/backstage-plugin-models-common';
import type { ApprovalRecord } from './records';

/** When it ends by itself, with the waivers that it rests on. */
const endOf = ({
  createdAt,
  expiresAt = createdAt,
  waivedUntil,
}: ApprovalRecord) =>
  waivedUntil !== undefined && waivedUntil < expiresAt
    ? waivedUntil
    : expiresAt;

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
    expiresAt: endOf(approval),
  };
}
