import {
  createHash,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import {
  stepUpChallenge,
  stepUpPayloadHash,
  verifyStepUpEvidence,
  type StepUpEvidence,
} from '.';

const userRef = 'user:default/ines';
const payload = { id: 'a1', command: 'approve', revision: 3 };
const nonce = Buffer.alloc(32, 7).toString('base64url');
const sha256 = (data: string | Buffer) =>
  createHash('sha256').update(data).digest();

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([major * 32 + value]);
  if (value < 256) return Buffer.from([major * 32 + 24, value]);
  return Buffer.from([major * 32 + 25, Math.floor(value / 256), value % 256]);
}
const cbor = (entries: Array<[number, number | string]>) =>
  Buffer.concat([
    head(5, entries.length),
    ...entries.flat().map(item => {
      if (typeof item === 'number') {
        return item < 0 ? head(1, -1 - item) : head(0, item);
      }
      const bytes = Buffer.from(item, 'base64url');
      return Buffer.concat([head(2, bytes.length), bytes]);
    }),
  ]);

const algorithms: Record<
  string,
  { pair: { publicKey: KeyObject; privateKey: KeyObject }; hash?: string }
> = {
  ES256: {
    pair: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    hash: 'sha256',
  },
  EdDSA: { pair: generateKeyPairSync('ed25519') },
  RS256: {
    pair: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    hash: 'sha256',
  },
};

function cose(name: string): Buffer {
  const jwk = algorithms[name].pair.publicKey.export({ format: 'jwk' });
  const { x = '', y = '', n = '', e = '' } = jwk as Record<string, string>;
  switch (name) {
    case 'ES256':
      return cbor([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, x],
        [-3, y],
      ]);
    case 'EdDSA':
      return cbor([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, x],
      ]);
    default:
      return cbor([
        [1, 3],
        [3, -257],
        [-1, n],
        [-2, e],
      ]);
  }
}

function evidence(
  name = 'ES256',
  changes: { flags?: number; type?: string; rpId?: string } = {},
): StepUpEvidence {
  const { pair, hash } = algorithms[name];
  const action = 'approval.command';
  const clientData = JSON.stringify({
    type: changes.type ?? 'webauthn.get',
    challenge: stepUpChallenge({ nonce, userRef, action, payload }),
    origin: 'https://hub.example',
  });
  const data = Buffer.concat([
    sha256(changes.rpId ?? 'hub.example'),
    Buffer.from([changes.flags ?? 0x05, 0, 0, 0, 1]),
  ]);
  const signed = Buffer.concat([data, sha256(clientData)]);
  return {
    passkeyId: 'k1',
    action,
    nonce,
    payloadHash: stepUpPayloadHash(action, payload),
    publicKey: cose(name).toString('base64url'),
    rpId: 'hub.example',
    origin: 'https://hub.example',
    clientDataJSON: Buffer.from(clientData).toString('base64url'),
    authenticatorData: data.toString('base64url'),
    signature: sign(hash, signed, pair.privateKey).toString('base64url'),
  };
}

describe('verifyStepUpEvidence', () => {
  it.each(Object.keys(algorithms))('takes %s', name => {
    expect(verifyStepUpEvidence(evidence(name), { userRef, payload })).toEqual({
      ok: true,
    });
  });

  it('does not mind the order of fields', () => {
    const reordered = { revision: 3, command: 'approve', id: 'a1' };
    expect(
      verifyStepUpEvidence(evidence(), { userRef, payload: reordered }).ok,
    ).toBe(true);
  });

  it.each([
    ['another payload', {}, { payload: { ...payload, id: 'a2' } }, /payload/],
    ['another user', {}, { userRef: 'user:default/tom' }, /challenge/],
    ['another nonce', { nonce: 'AAAA' }, {}, /challenge/],
    ['another action', { action: 'gate.waive' }, {}, /payload/],
    ['another origin', { origin: 'https://evil.example' }, {}, /origin/],
    ['another domain', { rpId: 'evil.example' }, {}, /domain/],
    ['another key', { publicKey: 'AAAA' }, {}, /public key/],
    ['another signature', { signature: 'AAAA' }, {}, /signature/],
    ['cut off data', { authenticatorData: 'AAAA' }, {}, /cut off/],
    [
      'client data that is no JSON',
      { clientDataJSON: 'AAAA' },
      {},
      /assertion/,
    ],
  ])('refuses %s', (_, changes, expected, reason) => {
    expect(
      verifyStepUpEvidence(
        { ...evidence(), ...changes },
        { userRef, payload, ...expected },
      ),
    ).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it.each([
    ['without verification of the person', { flags: 0x01 }, /did not verify/],
    ['without a person', { flags: 0x04 }, /did not verify/],
    ['that is an enrolment', { type: 'webauthn.create' }, /no assertion/],
    ['for another domain', { rpId: 'evil.example' }, /domain/],
  ])('refuses an assertion %s', (_, changes, reason) => {
    expect(
      verifyStepUpEvidence(evidence('ES256', changes), { userRef, payload }),
    ).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it('refuses a key that is none of the three, or more than a key', () => {
    const es384 = cbor([
      [1, 2],
      [3, -35],
      [-1, 2],
    ]).toString('base64url');
    const trailing = Buffer.concat([cose('ES256'), Buffer.alloc(1)]).toString(
      'base64url',
    );
    for (const publicKey of [es384, trailing, '', '4A']) {
      expect(
        verifyStepUpEvidence({ ...evidence(), publicKey }, { userRef, payload })
          .ok,
      ).toBe(false);
    }
  });
});
