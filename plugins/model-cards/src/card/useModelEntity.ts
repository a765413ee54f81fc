import { useEntity } from '@backstage/plugin-catalog-react';
import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';

/** The model of the entity page that one is on. */
export function useModelEntity(): ModelEntityV1alpha1 {
  return useEntity<ModelEntityV1alpha1>().entity;
}
