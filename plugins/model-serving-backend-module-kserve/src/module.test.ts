import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  deploymentEnginesExtensionPoint,
  type DeploymentEngine,
} from '@modelhub/backstage-plugin-models-node';
import { modelServingModuleKServe } from './module';

describe('modelServingModuleKServe', () => {
  it('adds an engine for each cluster and asks none of them', async () => {
    const engines: DeploymentEngine[] = [];
    const cluster = (id: string) => ({
      id,
      auth: { type: 'token', url: 'https://away.invalid', token: 'x' },
    });
    await startTestBackend({
      features: [
        createBackendPlugin({
          pluginId: 'model-serving',
          register(env) {
            env.registerExtensionPoint(deploymentEnginesExtensionPoint, {
              addEngine: engine => engines.push(engine),
            });
            env.registerInit({ deps: {}, async init() {} });
          },
        }),
        modelServingModuleKServe,
        mockServices.rootConfig.factory({
          data: {
            modelServing: {
              kserve: { clusters: [cluster('eu'), cluster('us')] },
            },
          },
        }),
      ],
    });
    expect(engines.map(({ id }) => id)).toEqual(['eu', 'us']);
  });
});
