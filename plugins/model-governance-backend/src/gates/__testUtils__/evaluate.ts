import type { JsonObject } from '@backstage/types';
import type {
  ModelEntityV1alpha1,
  ModelSpecV1alpha1,
  PurposeUse,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { gateContext } from './gateContext';

/** A model of Acme's. */
export const model = (
  spec: Partial<ModelSpecV1alpha1> = {},
  name = 'tuned',
): ModelEntityV1alpha1 => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { name, namespace: 'acme' },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml',
    provider: 'acme',
    gatewayId: `acme/${name}`,
    ...spec,
  },
});

/** What a gate says of a model at the tier `internal`. */
export const evaluate = (
  gate: ModelGate,
  entity: ModelEntityV1alpha1,
  params: JsonObject = {},
  catalog: Record<string, object> = {},
  uses?: PurposeUse[],
) =>
  gate.evaluate(
    {
      entity,
      entityRef: 'model:acme/tuned',
      version: { name: '1' },
      pin: 'sha256:aa',
      decisionFactsHash: 'sha256:bb',
      tier: 'internal',
      purpose: {
        id: 'p',
        title: 'P',
        dataClasses: [],
        regions: [],
        ...(uses && { uses }),
      },
      profile: 'team',
    },
    params,
    gateContext({ catalog }),
  );
