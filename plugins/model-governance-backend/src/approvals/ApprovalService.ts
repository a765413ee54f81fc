import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Approval,
  ApprovalCommandInput,
  ApprovalDetail,
  ApprovalPage,
  ApprovalPreview,
  ApprovalState,
  BreakGlass,
  CreateApproval,
  Delegation,
  Hold,
  PreviewApproval,
  SignOffRole,
  Standing,
  StandingSummary,
  StepUpProof,
  Tier,
  TimelineEntry,
} from '@modelhub/backstage-plugin-models-common';
import type { EvidenceFile } from '../gates';

/** Who asks, and under which idempotency key. */
export interface CommandOptions {
  credentials: BackstageCredentials;
  /** The same key with the same input answers as the first time. */
  idempotencyKey?: string;
}

export interface ListApprovals {
  state?: ApprovalState[];
  tier?: Tier[];
  entityRef?: string;
  /** A user ref, or `me`. */
  requester?: string;
  needsMyDecision?: boolean;
  role?: SignOffRole;
  order?: 'newest' | 'oldest' | 'waiting-longest';
  cursor?: string;
  limit?: number;
}

export interface WaiveGate {
  gateId: string;
  reason: string;
  /** ISO 8601; the policy sets how far ahead at most. */
  until: string;
  stepUp?: StepUpProof;
}

export interface CreateDelegation {
  delegate: string;
  role?: SignOffRole;
  /** ISO 8601, at most 90 days ahead. */
  until: string;
}

/**
 * Requests and approvals. Every method decides with the caller's credentials;
 * HTTP, actions and templates all come through here.
 */
export interface ApprovalService {
  list(
    query: ListApprovals,
    options: { credentials: BackstageCredentials },
  ): Promise<ApprovalPage>;
  preview(
    input: PreviewApproval,
    options: { credentials: BackstageCredentials },
  ): Promise<ApprovalPreview>;
  create(
    input: CreateApproval,
    options: CommandOptions,
  ): Promise<ApprovalDetail>;
  get(
    id: string,
    options: { credentials: BackstageCredentials },
  ): Promise<ApprovalDetail>;
  timeline(
    id: string,
    options: { credentials: BackstageCredentials },
  ): Promise<TimelineEntry[]>;
  command(
    id: string,
    input: ApprovalCommandInput,
    options: CommandOptions,
  ): Promise<ApprovalDetail>;
  /** A document that a gate left. Throws `NotFoundError`. */
  evidenceFile(
    id: string,
    gateId: string,
    name: string,
    options: Pick<CommandOptions, 'credentials'>,
  ): Promise<EvidenceFile>;
  rerunGate(
    id: string,
    gateId: string,
    options: CommandOptions,
  ): Promise<ApprovalDetail>;
  waiveGate(
    id: string,
    input: WaiveGate,
    options: CommandOptions,
  ): Promise<ApprovalDetail>;
  /** Ends a waiver before its time; what rests on it is looked at again at once. */
  endWaiver(
    id: string,
    input: { gateId: string; reason: string },
    options: CommandOptions,
  ): Promise<ApprovalDetail>;
  breakGlass(
    input: BreakGlass,
    options: CommandOptions,
  ): Promise<ApprovalDetail>;
  reviewBreakGlass(
    id: string,
    input: { verdict: 'justified' | 'not-justified'; reason: string },
    options: CommandOptions,
  ): Promise<ApprovalDetail>;
  /**
   * Puts a hold on the model, or on one version: living approvals are suspended
   * and answered, and nothing new is approved until the hold is cleared.
   */
  suspendModel(
    entityRef: string,
    input: { reason: string; modelVersion?: string },
    options: CommandOptions,
  ): Promise<Approval[]>;
  /** Open holds on the model, its versions, and approvals that the caller may read. */
  modelHolds(
    entityRef: string,
    options: { credentials: BackstageCredentials },
  ): Promise<Hold[]>;
  /** Clears a hold on a model or version; answers with the living approvals that it reached. */
  clearModelHold(
    entityRef: string,
    holdId: string,
    input: { reason: string },
    options: CommandOptions,
  ): Promise<Approval[]>;
  standing(
    entityRef: string,
    options: { credentials: BackstageCredentials },
  ): Promise<Standing>;
  standings(
    entityRefs: string[],
    options: { credentials: BackstageCredentials },
  ): Promise<StandingSummary[]>;
  delegations(options: {
    credentials: BackstageCredentials;
  }): Promise<Delegation[]>;
  createDelegation(
    input: CreateDelegation,
    options: CommandOptions,
  ): Promise<Delegation>;
  endDelegation(id: string, options: CommandOptions): Promise<Delegation>;
}
