import type { Grant } from '@modelhub/backstage-plugin-models-common';
import {
  generateSigningKey,
  signSnapshot,
} from '@modelhub/governance-protocol';
import { buildContent } from './buildContent';

const grant = (id: string, more: Partial<Grant> = {}): Grant => ({
  approvalId: id,
  kind: 'standard',
  entityRef: 'model:meta/llama',
  gatewayId: 'meta/llama',
  modelVersion: '1.0',
  tier: 'internal',
  purpose: 'summaries',
  profile: 'checkout',
  approvedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2026-12-01T00:00:00.000Z',
  ...more,
});
const nothing = { grants: [], listings: [], profiles: [], keys: [] };

it('keeps an id with the model that was approved first', () => {
  const thief = grant('b', {
    entityRef: 'model:evil/llama',
    approvedAt: '2026-11-02T00:00:00.000Z',
  });
  const content = buildContent({ ...nothing, grants: [thief, grant('a')] });
  expect(content.grants.map(g => g.id)).toEqual(['a']);
  expect(content.models.map(m => m.entityRef)).toEqual(['model:meta/llama']);
});

it('always makes something that can be signed', () => {
  const content = buildContent({
    listings: [
      {
        entityRef: 'model:meta/llama',
        provider: 'meta',
        lifecycle: 'deprecated',
      },
    ],
    profiles: [
      { id: 'z', title: 'two\nlines', members: [], enforcement: 'warn' },
      {
        id: 'a',
        title: 'A',
        members: ['user:default/ann'],
        enforcement: 'enforce',
      },
    ],
    keys: [],
    grants: [grant('2'), grant('1'), grant('3', { modelVersion: 'a\u0000b' })],
  });
  expect(content.profiles.map(p => [p.id, p.title])).toEqual([
    ['a', 'A'],
    ['z', 'two lines'],
  ]);
  expect(content.grants.map(g => g.id)).toEqual(['1', '2']);
  expect(JSON.stringify(content)).not.toContain('ann');
  const { keyId, privateKey } = generateSigningKey();
  const sign = () =>
    signSnapshot(
      {
        kind: 'full',
        content,
        header: {
          format: 'modelhub.dev/allowlist.v1',
          epoch: 1,
          version: 1,
          issuedAt: '2026-11-01T00:00:00.000Z',
          notAfter: '2026-11-02T00:00:00.000Z',
          keyId,
        },
      },
      privateKey,
    );
  expect(sign).not.toThrow();
});
