import type {
  LedgerCheckpoint,
  LedgerEvent,
} from '@modelhub/governance-protocol';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';

/** Who did it. Refs become pseudonyms on the way into the chain. */
export type LedgerActor =
  | { kind: 'person'; ref: string }
  | { kind: 'service'; name: string }
  | { kind: 'system' };

export interface LedgerDraft {
  actor: LedgerActor;
  /** `approval:<id>`, `model:ns/name`, `key:<id>`, `passkey:<id>`, `gateway:<id>` … */
  subject: string;
  /** For example `approval.submitted`. */
  type: string;
  /** Without personal data; people that it has to name go into `people`. */
  payload: JsonObject;
  /** Refs of other people, by payload field; stored as pseudonyms in `payload`. */
  people?: Record<string, string>;
  /** Free text; the chain holds its hash, the erasable side table the text. */
  text?: string;
  /** Model that the event belongs to, for histories and the changes feed. */
  entityRef?: string;
  /** Approval that the event belongs to. */
  approvalId?: string;
  /** Whether it may change a model's standing: such events wake the changes feed and the allowlist. */
  affectsStanding?: boolean;
}

export interface LedgerQuery {
  entityRef?: string;
  approvalId?: string;
  subject?: string;
  type?: string;
  order?: 'newest' | 'oldest';
  cursor?: string;
  limit?: number;
}

/** An event with what the side tables know about it. */
export interface ReadableLedgerEvent extends LedgerEvent {
  entityRef?: string;
  approvalId?: string;
  /** Entity ref of the actor where it is a person who was not erased. */
  actorRef?: string;
  /** Entity refs for pseudonyms in the payload, where not erased. */
  people: Record<string, string>;
  text?: string;
}

export interface LedgerVerification {
  ok: boolean;
  events: number;
  head?: string;
  checkpoints: number;
  firstBad?: { seq: number; reason: string };
}

export interface LedgerStore {
  /**
   * Append events in the caller's transaction. Takes the lock on the head row,
   * so commit order is sequence order on every replica.
   */
  append(tx: Knex.Transaction, drafts: LedgerDraft[]): Promise<LedgerEvent[]>;
  /** Sequence number of the newest committed event; 0 when there is none. */
  headSeq(tx?: Knex.Transaction): Promise<number>;
  query(query: LedgerQuery): Promise<{
    items: ReadableLedgerEvent[];
    nextCursor?: string;
    totalItems: number;
  }>;
  /** Events with `affectsStanding`, after a sequence number, oldest first. */
  changesAfter(
    seq: number,
    limit: number,
  ): Promise<
    Array<{ seq: number; entityRef: string; type: string; at: string }>
  >;
  /** The raw chain, oldest first, in batches. */
  stream(options?: { entityRef?: string }): AsyncIterable<LedgerEvent>;
  checkpoints(): Promise<LedgerCheckpoint[]>;
  /** Sign the present head; does nothing when the newest checkpoint already covers it. */
  checkpoint(): Promise<LedgerCheckpoint | undefined>;
  verify(): Promise<LedgerVerification>;
  /** Forget a person's name; the chain keeps the pseudonym. */
  erasePerson(ref: string): Promise<void>;
  /** Forget the free text of an event; the chain keeps its hash. */
  eraseText(seq: number): Promise<void>;
}
