import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';

/** What goes out after commit. Delivery is at least once; handlers are idempotent by `id`. */
export type OutboxMessage =
  | {
      topic: 'notification';
      payload: {
        /** Entity refs of users and groups. */
        recipients: string[];
        title: string;
        description?: string;
        /** Path in the portal. */
        link?: string;
        severity?: 'critical' | 'high' | 'normal' | 'low';
        /** A newer notification with the same scope replaces the older one. */
        scope?: string;
        /** Who caused it and does not need to be told. */
        excludeRef?: string;
      };
    }
  | {
      /** Tells open pages on channel `model-governance` to ask again. The payload stays here. */
      topic: 'signal';
      payload: JsonObject & {
        type: string;
        entityRef?: string;
        approvalId?: string;
      };
    }
  | {
      /** Backstage event on topic `model-governance`. */
      topic: 'event';
      payload: JsonObject & {
        type: string;
        entityRef?: string;
        approvalId?: string;
        seq?: number;
      };
    }
  | {
      /** Wakes this and other replicas' gate runners. */
      topic: 'gates';
      payload: { approvalId: string };
    }
  | {
      /** Wakes the allowlist publisher. */
      topic: 'allowlist';
      payload: { seq: number };
    };

export interface Outbox {
  /** Write messages in the caller's transaction. */
  add(tx: Knex.Transaction, messages: OutboxMessage[]): Promise<void>;
  /** Hint that something was committed; delivery starts now instead of at the next tick. */
  wake(): void;
}
