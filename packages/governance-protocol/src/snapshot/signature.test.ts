import { generateSigningKey, trustKeys } from '../crypto';
import {
  NOW,
  aContent,
  aGrant,
  aHeader,
  aKey,
  aModel,
  anyContent,
} from '../__testUtils__/content';
import fc from 'fast-check';
import { signSnapshot, verifySnapshot } from './signature';
import { signText } from '../crypto/keys';
import { canonicalJson } from '../crypto/canonicalJson';
import type { SnapshotHeader, SnapshotPayload } from './types';

const key = generateSigningKey();
const stranger = generateSigningKey();
const trusted = trustKeys([key.publicKey]);

const full = (header: Partial<SnapshotHeader> = {}): SnapshotPayload => ({
  kind: 'full',
  header: aHeader({ keyId: key.keyId, ...header }),
  content: aContent(),
});
const delta = (header: Partial<SnapshotHeader> = {}): SnapshotPayload => ({
  kind: 'delta',
  header: aHeader({ keyId: key.keyId, prev: 10, version: 11, ...header }),
  delta: { put: { models: [aModel()] }, remove: { grants: ['grant-1'] } },
});
const heartbeat = (header: Partial<SnapshotHeader> = {}): SnapshotPayload => ({
  kind: 'heartbeat',
  header: aHeader({ keyId: key.keyId, ...header }),
});
/** Signed well, whatever it says: what a faulty control plane could send. */
const signAnything = (payload: unknown) => ({
  payload,
  signature: signText(canonicalJson(payload), key.privateKey),
});
const sent = (value: unknown) => JSON.parse(JSON.stringify(value));
const codeOf = (
  signed: unknown,
  highest?: { epoch: number; version: number },
) => {
  const result = verifySnapshot(sent(signed), trusted, { now: NOW, highest });
  return result.ok ? 'ok' : result.code;
};

describe('a signed snapshot', () => {
  it('comes back as its payload', () => {
    const payload = full();
    expect(
      verifySnapshot(sent(signSnapshot(payload, key.privateKey)), trusted, {
        now: NOW,
      }),
    ).toEqual({ ok: true, payload });
  });

  it('holds for any content', () => {
    fc.assert(
      fc.property(anyContent, content => {
        const payload = { ...full(), content } as SnapshotPayload;
        expect(codeOf(signSnapshot(payload, key.privateKey))).toBe('ok');
      }),
    );
  });

  it('does not depend on the order of keys on the wire', () => {
    const { payload, signature } = signSnapshot(full(), key.privateKey);
    const reversed = Object.fromEntries(Object.entries(payload).reverse());
    expect(codeOf({ signature, payload: reversed })).toBe('ok');
  });

  it('is refused by readers who pinned another key', () => {
    const payload = full({ keyId: stranger.keyId });
    expect(codeOf(signSnapshot(payload, stranger.privateKey))).toBe(
      'unknown-key',
    );
  });

  it('is refused when another key signed under the pinned id', () => {
    const forged = {
      payload: full(),
      signature: signText(canonicalJson(full()), stranger.privateKey),
    };
    expect(codeOf(forged)).toBe('bad-signature');
  });

  it.each([
    ['', 'bad-signature'],
    ['AAAA', 'bad-signature'],
    [1, 'malformed'],
    [undefined, 'malformed'],
  ])('is refused with signature %j', (signature, code) => {
    expect(codeOf({ payload: full(), signature })).toBe(code);
  });

  it('is refused when its signature is spelt otherwise', () => {
    const { payload, signature } = signSnapshot(full(), key.privateKey);
    expect(codeOf({ payload, signature: `${signature}==` })).toBe(
      'bad-signature',
    );
  });

  it('is refused after any change of a grant', () => {
    const signed = sent(signSnapshot(full(), key.privateKey));
    for (const field of Object.keys(aGrant())) {
      const changed = sent(signed);
      changed.payload.content.grants[0][field] = 'regulated';
      expect([field, codeOf(changed)]).toEqual([field, 'bad-signature']);
    }
  });

  it.each([
    undefined,
    null,
    1,
    'x',
    [],
    {},
    { payload: null },
    { payload: {} },
  ])('is refused when it is %j', signed => {
    expect(verifySnapshot(signed, trusted, { now: NOW })).toMatchObject({
      ok: false,
      code: 'malformed',
    });
  });
});

