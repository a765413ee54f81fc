import type {
  AuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  IdempotencyKeys,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import type { Job } from '../usage';
import { DriftAccess } from './DriftAccess';
import { DriftAlerts } from './DriftAlerts';
import { driftConfig } from './driftConfig';
import { DriftEpisodes } from './DriftEpisodes';
import { DriftService } from './DriftService';
import { DriftStore } from './DriftStore';
import { DriftWatch } from './DriftWatch';
import { DriftWriter } from './DriftWriter';

/** All that is about drift, wired to each other. */
export function createDrift(options: {
  auth: AuthService;
  catalog: CatalogService;
  clock: Clock;
  config: Config;
  events: EventsService;
  governance: Pick<ModelGovernanceClient, 'reportDrift'>;
  idempotency: IdempotencyKeys;
  knex: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  onChanged: () => void;
  permissions: PermissionsService;
  userInfo: UserInfoService;
}) {
  const settings = driftConfig(options.config);
  const store = DriftStore.create(options);
  const episodes = DriftEpisodes.create(options);
  const access = DriftAccess.create(options);
  const writer = DriftWriter.create();
  const watch = DriftWatch.create({
    ...options,
    store,
    episodes,
    settings,
    onChecked: options.onChanged,
  });
  const alerts = DriftAlerts.create({ ...options, access, store, episodes });
  const jobs: Job[] = [
    {
      id: 'model-usage-drift',
      frequency: { minutes: 30 },
      timeout: { minutes: 30 },
      run: stop => watch.run(stop),
    },
    {
      id: 'model-usage-drift-alerts',
      frequency: { minutes: 1 },
      timeout: { minutes: 5 },
      run: () => alerts.deliver(),
    },
  ];
  const service = DriftService.create({
    ...options,
    access,
    store,
    episodes,
    watch,
    writer,
    settings,
  });
  return { jobs, service, writer, prune: () => watch.prune() };
}
