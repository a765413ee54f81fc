import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import { MODEL_API_VERSION } from '@modelhub/backstage-plugin-models-common';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

/** A model with one version that can be run. */
export function someModel(name: string, spec: JsonObject = {}): Entity {
  return {
    apiVersion: MODEL_API_VERSION,
    kind: 'Model',
    metadata: { namespace: 'acme', name, title: name.toUpperCase() },
    spec: {
      type: 'llm',
      lifecycle: 'active',
      owner: 'group:default/search',
      provider: 'acme',
      gatewayId: `acme/${name}`,
      versions: [
        {
          name: '1.0',
          artifact: {
            uri: `hf://acme/${name}`,
            format: 'safetensors',
            digest: DIGEST,
            sizeBytes: 1e9,
          },
        },
      ],
      ...spec,
    },
  };
}
