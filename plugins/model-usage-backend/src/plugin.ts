import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { modelUsagePermissions } from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceServiceRef,
  modelUsageSourcesExtensionPoint,
  type UsageSource,
} from '@modelhub/backstage-plugin-models-node';
import { actionsRegistryServiceRef, registerActions } from './actions';
import { allowGateways } from './router';
import { createUsage } from './usage';

/**
 * What gateways report of calls, budgets, shared quotas, and what enforcing
 * would refuse.
 *
 * @public
 */
export const modelUsagePlugin = createBackendPlugin({
  pluginId: 'model-usage',
  register(env) {
    const sources: UsageSource[] = [];
    env.registerExtensionPoint(modelUsageSourcesExtensionPoint, {
      addUsageSource: (...added) => void sources.push(...added),
    });
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
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({ actions, http, permissionsRegistry, scheduler, ...deps }) {
        permissionsRegistry.addPermissions(modelUsagePermissions);
        const usage = await createUsage({ ...deps, sources });
        allowGateways(http);
        http.use(usage.router);
        registerActions(actions, usage);
        for (const { id, frequency, timeout, run } of usage.jobs) {
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
