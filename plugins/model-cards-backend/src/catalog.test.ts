import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import catalogModuleModels from '@modelhub/backstage-plugin-catalog-backend-module-models';
import type { ModelRowPage } from '@modelhub/backstage-plugin-models-common';
import { modelEntity } from './__testUtils__/models';
import modelCardsPlugin from '.';

jest.setTimeout(60_000);

const provider = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'provider',
  register(env) {
    env.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        const { relations: _, ...entity } = modelEntity(
          'alpha',
          { owner: 'ml', tasks: ['summarization'] },
          {
            uid: undefined,
            etag: undefined,
            annotations: {
              'backstage.io/managed-by-location': 'url:http://x/y',
              'backstage.io/managed-by-origin-location': 'url:http://x/y',
            },
          },
        );
        processing.addEntityProvider({
          getProviderName: () => 'test',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: [{ entity, locationKey: 'test' }],
            }),
        });
      },
    });
  },
});

it('indexes what a real catalog ingests', async () => {
  const scheduler = mockServices.scheduler();
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleModels,
      provider,
      modelCardsPlugin,
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      mockServices.rootConfig.factory({
        data: { backend: { baseUrl: 'http://localhost:0' } },
      }),
    ],
  });
  const list = async (): Promise<ModelRowPage> => {
    const response = await fetch(
      `http://localhost:${backend.server.port()}/api/model-cards/models?facets=true`,
    );
    return response.json();
  };

  let page = await list();
  const deadline = Date.now() + 30_000;
  while (page.totalItems === 0 && Date.now() < deadline) {
    await scheduler.triggerTask('model-cards-sweep');
    page = await list();
  }
  expect(page.items).toMatchObject([
    {
      entityRef: 'model:acme/alpha',
      owner: 'group:default/ml',
      tasks: ['summarization'],
    },
  ]);
  expect(page.facets?.owner).toEqual([{ value: 'group:default/ml', count: 1 }]);
  await backend.stop();
});
