import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  isModelEntity,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';

/** A model that another one was made from, at any distance. */
export interface Ancestor {
  ref: string;
  /** Undefined when the catalog does not have it. */
  entity?: ModelEntityV1alpha1;
}

const MAX_DEPTH = 20;

/** The models that a model was made from, the nearest first. */
export async function ancestorsOf(
  entity: ModelEntityV1alpha1,
  getEntities: (refs: string[]) => Promise<Map<string, object>>,
): Promise<Ancestor[]> {
  const ancestors: Ancestor[] = [];
  const seen = new Set([stringifyEntityRef(entity)]);
  let at: ModelEntityV1alpha1 | undefined = entity;
  while (at?.spec.baseModel && ancestors.length < MAX_DEPTH) {
    const ref: string = stringifyEntityRef(
      parseEntityRef(at.spec.baseModel, {
        defaultKind: 'model',
        defaultNamespace: at.metadata.namespace,
      }),
    );
    if (seen.has(ref)) break;
    seen.add(ref);
    const found = (await getEntities([ref])).get(ref) as Entity | undefined;
    at = found && isModelEntity(found) ? found : undefined;
    ancestors.push({ ref, ...(at && { entity: at }) });
  }
  return ancestors;
}
