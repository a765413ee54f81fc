import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { readDurationFromConfig } from '@backstage/config';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { modelCardsRefreshPermission } from '@modelhub/backstage-plugin-models-common';
import {
  ChangeSignal,
  modelGovernanceServiceRef,
  modelReviewsServiceRef,
  openDatabase,
} from '@modelhub/backstage-plugin-models-node';
import { registerActions } from './actions/registerActions';
import { DatabaseModelReader } from './database/DatabaseModelReader';
import { DatabaseModelWriter } from './database/DatabaseModelWriter';
import { migrationsDir } from './database/tables';
import { createRouter } from './router/createRouter';
import { CardReader } from './service/CardReader';
import { CatalogVisibility } from './service/CatalogVisibility';
import { DefaultModelCardsService } from './service/DefaultModelCardsService';
import { GovernanceFeed } from './sweep/GovernanceFeed';
import { ModelSweep } from './sweep/ModelSweep';
import { RatingFeed } from './sweep/RatingFeed';
import { SweepSchedule } from './sweep/SweepSchedule';

/** Channel of signals that the index changed. */
const CHANNEL = 'model-cards';

/** Events that wake the sweep; what they say is not looked at. */
const WAKING_TOPICS = ['model-governance', 'model-reviews', 'models'];

/**
 * The read side of Model Hub: one indexed row per model.
 *
 * @public
 */
export const modelCardsPlugin = createBackendPlugin({
  pluginId: 'model-cards',
  register(env) {
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        governance: modelGovernanceServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        reviews: modelReviewsServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { auth, catalog, config, events, logger, permissions } = deps;
        const knex = await openDatabase(deps.database, migrationsDir);
        const reader = await DatabaseModelReader.create(knex);
        const writer = await DatabaseModelWriter.create(knex);

        const sweep = ModelSweep.create({
          catalog,
          auth,
          logger,
          writer,
          standings: GovernanceFeed.create({
            client: deps.governance,
            auth,
            logger,
          }),
          ratings: RatingFeed.create({ client: deps.reviews, auth, logger }),
        });
        const signal = ChangeSignal.create({ ...deps, channel: CHANNEL });
        const schedule = await SweepSchedule.create({
          scheduler: deps.scheduler,
          logger,
          sweep,
          frequency: config.has('modelCards.sweep.frequency')
            ? readDurationFromConfig(config, {
                key: 'modelCards.sweep.frequency',
              })
            : { seconds: 30 },
          onChange: () => signal.changed(),
        });
        await events.subscribe({
          id: 'model-cards',
          topics: WAKING_TOPICS,
          onEvent: () => schedule.nudge(),
        });

        const models = DefaultModelCardsService.create({
          reader,
          visibility: CatalogVisibility.create({
            permissions,
            catalog,
            reader,
          }),
        });
        deps.permissionsRegistry.addPermissions([modelCardsRefreshPermission]);
        registerActions(deps.actions, models);
        deps.httpRouter.use(
          await createRouter({
            models,
            cards: CardReader.create({
              catalog,
              config,
              urlReader: deps.urlReader,
            }),
            reader,
            schedule,
            httpAuth: deps.httpAuth,
            permissions,
            auditor: deps.auditor,
          }),
        );
      },
    });
  },
});
