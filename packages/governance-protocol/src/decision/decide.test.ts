import fc from 'fast-check';
import { sha256Hex } from '../crypto';
import { TIERS, applyDelta, diffContent, tierCovers } from '../snapshot';
import type { SnapshotContent, SnapshotGrant } from '../snapshot';
import {
  NOW,
  aContent,
  aGrant,
  aKey,
  aModel,
  anyContent,
} from '../__testUtils__/content';
import { AllowlistIndex } from './AllowlistIndex';
import { Placement, allowedModels, decide } from './decide';

const indexOf = (content: Partial<SnapshotContent>) =>
  AllowlistIndex.create(aContent(content));
const grants = (...list: Array<Partial<SnapshotGrant>>) =>
  list.map((fields, number) => aGrant({ id: `grant-${number}`, ...fields }));
const ask = (
  index: AllowlistIndex,
  model = 'acme/tiny',
  scope: Partial<ReturnType<typeof aKey>> = {},
) => decide(index, { model, now: NOW, key: aKey(scope) });
const answer = (...args: Parameters<typeof ask>) => {
  const decision = ask(...args);
  return decision.allowed ? decision.grant.version : decision.code;
};

describe('decide', () => {
  it('says no to everything when nothing is approved', () => {
    expect(ask(indexOf({ grants: [] }))).toEqual({
      allowed: false,
      code: 'not-approved',
      message:
        "Model 'acme/tiny' is not approved for profile 'product-a', purpose 'summarise', tier 'internal'.",
      profile: 'product-a',
      purpose: 'summarise',
      tier: 'internal',
      model: 'acme/tiny',
    });
  });

  it('says yes with the approval and the model', () => {
    expect(ask(indexOf({}))).toEqual({
      allowed: true,
      grant: aGrant(),
      model: aModel(),
    });
  });

  const other = aModel({ gatewayId: 'acme/other' });
  it.each<[string, Partial<SnapshotContent>, string, string]>([
    ['an unknown model', {}, 'acme/none', 'unknown-model'],
    ['another case', {}, 'Acme/Tiny', 'unknown-model'],
    ['white space', {}, 'acme/tiny ', 'unknown-model'],
    ['an empty id', {}, '', 'unknown-model'],
    [
      'a known model without approval',
      { models: [other, aModel()] },
      'acme/other',
      'not-approved',
    ],
    [
      'a grant for a model that the hub does not know',
      { models: [other] },
      'acme/tiny',
      'unknown-model',
    ],
    [
      'a retired model',
      { models: [aModel({ lifecycle: 'retired' })] },
      'acme/tiny',
      'retired',
    ],
    [
      'a deprecated model',
      { models: [aModel({ lifecycle: 'deprecated' })] },
      'acme/tiny',
      '1.0',
    ],
    [
      'an approval for another profile',
      { grants: grants({ profile: 'b' }) },
      'acme/tiny',
      'not-approved',
    ],
    [
      'an approval for another purpose',
      { grants: grants({ purpose: 'b' }) },
      'acme/tiny',
      'not-approved',
    ],
    [
      'an approval at a lower tier',
      { grants: grants({ tier: 'sandbox' }) },
      'acme/tiny',
      'tier-not-covered',
    ],
    [
      'an approval at a higher tier',
      { grants: grants({ tier: 'regulated' }) },
      'acme/tiny',
      '1.0',
    ],
    [
      'an approval that expired',
      { grants: grants({ expiresAt: NOW.toISOString() }) },
      'acme/tiny',
      'expired',
    ],
    [
      'an unreadable expiry',
      { grants: grants({ expiresAt: 'never' }) },
      'acme/tiny',
      'expired',
    ],
    ['a pinned version', {}, 'acme/tiny@1.0', '1.0'],
    ['another pinned version', {}, 'acme/tiny@2.0', 'version-not-approved'],
    ['an empty version', {}, 'acme/tiny@', 'version-not-approved'],
    ['a pin on an unknown model', {}, 'acme/none@1.0', 'unknown-model'],
    [
      'a pin on a model without approval',
      { grants: [] },
      'acme/tiny@1.0',
      'not-approved',
    ],
    ['only a version', {}, '@1.0', 'unknown-model'],
  ])('%s', (_name, content, model, expected) => {
    expect(answer(indexOf(content), model)).toBe(expected);
  });

  it('serves the newest approval that is live and covers the tier', () => {
    const index = indexOf({
      grants: grants(
        { version: '1', approvedAt: '2026-01-01' },
        { version: '2', approvedAt: '2026-03-01' },
        { version: '3', approvedAt: '2026-04-01', expiresAt: '2026-05-01' },
        { version: '4', approvedAt: '2026-05-01', tier: 'sandbox' },
      ),
    });
    expect(answer(index)).toBe('2');
    expect(answer(index, 'acme/tiny', { tier: 'sandbox' })).toBe('4');
    expect(answer(index, 'acme/tiny@1')).toBe('1');
    expect(answer(index, 'acme/tiny@3')).toBe('expired');
    expect(answer(index, 'acme/tiny@4')).toBe('tier-not-covered');
  });

  it('covers the tiers below an approval and no others', () => {
    for (const approved of TIERS) {
      const index = indexOf({ grants: grants({ tier: approved }) });
      for (const tier of TIERS) {
        expect([
          approved,
          tier,
          ask(index, 'acme/tiny', { tier }).allowed,
        ]).toEqual([approved, tier, tierCovers(approved, tier)]);
      }
    }
    const unheard = 'none' as (typeof TIERS)[number];
    expect(ask(indexOf({}), 'acme/tiny', { tier: unheard }).allowed).toBe(
      false,
    );
  });

  it.each(['*', 'acme/*', '*/tiny', '**/*'])(
    'never lets the wildcard %s match, even where it was granted',
    wildcard => {
      const index = indexOf({
        models: [aModel(), aModel({ gatewayId: wildcard })],
        grants: grants({ gatewayId: wildcard }),
      });
      expect(answer(index, 'acme/tiny')).toBe('not-approved');
      expect(answer(index, wildcard)).toBe('unknown-model');
    },
  );

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'is not confused by %s',
    id => {
      expect(answer(indexOf({}), id)).toBe('unknown-model');
      expect(answer(indexOf({}), 'acme/tiny', { profile: id })).toBe(
        'not-approved',
      );
    },
  );

  it('takes an id with an @ of its own as that model', () => {
    const index = indexOf({
      models: [aModel(), aModel({ gatewayId: 'vertex/claude@20250101' })],
      grants: grants({ gatewayId: 'vertex/claude@20250101', version: '7' }),
    });
    expect(answer(index, 'vertex/claude@20250101')).toBe('7');
    expect(answer(index, 'vertex/claude@20250101@7')).toBe('7');
    expect(answer(index, 'vertex/claude')).toBe('unknown-model');
  });

  it('answers for any profile or purpose when none is named', () => {
    const index = indexOf({
      grants: grants(
        { profile: 'b', version: '2' },
        { purpose: 'c', version: '3' },
      ),
    });
    const open = (scope: { profile?: string; purpose?: string }) => {
      const decision = decide(index, {
        model: 'acme/tiny',
        now: NOW,
        tier: 'internal',
        ...scope,
      });
      return decision.allowed ? decision.grant.version : decision.code;
    };
    expect(open({ profile: 'b' })).toBe('2');
    expect(open({ purpose: 'c' })).toBe('3');
    expect(open({})).toBe('3');
    expect(open({ profile: 'b', purpose: 'c' })).toBe('not-approved');
  });

  it('allows nothing that no single grant allows', () => {
    fc.assert(
      fc.property(
        anyContent,
        fc.stringMatching(/^[a-e]{1,2}$/),
        fc.constantFrom('a', 'b'),
        fc.constantFrom('a', 'b'),
        fc.constantFrom(...TIERS),
        (content, model, profile, purpose, tier) => {
          const now = new Date('2026-06-14T12:00:00.000Z');
          const decision = decide(AllowlistIndex.create(content), {
            model,
            profile,
            purpose,
            tier,
            now,
          });
          const fitting = content.grants.filter(
            grant =>
              grant.gatewayId === model &&
              grant.profile === profile &&
              grant.purpose === purpose &&
              tierCovers(grant.tier, tier) &&
              new Date(grant.expiresAt) > now,
          );
          const known = content.models.some(
            it => it.gatewayId === model && it.lifecycle !== 'retired',
          );
          expect(decision.allowed).toBe(known && fitting.length > 0);
          expect([...fitting, undefined]).toContain(
            decision.allowed ? decision.grant : undefined,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('allowedModels', () => {
  it('lists exactly what decide allows', () => {
    fc.assert(
      fc.property(anyContent, fc.constantFrom(...TIERS), (content, tier) => {
        const index = AllowlistIndex.create(content);
        const scope = { now: NOW, profile: 'a', purpose: 'b', tier };
        const one = content.models
          .map(it => it.gatewayId)
          .filter(model => decide(index, { model, ...scope }).allowed);
        const listed = allowedModels(index, scope).map(
          it => it.model.gatewayId,
        );
        expect(listed.sort()).toEqual(one.sort());
      }),
    );
  });
});

describe('what a purpose asks', () => {
  const bounded = (
    purpose: { regions?: string[]; maxRetentionDays?: number },
    word: { regions?: string[]; retentionDays?: number } = {},
  ) =>
    indexOf({
      purposes: [{ id: 'summarise', ...purpose }],
      models: [aModel(word)],
    });
  const verdict = (index: AllowlistIndex, placement?: Placement) => {
    const decision = decide(index, {
      model: 'acme/tiny',
      now: NOW,
      key: aKey(),
      placement,
    });
    return decision.allowed ? 'yes' : decision.code;
  };

  it.each<[string, string, Parameters<typeof bounded>, Placement?]>([
    ['nothing', 'yes', [{}]],
    ['any region', 'yes', [{ regions: [] }, { regions: ['us'] }]],
    ['its region', 'yes', [{ regions: ['eu', 'uk'] }, { regions: ['eu'] }]],
    [
      'another',
      'region-not-allowed',
      [{ regions: ['eu'] }, { regions: ['us'] }],
    ],
    [
      'one of two',
      'region-not-allowed',
      [{ regions: ['eu'] }, { regions: ['eu', 'us'] }],
    ],
    ['no word and no placement', 'yes', [{ regions: ['eu'] }]],
    [
      'a placement without a word',
      'region-not-allowed',
      [{ regions: ['eu'] }],
      {},
    ],
    ['a fitting placement', 'yes', [{ regions: ['eu'] }], { regions: ['eu'] }],
    [
      'a placement against the word of the model',
      'yes',
      [{ regions: ['eu'] }, { regions: ['us'] }],
      { regions: ['eu'] },
    ],
    [
      'short retention',
      'yes',
      [{ maxRetentionDays: 30 }, { retentionDays: 0 }],
    ],
    [
      'long retention',
      'retention-too-long',
      [{ maxRetentionDays: 30 }, { retentionDays: 31 }],
    ],
    [
      'unknown retention where it runs',
      'retention-too-long',
      [{ maxRetentionDays: 30 }],
      {},
    ],
  ])('%s: %s', (_, expected, content, ...rest) => {
    expect(verdict(bounded(...content), ...rest)).toBe(expected);
  });

  it('says nothing of a model that is not approved', () => {
    const index = indexOf({
      purposes: [{ id: 'summarise', regions: ['eu'] }],
      grants: [],
    });
    expect(verdict(index, {})).toBe('not-approved');
  });
});

describe('AllowlistIndex', () => {
  it('finds a key by its secret', () => {
    const key = aKey({ hash: sha256Hex('mh_secret') });
    const index = indexOf({ keys: [key] });
    expect(index.keyOfSecret('mh_secret', NOW)).toEqual(key);
    expect(index.keyOfSecret('mh_Secret', NOW)).toBeUndefined();
    expect(index.keyOfSecret(key.hash, NOW)).toBeUndefined();
  });

  it('knows a secret from before a rotation until its overlap ends', () => {
    const key = aKey({
      hash: sha256Hex('mh_new'),
      previous: {
        hash: sha256Hex('mh_old'),
        until: '2026-06-01T12:00:01.000Z',
      },
    });
    const index = indexOf({ keys: [key] });
    expect(index.keyOfSecret('mh_new', NOW)).toEqual(key);
    expect(index.keyOfSecret('mh_old', NOW)).toEqual(key);
    const later = new Date(NOW.getTime() + 1000);
    expect(index.keyOfSecret('mh_old', later)).toBeUndefined();
    expect(index.keyOfSecret('mh_new', later)).toEqual(key);
  });

  it('is the same whether built anew or from the one before', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (a, b) => {
        const after = applyDelta(a, diffContent(a, b));
        const grown = AllowlistIndex.create(after, AllowlistIndex.create(a));
        const scope = {
          now: NOW,
          profile: 'a',
          purpose: 'a',
          tier: 'sandbox',
        } as const;
        expect(allowedModels(grown, scope)).toEqual(
          allowedModels(AllowlistIndex.create(b), scope),
        );
        expect([...grown.models()]).toEqual(b.models);
      }),
    );
  });
});
