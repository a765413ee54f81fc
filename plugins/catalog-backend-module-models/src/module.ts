import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { ModelKindProcessor } from './processor/ModelKindProcessor';
import { ModelReferencesProcessor } from './processor/ModelReferencesProcessor';
import {
  catalogModelExtensionPoint,
  registerModelLayer,
} from './registerModelLayer';

/**
 * Teaches the catalog the kinds Model and EvaluationPack.
 *
 * @public
 */
export const catalogModuleModels = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'models',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        model: catalogModelExtensionPoint,
        processing: catalogProcessingExtensionPoint,
      },
      async init({ config, model, processing }) {
        const key = 'catalog.models.registration';
        const registration = config.getOptionalString(key) ?? 'layer';
        if (registration === 'layer') {
          registerModelLayer(model);
        } else if (registration === 'processor') {
          processing.addProcessor(new ModelKindProcessor());
        } else {
          throw new InputError(
            `Config ${key} is "${registration}"; set it to "layer" or "processor"`,
          );
        }
        processing.addProcessor(new ModelReferencesProcessor());
      },
    });
  },
});
