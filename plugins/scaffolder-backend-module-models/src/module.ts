import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { modelGovernanceServiceRef } from '@modelhub/backstage-plugin-models-node';
import { createPublishFolderAction } from './actions/createPublishFolderAction';
import { createRequireApprovalAction } from './actions/createRequireApprovalAction';

/**
 * Scaffolder actions that know which models are approved.
 *
 * @public
 */
export const scaffolderModuleModels = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'models',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        governance: modelGovernanceServiceRef,
      },
      async init({ actions, auth, catalog, config, governance }) {
        actions.addActions(
          createRequireApprovalAction({ auth, catalog, governance }),
          createPublishFolderAction({
            publishFolder: config.getOptionalString(
              'scaffolder.models.publishFolder',
            ),
          }),
        );
      },
    });
  },
});
