import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deploymentEnginesExtensionPoint } from '@modelhub/backstage-plugin-models-node';
import { readClusters } from './config/readClusters';
import { KServeEngine } from './engine/KServeEngine';
import { ClientNodeKubernetesApi } from './kubernetes/ClientNodeKubernetesApi';
import { kubeConfig } from './kubernetes/kubeConfig';

/**
 * Gives the serving room an engine for each cluster of
 * `modelServing.kserve.clusters`. No cluster is asked anything at start-up: one
 * that is away is a state that the room shows.
 *
 * @public
 */
export const modelServingModuleKServe = createBackendModule({
  pluginId: 'model-serving',
  moduleId: 'kserve',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        engines: deploymentEnginesExtensionPoint,
      },
      async init({ config, logger, engines }) {
        for (const cluster of readClusters(config)) {
          const api = ClientNodeKubernetesApi.create({
            title: cluster.title,
            load: () => import('@kubernetes/client-node'),
            configure: client => kubeConfig(client, cluster.id, cluster.auth),
          });
          engines.addEngine(KServeEngine.create({ cluster, api, logger }));
        }
      },
    });
  },
});
