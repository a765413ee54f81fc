import { generateSigningKey, trustKeys, type SigningKey } from './keys';
import {
  followKeySuccessions,
  signKeySuccession,
  type AnnouncedKey,
} from './succession';

const [a, b, c, stranger] = Array.from({ length: 4 }, generateSigningKey);
const use = 'snapshot' as const;
const announce = (key: SigningKey, by?: SigningKey): AnnouncedKey => ({
  publicKey: key.publicKey,
  use,
  succession:
    by && signKeySuccession({ publicKey: key.publicKey, use }, by.privateKey),
});
const trust = (...keys: SigningKey[]) => trustKeys(keys.map(k => k.publicKey));
const follow = (
  announced: AnnouncedKey[],
  held = trust(a),
  pinned?: string[],
) => {
  const result = followKeySuccessions(held, announced, { use, pinned });
  return { ...result, trusted: [...result.trusted.keys()] };
};
const idsOf = (...keys: SigningKey[]) => keys.map(key => key.keyId);

it('trusts a key that a trusted one vouches for, besides that one', () => {
  expect(follow([announce(b, a), announce(a)])).toEqual({
    trusted: idsOf(a, b),
    learned: idsOf(b),
    refused: [],
  });
});

it('follows several rotations at once, in any order of the list, and forgets the oldest', () => {
  const chain = [announce(c, b), announce(b, a), announce(a)];
  for (const list of [chain, [...chain].reverse()]) {
    expect(follow(list)).toEqual({
      trusted: idsOf(b, c),
      learned: idsOf(b, c),
      refused: [],
    });
  }
  expect(follow(chain, trust(b, c))).toEqual({
    trusted: idsOf(b, c),
    learned: [],
    refused: [],
  });
});

it.each<[string, AnnouncedKey[]]>([
  ['nobody vouches for', [announce(stranger)]],
  ['a stranger vouches for', [announce(b, stranger), announce(stranger)]],
  ['vouches for itself', [announce(stranger, stranger)]],
  [
    'bears the voucher of another key',
    [{ ...announce(b, a), publicKey: stranger.publicKey }],
  ],
  [
    'bears a voucher that was made by somebody else',
    [
      {
        ...announce(stranger, stranger),
        succession: {
          predecessor: a.keyId,
          signature: announce(stranger, stranger).succession?.signature ?? '',
        },
      },
    ],
  ],
  ['is for another use', [{ ...announce(b, a), use: 'ledger' }]],
  [
    'bears a voucher for another use',
    [
      {
        publicKey: b.publicKey,
        use,
        succession: signKeySuccession(
          { publicKey: b.publicKey, use: 'ledger' },
          a.privateKey,
        ),
      },
    ],
  ],
  ['is no key', [{ ...announce(b, a), publicKey: 'no key' }]],
])('does not trust a key that %s', (_name, announced) => {
  expect(follow(announced)).toMatchObject({
    trusted: idsOf(a),
    learned: [],
  });
});

it('tells of forged vouchers', () => {
  const forged = { ...announce(b, a), publicKey: stranger.publicKey };
  expect(follow([forged, announce(b, a)])).toEqual({
    trusted: idsOf(a, b),
    learned: idsOf(b),
    refused: idsOf(stranger),
  });
});

it('trusts only pinned ids, and no voucher of others', () => {
  const chain = [announce(c, b), announce(b, a)];
  expect(follow(chain, trust(a), idsOf(a, c))).toEqual({
    trusted: idsOf(a),
    learned: [],
    refused: idsOf(b),
  });
  expect(follow(chain, trust(a), idsOf(a, b))).toEqual({
    trusted: idsOf(a, b),
    learned: idsOf(b),
    refused: idsOf(c),
  });
});
