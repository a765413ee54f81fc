import type {
  Approval,
  Grant,
  ModelEntityV1alpha1,
  ModelRow,
  Standing,
} from '@modelhub/backstage-plugin-models-common';

/** A row of the read side. */
export function modelRow(
  name: string,
  given: Partial<ModelRow> = {},
): ModelRow {
  return {
    entityRef: `model:acme/${name}`,
    namespace: 'acme',
    name,
    title: name,
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml-platform',
    provider: 'acme',
    gatewayId: `acme/${name}`,
    tags: [],
    tasks: [],
    domains: [],
    languages: [],
    frameworks: [],
    quantizations: [],
    versions: ['1.0'],
    completeness: 80,
    tiers: [],
    official: false,
    grants: [],
    openRequests: 0,
    holds: 0,
    updatedAt: '2026-11-01T00:00:00Z',
    ...given,
  };
}

/** A model in the catalog. */
export function modelEntity(
  spec: Partial<ModelEntityV1alpha1['spec']> = {},
): ModelEntityV1alpha1 {
  return {
    apiVersion: 'modelhub.dev/v1alpha1',
    kind: 'Model',
    metadata: { namespace: 'acme', name: 'writer', title: 'Writer' },
    spec: {
      type: 'llm',
      lifecycle: 'active',
      owner: 'group:default/ml-platform',
      provider: 'acme',
      gatewayId: 'acme/writer',
      ...spec,
    },
  };
}

const scope = {
  entityRef: 'model:acme/writer',
  gatewayId: 'acme/writer',
  kind: 'standard',
  modelVersion: '1.0',
  purpose: 'summaries',
  profile: 'apps',
  tier: 'internal',
} as const;

export function grant(given: Partial<Grant> = {}): Grant {
  return {
    ...scope,
    approvalId: 'approval-1',
    approvedAt: '2026-10-01T00:00:00Z',
    expiresAt: '2027-04-01T00:00:00Z',
    ...given,
  };
}

export function approval(given: Partial<Approval> = {}): Approval {
  return {
    ...scope,
    id: 'approval-2',
    state: 'in-review',
    revision: 3,
    provider: 'acme',
    requester: 'user:default/dana',
    createdAt: '2026-11-01T00:00:00Z',
    updatedAt: '2026-11-01T00:00:00Z',
    waitingFor: ['security'],
    ...given,
  };
}

export function standing(given: Partial<Standing> = {}): Standing {
  return {
    entityRef: 'model:acme/writer',
    maturity: 'experimental',
    official: false,
    grants: [],
    openRequests: [],
    heldApprovals: [],
    problems: [],
    nextStep: { kind: 'request', message: 'Ask for access.' },
    ...given,
  };
}
