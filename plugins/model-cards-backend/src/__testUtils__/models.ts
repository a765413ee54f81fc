import type {
  ModelEntityV1alpha1,
  ModelSpecV1alpha1,
} from '@modelhub/backstage-plugin-models-common';

/** A Model as the catalog gives it out, owned by `group:default/ml`. */
export function modelEntity(
  name: string,
  spec: Partial<ModelSpecV1alpha1> = {},
  metadata: Partial<ModelEntityV1alpha1['metadata']> = {},
): ModelEntityV1alpha1 {
  const owner = spec.owner ?? 'group:default/ml';
  return {
    apiVersion: 'modelhub.dev/v1alpha1',
    kind: 'Model',
    metadata: {
      name,
      namespace: 'acme',
      uid: `uid-${name}`,
      etag: `etag-${name}-1`,
      ...metadata,
    },
    spec: {
      type: 'llm',
      lifecycle: 'active',
      provider: 'acme',
      gatewayId: `acme/${name}`,
      ...spec,
      owner,
    },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}
