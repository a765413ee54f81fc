import type { Entity } from '@backstage/catalog-model';
import { EVALUATION_PACK_API_VERSION, EVALUATION_PACK_KIND } from './constants';
import type { EvaluationPackEntityV1alpha1 } from './EvaluationPackEntityV1alpha1';

/**
 * Whether an entity is an EvaluationPack.
 *
 * @public
 */
export function isEvaluationPackEntity(
  entity: Entity,
): entity is EvaluationPackEntityV1alpha1 {
  return (
    entity.kind === EVALUATION_PACK_KIND &&
    entity.apiVersion === EVALUATION_PACK_API_VERSION
  );
}
