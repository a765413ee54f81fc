import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  modelReviewModeratePermission,
  modelReviewReadPermission,
  modelReviewsPermissions,
  modelReviewUpdatePermission,
} from '@modelhub/backstage-plugin-models-common';
import { modelUsageServiceRef } from '@modelhub/backstage-plugin-models-node';
import { actionsRegistryServiceRef, registerActions } from './actions';
import { modelReviewResourceRef, modelReviewRules } from './permissions';
import { createReviews } from './reviewsRooms';

/**
 * What people say about models: reviews, tips, questions and answers, ratings
 * and moderation.
 *
 * @public
 */
export const modelReviewsPlugin = createBackendPlugin({
  pluginId: 'model-reviews',
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
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        usage: modelUsageServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({ actions, http, permissionsRegistry, scheduler, ...deps }) {
        const ruleset = permissionsRegistry.getPermissionRuleset(
          modelReviewResourceRef,
        );
        const rooms = await createReviews({ ...deps, ruleset });
        permissionsRegistry.addResourceType({
          resourceRef: modelReviewResourceRef,
          permissions: [
            modelReviewReadPermission,
            modelReviewUpdatePermission,
            modelReviewModeratePermission,
          ],
          rules: Object.values(modelReviewRules),
          getResources: rooms.resources,
        });
        permissionsRegistry.addPermissions(
          modelReviewsPermissions.filter(({ type }) => type === 'basic'),
        );
        http.use(rooms.router);
        registerActions(actions, rooms);
        for (const { id, frequency, timeout, run } of rooms.jobs) {
          await scheduler.scheduleTask({
            id,
            frequency,
            timeout,
            scope: 'global',
            fn: run,
          });
        }
      },
    });
  },
});
