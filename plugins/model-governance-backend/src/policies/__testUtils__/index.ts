import { InputError } from '@backstage/errors';
import type {
  GateDescription,
  PolicyInput,
  PolicySource,
} from '@modelhub/policies';

export const testGates: GateDescription[] = [
  { id: 'ownership', title: 'Ownership' },
  {
    id: 'card',
    title: 'Model card',
    paramOrder: {
      minScore: 'higher',
      fields: 'superset',
      allowed: 'subset',
      mode: ['warn', 'fail'],
    },
    validateParams: params => {
      if (
        params.minScore !== undefined &&
        typeof params.minScore !== 'number'
      ) {
        throw new InputError('minScore: must be a number');
      }
    },
  },
];

/** Policies of an organisation, one file per tier, `internal` as told. */
export function organisation(internal: string): PolicySource[] {
  const rest = (tier: string) => `
tier: ${tier}
scope: { organisation: true }
expiresAfterDays: 30
checkDeadlineHours: 72
snapshotMaxAgeSeconds: 900
breakGlass: { allowed: false }
`;
  return [
    ...['sandbox', 'customer-facing', 'regulated'].map(tier => ({
      file: `${tier}.yaml`,
      text: rest(tier),
    })),
    { file: 'internal.yaml', text: internal },
  ];
}

export const internalPolicy = `
tier: internal
scope: { organisation: true }
expiresAfterDays: 365
checkDeadlineHours: 72
snapshotMaxAgeSeconds: 900
breakGlass: { allowed: true, hours: 48 }
gates:
  card:
    required: true
    params: { minScore: 60, fields: [a], allowed: [x, y], mode: warn, note: hi }
    waiver: { by: [lead, legal], atMostDays: 30 }
  ownership:
    required: false
    when: model.license == "apache-2.0"
signOffs:
  lead: { quorum: 1 }
  security: { quorum: 1, groups: [group:default/security, group:default/soc] }
refuse:
  - { code: region, when: model.hosted && model.regions.size() == 0, message: Where does it run? }
`;

export function policyInput(
  changes: Partial<Omit<PolicyInput, 'model'>> & {
    model?: Partial<PolicyInput['model']>;
  } = {},
): PolicyInput {
  return {
    tier: 'internal',
    ...changes,
    model: {
      entityRef: 'model:default/m',
      type: 'llm',
      provider: 'meta',
      owner: 'group:default/ml',
      lifecycle: 'active',
      regions: [],
      hosted: false,
      ...changes.model,
    },
  };
}
