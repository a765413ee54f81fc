import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { join, resolve } from 'node:path';
import { KpiPacks } from './KpiPacks';
import { KpiPackStore } from './KpiPackStore';

/** The packs of the configured folder, or of `packs` in that of the policies. */
export function openKpiPacks(options: {
  config: Config;
  policyFolder: string;
  transactions: Transactions;
  clock: Clock;
  logger: LoggerService;
}): Promise<KpiPacks> {
  const { config, policyFolder, logger } = options;
  const configured = config.getOptionalString('modelGovernance.kpiPacks.path');
  return KpiPacks.create({
    path: configured ? resolve(configured) : join(policyFolder, 'packs'),
    logger,
    history: KpiPackStore.create(options),
  });
}
