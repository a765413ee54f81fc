/* A replica of the control plane: the backends of governance and usage as a
 * portal runs them, with a catalog that stands still. It is told its
 * configuration: controlPlane.ts --config FILE */
import { createBackend } from '@backstage/backend-defaults';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogEntities } from './catalog';

const backend = createBackend();
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('../../packages/backend/src/persona'));
backend.add(import('@modelhub/backstage-plugin-model-governance-backend'));
backend.add(import('@modelhub/backstage-plugin-model-usage-backend'));
backend.add(catalogServiceMock.factory({ entities: catalogEntities() }));
backend.start();
