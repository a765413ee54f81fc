import type { Entity } from '@backstage/catalog-model';
import { MODEL_API_VERSION, MODEL_KIND } from './constants';
import type { ModelEntityV1alpha1 } from './ModelEntityV1alpha1';

/**
 * Whether an entity is a Model.
 *
 * @public
 */
export function isModelEntity(entity: Entity): entity is ModelEntityV1alpha1 {
  return entity.kind === MODEL_KIND && entity.apiVersion === MODEL_API_VERSION;
}
