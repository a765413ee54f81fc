import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { modelServingPermissions } from '@modelhub/backstage-plugin-models-common';
import {
  deploymentEnginesExtensionPoint,
  modelGovernanceServiceRef,
  type DeploymentEngine,
} from '@modelhub/backstage-plugin-models-node';
import { registerEndpointActions } from './actions';
import { createLocalEngine } from './local';
import {
  actionsRegistryServiceRef,
  addPlaygroundRoutes,
  createPlayground,
  registerPlaygroundActions,
} from './playground';
import { createServing } from './servingRooms';

/**
 * Evaluation endpoints, the playground and the engines that run models.
 *
 * @public
 */
export const modelServingPlugin = createBackendPlugin({
  pluginId: 'model-serving',
  register(env) {
    const engines: DeploymentEngine[] = [];
    env.registerExtensionPoint(deploymentEnginesExtensionPoint, {
      addEngine(engine) {
        if (engines.some(({ id }) => id === engine.id)) {
          throw new Error(
            `There are two engines with id '${engine.id}'. Give one of them another id.`,
          );
        }
        engines.push(engine);
      },
    });
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        governance: modelGovernanceServiceRef,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({
        actions,
        http,
        lifecycle,
        permissionsRegistry,
        scheduler,
        ...deps
      }) {
        permissionsRegistry.addPermissions(modelServingPermissions);
        const local = await createLocalEngine(deps.config, deps.logger);
        if (local) {
          engines.push(local);
          lifecycle.addStartupHook(() => local.start());
          lifecycle.addShutdownHook(() => local.close());
        }
        const rooms = await createServing({ ...deps, engines });
        const playground = await createPlayground({
          ...deps,
          endpoints: rooms.access,
        });
        addPlaygroundRoutes(rooms.router, { ...deps, playground });
        registerEndpointActions(actions, rooms);
        registerPlaygroundActions(actions, playground);
        http.use(rooms.router);
        for (const job of [...rooms.jobs, ...playground.jobs]) {
          const { id, frequency, timeout, run } = job;
          await scheduler.scheduleTask({
            id,
            frequency,
            timeout,
            scope: 'global',
            fn: run,
          });
        }
        lifecycle.addStartupHook(() => rooms.start());
        lifecycle.addShutdownHook(() => rooms.stop());
        lifecycle.addStartupHook(() => playground.runner.start());
        lifecycle.addShutdownHook(() => playground.runner.stop());
      },
    });
  },
});
