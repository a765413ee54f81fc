import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Tier } from '@modelhub/governance-protocol';
import type { AccessDirectory } from '../access';
import type { Foundation } from '../foundation';
import type { ArmModels } from './ArmModels';
import type { Fleet } from './Fleet';
import type { OnlineRights } from './OnlineRights';
import type { OnlineStore } from './OnlineStore';
import type { SampleStore } from './SampleStore';

/** What the services of this room share. */
export interface OnlineDeps
  extends Pick<
    Foundation,
    'clock' | 'transactions' | 'ledger' | 'outbox' | 'idempotency'
  > {
  logger: LoggerService;
  store: OnlineStore;
  samples: SampleStore;
  rights: OnlineRights;
  directory: AccessDirectory;
  models: ArmModels;
  fleet: Fleet;
  /** Of whose calls experiments may be made. */
  allowedTiers: Tier[];
}
