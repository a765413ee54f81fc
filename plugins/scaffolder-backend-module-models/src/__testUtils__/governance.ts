import {
  type AccessDecision,
  type ModelEntityV1alpha1,
  ModelGovernanceClient,
} from '@modelhub/backstage-plugin-models-common';

export const DIGEST = `sha256:${'a'.repeat(64)}`;

export const ENTITY: ModelEntityV1alpha1 = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { name: 'tiny', namespace: 'acme' },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml',
    provider: 'acme',
    gatewayId: 'acme/tiny',
    hardware: { minGpuMemoryGiB: 16 },
    versions: [
      {
        name: '1.0',
        artifact: { uri: 'hf://acme/tiny', revision: 'abc123', digest: DIGEST },
      },
      { name: '2.0', providerModelId: 'tiny', snapshot: '2026-01-02' },
    ],
  },
};

export const ALLOWED: AccessDecision = {
  allowed: true,
  message: 'Approved until 2027.',
  approvalId: 'approval-1',
  modelVersion: '1.0',
  digest: DIGEST,
  expiresAt: '2027-01-01T00:00:00.000Z',
};

/** A governance backend that gives one answer, and what it was asked. */
export function governanceThatSays(decision: AccessDecision) {
  const asked: Array<{ path: string; token: string | null; body: unknown }> =
    [];
  return {
    asked,
    client: new ModelGovernanceClient({
      discoveryApi: { getBaseUrl: async () => 'http://governance' },
      fetchApi: {
        fetch: async (url, init) => {
          asked.push({
            path: new URL(String(url)).pathname,
            token: new Headers(init?.headers).get('authorization'),
            body: JSON.parse(String(init?.body)),
          });
          return Response.json(decision);
        },
      },
    }),
  };
}
