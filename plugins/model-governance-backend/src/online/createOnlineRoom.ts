import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { AllowlistIndex } from '@modelhub/governance-protocol';
import type { AccessDirectory, Guard } from '../access';
import type { Job } from '../database';
import type { ResultStore } from '../evaluations/results/ResultStore';
import type { Foundation } from '../foundation';
import { GatewayStore, type GatewayRecord } from '../gateways';
import type { Organisation } from '../organisation';
import { ArmModels } from './ArmModels';
import type { OnlineDeps } from './deps';
import { Fleet } from './Fleet';
import { OnlineIngest } from './OnlineIngest';
import { OnlineRights } from './OnlineRights';
import { OnlineService } from './OnlineService';
import { OnlineStore } from './OnlineStore';
import { OnlineWatch } from './OnlineWatch';
import type { OnlineRecord } from './records';
import { readOnlineConfig } from './readOnlineConfig';
import { SampleStore } from './SampleStore';

export interface OnlineRoom {
  online: OnlineService;
  onlineIngest: OnlineIngest;
  onlineWatch: OnlineWatch;
  /** A gateway asks for the allowlist, and says what it knows. */
  gatewayComes(gateway: GatewayRecord, features: string): Promise<void>;
  /** Experiments that run. */
  running(): Promise<OnlineRecord[]>;
  jobs: Job[];
}

/** Experiments with live calls: plans, consent, scores and results. */
export function createOnlineRoom(options: {
  foundation: Foundation;
  config: Config;
  logger: LoggerService;
  auth: AuthService;
  guard: Guard;
  organisation: Organisation;
  directory: AccessDirectory;
  allowlist: { index(): Promise<AllowlistIndex> };
  results: Pick<ResultStore, 'file'>;
}): OnlineRoom {
  const { foundation, logger } = options;
  const { knex } = foundation.transactions;
  const gateways = GatewayStore.create({ knex });
  const deps: OnlineDeps = {
    ...foundation,
    logger,
    store: OnlineStore.create({ knex }),
    samples: SampleStore.create({ knex }),
    rights: OnlineRights.create(options),
    directory: options.directory,
    models: ArmModels.create({ ...options, clock: foundation.clock }),
    fleet: Fleet.create({ gateways, clock: foundation.clock }),
    allowedTiers: readOnlineConfig(options.config),
  };
  const watch = OnlineWatch.create(deps, options.results);
  return {
    online: OnlineService.create(deps),
    onlineWatch: watch,
    running: () => deps.store.inState('running'),
    onlineIngest: OnlineIngest.create({
      ...deps,
      onTaken: ids => {
        watch
          .look(ids)
          .catch(error =>
            logger.error('Experiments were not looked at', error as Error),
          );
      },
    }),
    async gatewayComes(gateway, features) {
      if (gateway.features !== features) {
        await gateways.knows(gateway.id, features);
      }
      if (!Fleet.isReady(features)) await watch.endAll(gateway);
    },
    jobs: [
      {
        id: 'model-governance-online',
        frequency: { seconds: 15 },
        timeout: { minutes: 2 },
        run: () => watch.run(),
      },
    ],
  };
}
