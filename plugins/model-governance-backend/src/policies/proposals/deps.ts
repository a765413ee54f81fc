import type {
  Clock,
  IdempotencyKeys,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { Guard } from '../../access/Guard';
import type { LedgerStore } from '../../ledger/LedgerStore';
import type { Outbox } from '../../outbox';
import type { StepUpService } from '../../stepUp/StepUpService';
import type { DatabasePolicyHistory } from '../DatabasePolicyHistory';
import type { DefaultPolicyService } from '../DefaultPolicyService';
import type { PolicySource } from '@modelhub/policies';
import type { SnapshotAges } from '../snapshotAges';
import type { ActivationStore } from './ActivationStore';
import type { PolicyFileSet } from './PolicyFileSet';
import type { ProposalStore } from './ProposalStore';

/** Where policies are changed: in the folder, or in the portal. */
export type Manage = 'files' | 'portal';

/** What is said about files that somebody proposes, policies and tests. */
export interface ProposalChecks {
  check(files: PolicySource[]): {
    /** Undefined where they do not load. */
    loaded?: { version: string; ages: SnapshotAges };
    errors: string[];
    /** Tests that expect something else. */
    failedTests: string[];
  };
}

/** What the parts of this room share. */
export interface ProposalDeps {
  manage: Manage;
  guard: Guard;
  transactions: Transactions;
  clock: Clock;
  idempotency: IdempotencyKeys;
  ledger: Pick<LedgerStore, 'append'>;
  outbox: Outbox;
  stepUp: StepUpService;
  store: ProposalStore;
  activations: ActivationStore;
  files: PolicyFileSet;
  history: Pick<DatabasePolicyHistory, 'activate'>;
  policies: Pick<DefaultPolicyService, 'inForce' | 'reload'>;
  checks: ProposalChecks;
  /** Live approvals are looked at again. */
  onActivated(): void;
}
