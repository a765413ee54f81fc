import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Clock,
  IdempotencyKeys,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { AccessDirectory } from '../access/AccessService';
import type { GateService } from '../gates/GateService';
import type { LedgerStore } from '../ledger/LedgerStore';
import type { Organisation } from '../organisation/Organisation';
import type { Outbox } from '../outbox/Outbox';
import type { ApprovalAuthorizer } from '../permissions';
import type { PolicyService } from '../policies/PolicyService';
import type { StepUpService } from '../stepUp/StepUpService';
import type { ApprovalStore } from './ApprovalStore';
import type { DelegationStore } from './DelegationStore';
import type { HoldStore } from './HoldStore';

/** What the approvals room asks of the other rooms. */
export interface ApprovalDeps {
  store: ApprovalStore;
  delegations: DelegationStore;
  holds: HoldStore;
  organisation: Organisation;
  policies: PolicyService;
  gates: GateService;
  access: AccessDirectory;
  ledger: LedgerStore;
  outbox: Outbox;
  idempotency: IdempotencyKeys;
  transactions: Transactions;
  stepUp: StepUpService;
  catalog: CatalogService;
  auth: AuthService;
  authorizer: ApprovalAuthorizer;
  clock: Clock;
}
