/* A replica of the control plane: the backends of governance and usage as a
 * portal runs them, with a catalog that stands still. It is told its
 * configuration: controlPlane.ts --config FILE */
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogEntities } from './catalog';
import { noteBatches } from './batches';

const backend = createBackend();
backend.add(
  rootHttpRouterServiceFactory({
    configure: ({ app, applyDefaults }) => {
      app.use('/api/model-usage/batches', noteBatches(process.env.BATCHES));
      applyDefaults();
    },
  }),
);
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('../../packages/backend/src/persona'));
backend.add(import('@modelhub/backstage-plugin-model-governance-backend'));
backend.add(import('@modelhub/backstage-plugin-model-usage-backend'));
backend.add(catalogServiceMock.factory({ entities: catalogEntities() }));
backend.start();
