import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { HumanDuration } from '@backstage/types';
import {
  ChangeSignal,
  IdempotencyKeys,
  NoticeOutbox,
  openDatabase,
  SecretBox,
  systemClock,
  Transactions,
  type DeploymentEngine,
} from '@modelhub/backstage-plugin-models-node';
import { Admission } from './admission';
import { HubClock, machineClocks, type MachineClocks } from './clock';
import { readServingConfig } from './config';
import { migrationsDirectory } from './database';
import {
  Choices,
  EndpointChanges,
  EndpointService,
  EndpointStore,
  KeptEndpoints,
  Previews,
  Starter,
} from './endpoints';
import { EngineDesk, EngineList } from './engines';
import { Governance, type GovernanceClient } from './governance';
import { Models } from './models';
import { SERVING_TOPIC } from './news';
import { Callers, Memberships } from './people';
import {
  EngineViews,
  Looks,
  Orphans,
  Reconciler,
  WorkStore,
} from './reconcile';
import { createServingRouter } from './router';

export interface ServingOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  database: DatabaseService;
  engines: DeploymentEngine[];
  governance: GovernanceClient;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  signals: SignalsService;
  userInfo: UserInfoService;
  /** Those of this machine by default. */
  clocks?: MachineClocks;
}

/** Regular work that one replica at a time does. */
export interface Job {
  id: string;
  frequency: HumanDuration;
  timeout: HumanDuration;
  run(): Promise<void>;
}

/** All rooms of the backend, wired to each other. */
export async function createServing(options: ServingOptions) {
  const { logger } = options;
  const config = readServingConfig(options.config);
  const knex = await openDatabase(options.database, migrationsDirectory);
  const transactions = Transactions.create({ knex });
  const clocks = options.clocks ?? (await machineClocks());
  const clock = await HubClock.create({ knex, clocks });
  const uptimeMs = () => clocks.uptimeMs();
  const engines = EngineDesk.create({ ...options, uptimeMs });
  const governance = Governance.create({
    auth: options.auth,
    client: options.governance,
    uptimeMs,
  });
  const memberships = Memberships.create({ ...options, uptimeMs });
  const callers = Callers.create(options);
  const idempotency = IdempotencyKeys.create({ knex, clock: systemClock });
  const outbox = NoticeOutbox.create({
    ...options,
    knex,
    clock: systemClock,
    topic: SERVING_TOPIC,
  });
  const signal = ChangeSignal.create({ ...options, channel: SERVING_TOPIC });
  const box =
    config.storageKey === undefined
      ? undefined
      : SecretBox.create(config.storageKey, 'endpoint-keys');

  const store = EndpointStore.create({ knex });
  const admission = Admission.create({ transactions, clock, engines, config });
  const changes = EndpointChanges.create({ store, clock, outbox, config });
  const views = EngineViews.create({ engines, uptimeMs });
  const shared = {
    admission,
    box,
    callers,
    changes,
    clock,
    config,
    engines,
    governance,
    idempotency,
    logger,
    memberships,
    outbox,
    signal,
    store,
    transactions,
    uptimeMs,
    views,
  };
  const reconciler = Reconciler.create({
    ...shared,
    auditor: options.auditor,
    looks: Looks.create(shared),
    orphans: Orphans.create(shared),
    work: WorkStore.create({ knex, clock }),
  });
  const choices = Choices.create({
    ...shared,
    models: Models.create(options),
  });
  const endpoints = EndpointService.create({
    ...shared,
    previews: Previews.create({ ...shared, choices }),
    starter: Starter.create({ ...shared, choices }),
    wake: () => reconciler.wake(),
  });
  const router = createServingRouter({
    ...options,
    endpoints,
    engineList: EngineList.create(shared),
  });
  const jobs: Job[] = [
    {
      id: 'model-serving-notices',
      frequency: { seconds: 30 },
      timeout: { minutes: 2 },
      run: () => outbox.deliver(),
    },
    {
      id: 'model-serving-prune',
      frequency: { hours: 1 },
      timeout: { minutes: 10 },
      run: async () => {
        await store.prune(clock.now() - config.keepMs);
        await outbox.prune();
        await idempotency.prune();
      },
    },
  ];
  return {
    router,
    jobs,
    endpoints,
    /** For the playground. */
    access: KeptEndpoints.create(shared),
    reconciler,
    start: () => reconciler.start(),
    stop: () => reconciler.stop(),
  };
}
