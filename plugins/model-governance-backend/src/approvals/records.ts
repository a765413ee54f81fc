import type {
  ApprovalKind,
  ApprovalState,
  ExpectedUse,
  Hold,
  Refusal,
  SignOff,
  SignOffRole,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { PolicyDecision } from '../policies/PolicyService';
import type { StepUpEvidence } from '../stepUp/StepUpService';

/** An approval as it is kept. Times are ISO 8601 in UTC. */
export interface ApprovalRecord {
  id: string;
  kind: ApprovalKind;
  state: ApprovalState;
  revision: number;
  /** Counts submits; sign-offs of earlier rounds no longer count. */
  round: number;
  entityRef: string;
  title?: string;
  gatewayId: string;
  provider: string;
  modelVersion: string;
  /** `sha256:…`, `provider:<id>@<snapshot>` or, at sandbox only, `unpinned:<version>`. */
  pin?: string;
  digest?: string;
  providerModelId?: string;
  snapshotDate?: string;
  decisionFactsHash?: string;
  ownerRef: string;
  /** Users who belonged to the owner at submit. */
  ownerPeople: string[];
  tier: Tier;
  purpose: string;
  profile: string;
  justification: string;
  expectedUse?: ExpectedUse;
  requester: string;
  requesterGroup?: string;
  /** The group, or the owning user, whose lead is asked. */
  leadGroup?: string;
  policyVersion?: string;
  policyDecision?: PolicyDecision;
  evidenceIds: string[];
  blockers: Refusal[];
  waitingFor: string[];
  createdAt: string;
  updatedAt: string;
  submittedAt?: string;
  waitingSince?: string;
  approvedAt?: string;
  expiresAt?: string;
  /** End of the first waiver without which it would not have been approved. */
  waivedUntil?: string;
  checkDeadlineAt?: string;
  /** Since when the model or its owner is not found in the catalog. */
  absentSince?: string;
  pendingRequestId?: string;
  supersededBy?: string;
  reviewedAt?: string;
  reviewVerdict?: 'justified' | 'not-justified';
}

export interface SignOffRecord {
  id: string;
  approvalId: string;
  round: number;
  role: SignOffRole;
  decision: SignOff['decision'];
  by: string;
  onBehalfOf?: string;
  reason?: string;
  at: string;
  secondFactor: boolean;
  evidence?: StepUpEvidence;
  voidAt?: string;
  voidReason?: string;
}

/** A reason why something is off. */
export interface HoldRecord {
  id: string;
  kind: Hold['kind'];
  reason: string;
  /** A user ref, or `system`. */
  placedBy: string;
  placedAt: string;
  clearedBy?: string;
  clearedAt?: string;
  clearReason?: string;
}

/** On one approval, and gone with it; new requests of its scope wait for it. */
export interface ApprovalHoldRecord extends HoldRecord {
  approvalId: string;
}

/** On a model, whatever becomes of its approvals, until somebody clears it. */
export interface ModelHoldRecord extends HoldRecord {
  entityRef: string;
  /** Undefined: every version. */
  modelVersion?: string;
  /** What that version is: under another name it is held, too. */
  pin?: string;
}

/** Who is asked to sign in a role, as entity refs. */
export interface SignerClaim {
  role: SignOffRole;
  claim: string;
}

export interface DelegationRecord {
  id: string;
  delegator: string;
  delegate: string;
  role?: SignOffRole;
  createdAt: string;
  until: string;
  endedAt?: string;
}

/** States of a request that is not decided yet. */
export const openStates: ApprovalState[] = [
  'draft',
  'checking',
  'changes-requested',
  'in-review',
];

/** States of an approval that was given and did not end. */
export const livingStates: ApprovalState[] = ['approved', 'suspended'];
