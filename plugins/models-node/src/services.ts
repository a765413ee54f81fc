import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';

/**
 * The governance room, for other backend plugins. Calls carry a token, so that
 * the caller's permissions count: get one with
 * `auth.getPluginRequestToken({ onBehalfOf: credentials, targetPluginId: 'model-governance' })`.
 *
 * @public
 */
export const modelGovernanceServiceRef =
  createServiceRef<ModelGovernanceClient>({
    id: 'model-governance.client',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { discovery: coreServices.discovery },
        factory: ({ discovery }) =>
          new ModelGovernanceClient({ discoveryApi: discovery }),
      }),
  });