describe('the order of snapshots', () => {
  const held = { epoch: 1, version: 10 };
  it.each([
    ['the first full', full(), undefined, 'ok'],
    ['a delta before any full', delta(), undefined, 'wrong-base'],
    ['a heartbeat before any full', heartbeat(), undefined, 'wrong-base'],
    ['the same full again', full(), held, 'ok'],
    ['a newer full', full({ version: 12 }), held, 'ok'],
    ['an older full', full({ version: 9 }), held, 'older-than-held'],
    ['a full of a new epoch', full({ epoch: 2, version: 1 }), held, 'ok'],
    [
      'a full of an old epoch',
      full({ epoch: 0, version: 99 }),
      held,
      'epoch-regressed',
    ],
    ['the next delta', delta(), held, 'ok'],
    [
      'the same delta again',
      delta(),
      { epoch: 1, version: 11 },
      'older-than-held',
    ],
    ['an older delta', delta(), { epoch: 1, version: 12 }, 'older-than-held'],
    [
      'a delta after a gap',
      delta({ prev: 11, version: 12 }),
      held,
      'wrong-base',
    ],
    [
      'a delta from further back',
      delta({ prev: 9, version: 12 }),
      held,
      'wrong-base',
    ],
    ['a delta of a new epoch', delta({ epoch: 2 }), held, 'wrong-base'],
    ['a delta of an old epoch', delta({ epoch: 0 }), held, 'epoch-regressed'],
    ['the heartbeat of what is held', heartbeat(), held, 'ok'],
    ['a heartbeat of more', heartbeat({ version: 11 }), held, 'wrong-base'],
    ['a heartbeat of less', heartbeat({ version: 9 }), held, 'older-than-held'],
    [
      'a full past its age',
      full({ notAfter: '2026-06-01T12:00:00.000Z' }),
      held,
      'expired',
    ],
  ])('%s', (_name, payload, highest, code) => {
    expect(codeOf(signSnapshot(payload, key.privateKey), highest)).toBe(code);
  });
});

describe('the structure of a snapshot', () => {
  const missing = undefined;
  const broken: Array<[string, string, unknown]> = [
    ['payload.kind', 'kind', 'other'],
    ['payload.header.format', 'header.format', 'v2'],
    ['payload.header.epoch', 'header.epoch', 1.5],
    ['payload.header.version', 'header.version', '10'],
    ['payload.header.prev', 'header.prev', 9],
    ['payload.header.issuedAt', 'header.issuedAt', 'yesterday'],
    ['payload.header.notAfter', 'header.notAfter', full().header.issuedAt],
    ["payload.header has an unknown field 'more'", 'header.more', 1],
    ["payload has an unknown field 'delta'", 'delta', {}],
    ['payload.content.keys', 'content.keys', missing],
    ['payload.content.keys[0].hash', 'content.keys.0.hash', 'mh_secret'],
    [
      'payload.content.keys[0].limits.requestsPerMinute',
      'content.keys.0.limits',
      { requestsPerMinute: 0 },
    ],
    ['payload.content.grants[0].tier', 'content.grants.0.tier', 'all'],
    [
      'payload.content.grants[0].expiresAt',
      'content.grants.0.expiresAt',
      missing,
    ],
    [
      'payload.content.grants[1] must come in order',
      'content.grants.1',
      aGrant(),
    ],
    [
      'payload.content.keys[1] must come in order',
      'content.keys.1',
      aKey({ id: 'a' }),
    ],
    [
      'payload.content.models[0].gatewayId',
      'content.models.0.gatewayId',
      'a\u0000b',
    ],
    ['payload.content.models[0].lifecycle', 'content.models.0.lifecycle', null],
  ];
  it.each(broken)('is refused for %s', (where, place, value) => {
    const payload = sent(full());
    const names = place.split('.');
    const field = names.pop()!;
    const holder = names.reduce((it, name) => it[name], payload);
    // JSON leaves a field without a value out.
    holder[field] = value;
    const result = verifySnapshot(signAnything(sent(payload)), trusted, {
      now: NOW,
    });
    expect(result).toMatchObject({ ok: false, code: 'malformed' });
    expect((result as { message: string }).message).toContain(where);
  });

  it.each([
    [{ put: {}, remove: { grants: ['b', 'a'] } }, '.remove.grants[1]'],
    [
      { put: {}, remove: { other: [] } },
      ".remove has an unknown field 'other'",
    ],
    [{ put: { grants: [{}] }, remove: {} }, '.put.grants[0].id'],
    [{ remove: {} }, '.put must be an object'],
  ])('of a delta is refused for %j', (content, where) => {
    const payload = { ...delta(), delta: content };
    expect(
      verifySnapshot(signAnything(payload), trusted, {
        now: NOW,
        highest: { epoch: 1, version: 10 },
      }),
    ).toMatchObject({
      code: 'malformed',
      message: expect.stringContaining(`payload.delta${where}`),
    });
  });

  it('is checked before anything is signed', () => {
    expect(() =>
      signSnapshot(delta({ prev: undefined }), key.privateKey),
    ).toThrow('payload.header.prev of a delta must be below its version');
    expect(() => signSnapshot(full(), stranger.privateKey)).toThrow(
      `names key '${key.keyId}'`,
    );
  });
});
