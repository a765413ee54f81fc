import type { AuthService } from '@backstage/backend-plugin-api';
import type {
  AccessProfile,
  GatewayKey,
} from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  IdempotencyKeys,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { Guard } from '../access';
import type { LedgerStore } from '../ledger';
import type { Organisation } from '../organisation';
import type { Outbox } from '../outbox';
import type { AskAuthorizer } from './AskAuthorizer';
import type { AskStore } from './AskStore';
import type { AskWaiters } from './AskWaiters';

/** What this room asks of the room of keys and profiles. */
export interface AskDirectory {
  key(id: string): Promise<GatewayKey | undefined>;
  profile(id: string): Promise<AccessProfile | undefined>;
  profiles(): Promise<AccessProfile[]>;
}

/** What the services of this room share. */
export interface AskDeps {
  store: AskStore;
  waiters: AskWaiters;
  authorizer: AskAuthorizer;
  directory: AskDirectory;
  auth: AuthService;
  guard: Guard;
  organisation: Organisation;
  transactions: Transactions;
  idempotency: IdempotencyKeys;
  ledger: LedgerStore;
  outbox: Outbox;
  clock: Clock;
  /** Refs that hear of questions in profiles without an owner. */
  managers: string[];
}
