import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  modelGatesExtensionPoint,
  modelUsageServiceRef,
} from '@modelhub/backstage-plugin-models-node';
import { actionsRegistryServiceRef, registerActions } from './actions';
import { GateRegistry } from './gates';
import { createGovernance } from './governance';
import { allowGateways } from './router';

/**
 * Approvals, policies, gates, allowlist and ledger of Model Hub.
 *
 * @public
 */
export const modelGovernancePlugin = createBackendPlugin({
  pluginId: 'model-governance',
  register(env) {
    const gates = GateRegistry.create();
    env.registerExtensionPoint(modelGatesExtensionPoint, gates);

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
        usage: modelUsageServiceRef,
      },
      async init({ http, lifecycle, scheduler, actionsRegistry, ...deps }) {
        const governance = await createGovernance({
          ...deps,
          gates,
          outlets: deps,
        });
        allowGateways(http);
        http.use(governance.router);
        registerActions(actionsRegistry, governance);
        for (const { id, frequency, timeout, run } of governance.jobs) {
          await scheduler.scheduleTask({
            id,
            frequency,
            timeout,
            scope: 'global',
            fn: run,
          });
        }
        lifecycle.addStartupHook(() => governance.start());
        lifecycle.addShutdownHook(() => governance.stop());
      },
    });
  },
});
