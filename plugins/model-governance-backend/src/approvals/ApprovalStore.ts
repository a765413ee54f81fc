import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  ApprovalState,
  Grant,
  SignOffRole,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type { ApprovalFilter } from '../permissions/rules';
import type { ApprovalRecord, SignerClaim, SignOffRecord } from './records';

/** What one person, or the one they stand in for, could sign. */
export interface SignerPersona {
  /** The one who holds the role. */
  ref: string;
  groups: string[];
  /** Lead groups, with the requester they are asked for, that this person leads. */
  leads: Array<{ leadGroup: string; requester: string }>;
  /** A delegation may be limited to a role. */
  role?: SignOffRole;
}

export interface ApprovalQuery {
  state?: ApprovalState[];
  tier?: Tier[];
  entityRefs?: string[];
  requester?: string;
  /** Requests that still wait for this role. */
  role?: SignOffRole;
  /** Requests that one of these personas may sign; `me` is never asked twice and never for their own request. */
  signableBy?: { me: string; personas: SignerPersona[] };
  order?: 'newest' | 'oldest' | 'waiting-longest';
  cursor?: string;
  limit?: number;
  /** What the caller's permissions let through. */
  permission?: PermissionCriteria<ApprovalFilter>;
}

/** Where an approval counts. */
export type ApprovalScope = Pick<
  ApprovalRecord,
  'entityRef' | 'modelVersion' | 'tier' | 'purpose' | 'profile'
>;

export interface ApprovalStore {
  get(id: string, tx?: Knex.Transaction): Promise<ApprovalRecord | undefined>;
  getMany(ids: string[]): Promise<ApprovalRecord[]>;
  /**
   * Everything that writes approvals of a model, or holds on it, takes this lock
   * first, and what it then reads stays so until the transaction ends. One lock
   * before all rows: nobody waits for somebody who waits for them.
   */
  lockModel(tx: Knex.Transaction, entityRef: string): Promise<void>;
  /** Read for writing, with the lock of its model. */
  lock(tx: Knex.Transaction, id: string): Promise<ApprovalRecord | undefined>;
  insert(tx: Knex.Transaction, record: ApprovalRecord): Promise<void>;
  /**
   * Write a record over the revision it carries and give it back with the next
   * one. Throws `ConflictError` when somebody else wrote in between.
   */
  update(tx: Knex.Transaction, record: ApprovalRecord): Promise<ApprovalRecord>;
  /** Bookkeeping that is no new revision: nothing that anybody decides on. */
  note(
    tx: Knex.Transaction,
    record: ApprovalRecord,
    note: { absentSince?: string; ownerRef: string },
  ): Promise<void>;
  list(query: ApprovalQuery): Promise<{
    items: ApprovalRecord[];
    totalItems: number;
    nextCursor?: string;
  }>;
  /** All approvals of these models in these states, oldest first. */
  ofModels(
    entityRefs: string[],
    states: ApprovalState[],
    tx?: Knex.Transaction,
  ): Promise<ApprovalRecord[]>;
  /** A batch of approvals in these states with an id after `after`. */
  batch(
    states: ApprovalState[],
    after: string,
    limit: number,
  ): Promise<ApprovalRecord[]>;
  ofScope(
    scope: ApprovalScope,
    states: ApprovalState[],
    tx?: Knex.Transaction,
  ): Promise<ApprovalRecord[]>;
  /** Emergencies for a model, purpose and profile, the newest first. */
  emergencies(
    scope: Pick<ApprovalScope, 'entityRef' | 'purpose' | 'profile'>,
    tx: Knex.Transaction,
  ): Promise<ApprovalRecord[]>;
  /** Whether a request for the model was ever approved by its signers. */
  everApproved(entityRef: string, exceptId: string): Promise<boolean>;
  /** Other models with a living approval under this gateway id. */
  otherHolders(gatewayId: string, entityRef: string): Promise<string[]>;
  /** Ids of what the clock has to look at: expired approvals, ended waivers and hung checks. */
  due(now: Date): Promise<string[]>;
  /** Approvals of a purpose and profile that count now and that nothing holds, the newest first; no emergencies. */
  serving(
    now: Date,
    scope: Pick<ApprovalScope, 'purpose' | 'profile'>,
  ): Promise<ApprovalRecord[]>;
  liveGrants(
    now: Date,
    options?: { entityRefs?: string[]; tx?: Knex.Transaction },
  ): Promise<Grant[]>;

  signOffs(approvalId: string, tx?: Knex.Transaction): Promise<SignOffRecord[]>;
  addSignOff(tx: Knex.Transaction, signOff: SignOffRecord): Promise<void>;
  voidSignOffs(
    tx: Knex.Transaction,
    ids: string[],
    at: string,
    reason: string,
  ): Promise<void>;
  setSigners(
    tx: Knex.Transaction,
    approvalId: string,
    signers: SignerClaim[],
  ): Promise<void>;
  signers(approvalIds: string[]): Promise<Map<string, SignerClaim[]>>;
  /** Lead groups of requests that wait for a lead, with their requesters. */
  awaitedLeads(): Promise<Array<{ leadGroup: string; requester: string }>>;
}
