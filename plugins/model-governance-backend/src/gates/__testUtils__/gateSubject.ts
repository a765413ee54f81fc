import type { GateSubject } from '@modelhub/backstage-plugin-models-node';

/** What a gate judges in tests; without anything of the backend around it. */
export const gateSubject = (
  changes: Partial<GateSubject> = {},
): GateSubject => ({
  entity: {
    apiVersion: 'modelhub.dev/v1alpha1',
    kind: 'Model',
    metadata: { name: 'm' },
    spec: {
      type: 'llm',
      lifecycle: 'active',
      owner: 'group:default/ml',
      provider: 'meta',
      gatewayId: 'meta/m',
    },
  },
  entityRef: 'model:default/m',
  version: { name: '1' },
  pin: 'sha256:aa',
  decisionFactsHash: 'sha256:bb',
  tier: 'internal',
  purpose: { id: 'p', title: 'P', dataClasses: [], regions: [] },
  profile: 'team',
  ...changes,
});
