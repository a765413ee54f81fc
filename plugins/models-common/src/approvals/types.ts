import type {
  ApprovalKind,
  ApprovalState,
  SignOffRole,
} from '../generated/model-governance';

/**
 * Everything that can happen to an approval. People give some of these, the
 * gate runner, the clock and the catalog watcher give the others.
 *
 * @public
 */
export type ApprovalCommand =
  | 'create'
  | 'submit'
  | 'gates-passed'
  | 'gates-failed'
  | 'gate-error'
  | 'needs-evidence'
  | 'check-deadline'
  | 'subject-changed'
  | 'approve'
  | 'reject'
  | 'request-changes'
  | 'withdraw'
  | 'suspend'
  | 'clear-hold'
  | 'revoke'
  | 'expire'
  | 'supersede'
  | 'retire'
  | 'break-glass';

/**
 * Where a command came from. Only `user` may sign; `service` is a service
 * principal or an agent, `system` is the hub itself (clock, gates, watcher).
 *
 * @public
 */
export type ActorKind = 'user' | 'service' | 'system';

/**
 * Who gives the command, as the catalog and the permission framework say at
 * this moment; never what a request claims.
 *
 * @public
 */
export interface ActorFacts {
  kind: ActorKind;
  /** Entity ref; undefined for the system. */
  ref?: string;
  /** Set when the actor signs in somebody's place. */
  onBehalfOf?: string;
  /** Roles that the actor, or the one they stand in for, holds on this request. */
  roles: SignOffRole[];
  /** The actor or the one they stand in for asked for this approval. */
  isRequester: boolean;
  /** The actor or the one they stand in for belongs to the group that owns the model. */
  isOwner: boolean;
  /** Permission decisions for the actor. */
  may: {
    read: boolean;
    create: boolean;
    sign: boolean;
    suspend: boolean;
    revoke: boolean;
    breakGlass: boolean;
  };
  /** A passkey assertion with user verification over exactly this command was checked. */
  secondFactor: boolean;
}

/**
 * A sign-off that still counts.
 *
 * @public
 */
export interface SignOffFact {
  role: SignOffRole;
  by: string;
  onBehalfOf?: string;
}

/**
 * What the policy demands of one role.
 *
 * @public
 */
export interface SignOffDemandFact {
  role: SignOffRole;
  quorum: number;
  secondFactor: boolean;
}

/**
 * All that the transition table looks at.
 *
 * @public
 */
export interface TransitionFacts {
  kind: ApprovalKind;
  actor: ActorFacts;
  /** Free text given with the command. */
  reason?: string;
  /** Role in which `approve`, `reject` and `request-changes` are given. */
  role?: SignOffRole;
  subject: {
    /** The version has an artifact digest, or a provider model id with a snapshot date, as its tier asks. */
    versionPinned: boolean;
    ownerExists: boolean;
    lifecycle: 'active' | 'deprecated' | 'retired';
    /** The model's gateway id is claimed by this model alone. */
    gatewayIdUnique: boolean;
    /** Digest and decision facts are still those that were submitted. */
    unchanged: boolean;
    /** The request's purpose and profile exist. */
    scopeExists: boolean;
    /** Why this model, version or scope is on hold, when it is: a new approval is no way round a hold. */
    heldBecause?: string;
  };
  /** Conditions of the policy in force that refuse the request outright, as sentences. */
  policyRefusals: string[];
  /** Every required gate passed or is waived, for this very subject and policy. */
  gatesSatisfied: boolean;
  /** The policy in force demands nothing that was not asked at submit. */
  policyCurrent: boolean;
  signOffs: {
    demanded: SignOffDemandFact[];
    given: SignOffFact[];
  };
  /** Holds that are not cleared, after this command would have been carried out. */
  openHoldsAfter: number;
  /** `clear-hold`: whether the actor holds a role that may clear this hold. */
  mayClearHold: boolean;
  /**
   * A waiver that the approval rests on ended, and the gate that it stood for
   * does not pass.
   */
  waiverOver?: boolean;
  /** A newer live approval of the same scope and version exists. */
  newerApprovalExists: boolean;
  /** Emergency approvals: a critical finding of the artifact scan is known. */
  criticalFinding: boolean;
  /** Emergency approvals: the actor asked for the model, or withdrew to open it. */
  isPendingRequester: boolean;
  /**
   * Emergency approvals: a request of somebody else for exactly this is
   * submitted and not decided.
   */
  pendingRequestExists: boolean;
  /** Emergency approvals: an earlier one that speaks against another one. */
  earlierEmergency?: {
    id: string;
    reviewed: boolean;
    /** ISO 8601. */
    until: string;
  };
  /**
   * Why the lead who was settled at submit is not the one to ask any more, when
   * that is so: the model has another owner, or the requester left the group.
   */
  leadOutdated?: string;
}

/**
 * Why a command is not carried out. `message` says what to do instead.
 *
 * @public
 */
export interface TransitionRefusal {
  code:
    | 'illegal-transition'
    | 'not-allowed'
    | 'version-not-pinned'
    | 'no-owner'
    | 'model-deprecated'
    | 'model-retired'
    | 'gateway-id-conflict'
    | 'scope-missing'
    | 'on-hold'
    | 'policy-refusal'
    | 'gates-not-satisfied'
    | 'policy-changed'
    | 'subject-changed'
    | 'reason-missing'
    | 'role-missing'
    | 'role-not-asked'
    | 'role-not-held'
    | 'role-complete'
    | 'own-request'
    | 'already-signed'
    | 'owner-conflict'
    | 'not-a-person'
    | 'step-up-required'
    | 'hold-not-clearable'
    | 'newer-approval'
    | 'critical-finding'
    | 'lead-outdated'
    | 'no-pending-request'
    | 'already-approved'
    | 'emergency-repeated';
  message: string;
}

/**
 * @public
 */
export type TransitionResult =
  | { ok: true; to: ApprovalState; signOffsVoid?: boolean }
  | { ok: false; refusal: TransitionRefusal };
