import type {
  GateResult,
  Grant,
} from '@modelhub/backstage-plugin-models-common';
import { maturityOf } from './Standings';

const grant = (tier: Grant['tier']): Grant => ({
  approvalId: 'a1',
  kind: 'standard',
  entityRef: 'model:acme/writer',
  gatewayId: 'acme/writer',
  modelVersion: '1.0',
  tier,
  purpose: 'summaries',
  profile: 'apps',
  approvedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2026-12-01T00:00:00.000Z',
});

const results = (statuses: Record<string, GateResult['status']>) =>
  new Map([
    [
      'a1',
      Object.entries(statuses).map(
        ([gateId, status]): GateResult => ({
          gateId,
          title: gateId,
          required: true,
          status,
          attempts: 1,
        }),
      ),
    ],
  ]);

describe('maturityOf', () => {
  it.each<[string, Grant['tier'], Record<string, GateResult['status']>]>([
    [
      'measured and looked into',
      'internal',
      { evaluation: 'pass', 'artifact-security': 'pass' },
    ],
    [
      'measured, and without bytes to look into',
      'regulated',
      { evaluation: 'pass', 'artifact-security': 'not-applicable' },
    ],
  ])('is validated when it was %s', (_, tier, statuses) => {
    expect(maturityOf([grant(tier)], results(statuses))).toBe('validated');
  });

  it.each<[string, Grant['tier'], Record<string, GateResult['status']>]>([
    [
      'only let into the sandbox',
      'sandbox',
      { evaluation: 'pass', 'artifact-security': 'pass' },
    ],
    [
      'not measured, because that does not apply',
      'internal',
      { evaluation: 'not-applicable', 'artifact-security': 'pass' },
    ],
    [
      'let off being looked into',
      'internal',
      { evaluation: 'pass', 'artifact-security': 'waived' },
    ],
    ['never asked', 'internal', {}],
  ])('is experimental when it was %s', (_, tier, statuses) => {
    expect(maturityOf([grant(tier)], results(statuses))).toBe('experimental');
  });

  it('is experimental without an approval', () => {
    expect(maturityOf([], new Map())).toBe('experimental');
  });
});
