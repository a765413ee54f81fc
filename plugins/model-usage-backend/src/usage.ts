import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig, type Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import {
  ChangeSignal,
  type Clock,
  IdempotencyKeys,
  openDatabase,
  systemClock,
  type UsageSource,
} from '@modelhub/backstage-plugin-models-node';
import { Visibility } from './access';
import { BudgetAlerts, BudgetService, BudgetStore } from './budgets';
import { migrationsDirectory } from './database';
import { createDrift } from './drift';
import { EnforcementService } from './enforcement';
import { GatewayAuthenticator, GatewayKeys } from './gateways';
import { ImportService, openCostRulesOf } from './imports';
import { IngestService } from './ingest';
import { createInsights } from './insights';
import { LeaseService } from './leases';
import { retentionOf, RollupWriter } from './rollups';
import { createUsageRouter } from './router';
import {
  checkedSources,
  configuredSources,
  SourceDesk,
  SourceService,
} from './sources';
import { createObjectives } from './slo';
import { SpendingService, SpendingStore } from './spending';
import { CalledScopes, OwnCalledModels, TotalsService } from './totals';
import { TraceService } from './traces';

export interface UsageOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  database: DatabaseService;
  events: EventsService;
  governance: ModelGovernanceClient;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  signals: SignalsService;
  userInfo: UserInfoService;
  /** Beside those of the config. */
  sources?: UsageSource[];
  clock?: Clock;
}

/** Regular work that one replica at a time does. */
export interface Job {
  id: string;
  frequency: HumanDuration;
  timeout: HumanDuration;
  /** @param stop - when to stop in between */
  run(stop?: AbortSignal): Promise<void>;
}

/** All rooms of the backend, wired to each other. */
export async function createUsage(options: UsageOptions) {
  const { config, logger, clock = systemClock } = options;
  const knex = await openDatabase(options.database, migrationsDirectory);
  const releaseAfterMs = config.has('modelUsage.leases.releaseAfter')
    ? durationToMilliseconds(
        readDurationFromConfig(config, {
          key: 'modelUsage.leases.releaseAfter',
        }),
      )
    : durationToMilliseconds({ minutes: 20 });
  const visibility = Visibility.create(options);
  const idempotency = IdempotencyKeys.create({ knex, clock });
  const store = BudgetStore.create({ knex, clock });
  const signal = ChangeSignal.create({ ...options, channel: 'model-usage' });
  const alerts = BudgetAlerts.create({
    ...options,
    store,
    clock,
    onRaised: () => signal.changed(),
  });
  const authenticator = GatewayAuthenticator.create({
    keys: GatewayKeys.create({ ...options, clock }),
    knex,
    clock,
  });
  /** The gateway does not wait for people to be told; a job does what fails here. */
  const later = (work: Promise<void>) => {
    work.catch(error => logger.warn(`Budget alerts are late: ${error}`));
  };
  const retention = retentionOf(config);
  const rollups = RollupWriter.create({ knex, clock, retention });
  const objectives = createObjectives({
    ...options,
    knex,
    clock,
    retention,
    idempotency,
    onChanged: () => signal.changed(),
  });
  const drift = createDrift({
    ...options,
    knex,
    clock,
    idempotency,
    onChanged: () => signal.changed(),
  });
  const ingest = IngestService.create({
    knex,
    clock,
    logger,
    rollups,
    writers: [drift.writer],
    retentionDays:
      config.getOptionalNumber('modelUsage.records.retentionDays') ?? 90,
    onCounted: () => signal.changed(),
    onTaken: records => {
      later(alerts.look(records));
      objectives.controlPlane.took(records);
    },
  });
  const leases = LeaseService.create({
    knex,
    clock,
    budgets: store,
    releaseAfterMs,
    onUsedUp: (budgetId, month) => later(alerts.usedUp(budgetId, month)),
  });
  const traces = TraceService.create({ knex, clock });
  const sources = SourceService.create({ knex, clock, logger, rollups });
  const askedSources = checkedSources([
    ...configuredSources(config),
    ...(options.sources ?? []),
  ]);
  const sourceJobs = askedSources.map(
    (source): Job => ({
      id: `model-usage-source-${source.id}`,
      frequency: source.frequency ?? { minutes: 1 },
      timeout: { minutes: 30 },
      run: stop => sources.ask(source, stop),
    }),
  );
  const jobs: Job[] = [
    ...sourceJobs,
    {
      id: 'model-usage-alerts',
      frequency: { seconds: 30 },
      timeout: { minutes: 2 },
      run: () => alerts.catchUp(),
    },
    ...objectives.jobs,
    ...drift.jobs,
    {
      id: 'model-usage-pending',
      frequency: { seconds: 30 },
      timeout: { minutes: 30 },
      run: () => ingest.recover(),
    },
    {
      id: 'model-usage-prune',
      frequency: { hours: 1 },
      timeout: { minutes: 30 },
      run: async () => {
        await ingest.prune();
        await rollups.prune(knex);
        await sources.prune();
        await leases.prune();
        await traces.prune();
        await authenticator.prune();
        await idempotency.prune();
        await objectives.prune();
        await drift.prune();
      },
    },
  ];
  const budgets = BudgetService.create({
    store,
    visibility,
    idempotency,
    clock,
    releaseAfterMs,
    onChanged: () => signal.changed(),
  });
  const insights = createInsights({
    ...options,
    knex,
    clock,
    visibility,
    retention,
    budgets,
    budgetStore: store,
  });
  const router = createUsageRouter({
    ...options,
    insights,
    authenticator,
    ingest,
    leases,
    traces,
    budgets,
    objectives: objectives.service,
    drift: drift.service,
    spending: SpendingService.create({
      store: SpendingStore.create({ knex }),
      budgets,
      budgetStore: store,
      visibility,
      clock,
    }),
    imports: ImportService.create({
      knex,
      clock,
      rollups,
      visibility,
      rules: openCostRulesOf(config),
    }),
    sourceDesk: SourceDesk.create({
      service: sources,
      sources: askedSources,
      visibility,
    }),
    totals: TotalsService.create({ knex, clock, visibility }),
    calledScopes: CalledScopes.create({ knex, clock, visibility }),
    ownCalledModels: OwnCalledModels.create({ knex, clock, visibility }),
    enforcement: EnforcementService.create({ knex, clock, visibility }),
  });
  return { router, jobs, alerts, insights };
}
