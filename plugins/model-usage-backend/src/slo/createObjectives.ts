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
import { RollupStore, type RollupRetention } from '../rollups';
import type { Job } from '../usage';
import { ControlPlaneLooks } from './ControlPlaneLooks';
import { DefaultObjectives } from './DefaultObjectives';
import { EpisodeStore } from './EpisodeStore';
import { Indicators } from './Indicators';
import { LookStore } from './LookStore';
import { ObjectiveAccess } from './ObjectiveAccess';
import { ObjectiveGauge } from './ObjectiveGauge';
import { ObjectiveNotices } from './ObjectiveNotices';
import { ObjectivePresenter } from './ObjectivePresenter';
import { objectivesConfig } from './objectivesConfig';
import { ObjectiveService } from './ObjectiveService';
import { ObjectivesWatch } from './ObjectivesWatch';
import { ObjectiveStore } from './ObjectiveStore';

/** All that is about objectives, wired to each other. */
export function createObjectives(options: {
  auth: AuthService;
  catalog: CatalogService;
  clock: Clock;
  config: Config;
  events: EventsService;
  governance: Pick<ModelGovernanceClient, 'listGateways'>;
  idempotency: IdempotencyKeys;
  knex: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  onChanged: () => void;
  permissions: PermissionsService;
  retention: RollupRetention;
  userInfo: UserInfoService;
}) {
  const config = objectivesConfig(options.config);
  const { guard, notify } = config;
  const rollups = RollupStore.create(options);
  const store = ObjectiveStore.create(options);
  const episodes = EpisodeStore.create(options);
  const access = ObjectiveAccess.create(options);
  const looks = LookStore.create(options);
  const indicators = Indicators.create({ ...options, rollups, looks });
  const gauge = ObjectiveGauge.create({ indicators });
  const notices = ObjectiveNotices.create({ ...options, access, notify });
  const watch = ObjectivesWatch.create({
    ...options,
    store,
    episodes,
    gauge,
    notices,
    guard,
  });
  const presenter = ObjectivePresenter.create({
    ...options,
    gauge,
    indicators,
    episodes,
    guard,
  });
  const defaults = DefaultObjectives.create({
    ...options,
    store,
    rollups,
    config,
  });
  const controlPlane = ControlPlaneLooks.create({ ...options, looks });
  const jobs: Job[] = [
    {
      id: 'model-usage-objectives',
      frequency: { minutes: 1 },
      timeout: { minutes: 5 },
      run: async () => {
        await controlPlane.look();
        await watch.lookForPages();
      },
    },
    {
      id: 'model-usage-objectives-slow',
      frequency: { minutes: 10 },
      timeout: { minutes: 30 },
      run: async () => {
        await defaults.ensure();
        await watch.lookForTickets();
      },
    },
  ];
  return {
    jobs,
    controlPlane,
    service: ObjectiveService.create({
      ...options,
      store,
      episodes,
      access,
      watch,
      presenter,
    }),
    prune: async () => {
      await looks.prune();
      await notices.prune();
    },
  };
}
