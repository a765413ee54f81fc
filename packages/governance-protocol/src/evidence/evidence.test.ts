import { verify as verifyBytes, createPublicKey } from 'node:crypto';
import {
  dsseDigest,
  dsseProblem,
  evidenceKey,
  formatEvidenceToken,
  IN_TOTO_PAYLOAD_TYPE,
  parseEvidenceToken,
  readEvidence,
  signDsse,
  signEvidence,
  verifyDsse,
  type EvidenceStatement,
} from './index';

const seed = Buffer.alloc(32, 7).toString('base64url');
const key = evidenceKey(seed);
const other = evidenceKey(Buffer.alloc(32, 8).toString('base64url'));

const statement: EvidenceStatement = {
  entityRef: 'model:meta/llama',
  modelVersion: '1.0',
  pin: `sha256:${'ab'.repeat(32)}`,
  gate: 'performance-sla',
  nonce: 'n0123456789abcdef',
  issuedAt: '2026-11-01T10:00:00Z',
  predicateType: 'https://example.com/p/v1',
  predicate: { grüße: [1, 2] },
};

describe('DSSE', () => {
  it('signs what its specification says, byte for byte', () => {
    // The example of the specification's protocol.md.
    const it = signDsse(
      { payloadType: 'http://example.com/HelloWorld', payload: 'hello world' },
      key.privateKey,
    );
    expect(it.payload).toBe('aGVsbG8gd29ybGQ=');
    expect(
      verifyBytes(
        undefined,
        Buffer.from('DSSEv1 29 http://example.com/HelloWorld 11 hello world'),
        createPublicKey(key.publicKey),
        Buffer.from(it.signatures[0].sig, 'base64'),
      ),
    ).toBe(true);
    expect(verifyDsse(it, key.publicKey)).toBe(true);
  });

  it('takes no other payload, type or key', () => {
    const it = signEvidence(statement, key.privateKey);
    expect(verifyDsse(it, key.publicKey)).toBe(true);
    expect(verifyDsse(it, other.publicKey)).toBe(false);
    expect(
      verifyDsse({ ...it, payloadType: 'text/plain' }, key.publicKey),
    ).toBe(false);
    const payload = Buffer.from('{}').toString('base64');
    expect(verifyDsse({ ...it, payload }, key.publicKey)).toBe(false);
    // Another key under the id of the right one.
    const [{ keyid }] = it.signatures;
    const [{ sig }] = signEvidence(statement, other.privateKey).signatures;
    expect(
      verifyDsse({ ...it, signatures: [{ keyid, sig }] }, key.publicKey),
    ).toBe(false);
  });

  it('has one digest, however it is written', () => {
    const { payload, payloadType, signatures } = signEvidence(
      statement,
      key.privateKey,
    );
    expect(dsseDigest({ signatures, payloadType, payload })).toBe(
      dsseDigest({ payload, payloadType, signatures }),
    );
  });

  it.each([
    [{}, 'envelope.payload must be base64'],
    [{ payload: 'YQ', payloadType: 'x', signatures: [] }, 'with padding'],
    [
      { payload: 'YQ==', payloadType: 'x', signatures: [] },
      'exactly one signature',
    ],
    [
      {
        payload: 'YQ==',
        payloadType: 'x',
        signatures: [{ keyid: 'k', sig: 'not base64' }],
      },
      'envelope.signatures[0].sig must be base64',
    ],
  ])('names what is wrong with %j', (value, problem) => {
    expect(dsseProblem(value)).toContain(problem);
  });
});

describe('statements', () => {
  it.each([statement.pin, 'provider:gpt-5@2026-10-01', 'unpinned:1.0'])(
    'come back as they were signed, for the pin %s',
    pin => {
      const it = { ...statement, pin };
      expect(readEvidence(signEvidence(it, key.privateKey))).toMatchObject({
        ok: true,
        keyId: key.keyId,
        statement: it,
      });
    },
  );

  it('are in-toto statements about the artifact', () => {
    const { payload, payloadType } = signEvidence(statement, key.privateKey);
    expect(payloadType).toBe('application/vnd.in-toto+json');
    expect(JSON.parse(Buffer.from(payload, 'base64').toString())).toMatchObject(
      {
        _type: 'https://in-toto.io/Statement/v1',
        subject: [
          { name: 'model:meta/llama@1.0', digest: { sha256: 'ab'.repeat(32) } },
        ],
        predicateType: 'https://example.com/p/v1',
      },
    );
  });

  const signed = (payload: string, payloadType = IN_TOTO_PAYLOAD_TYPE) =>
    signDsse({ payload, payloadType }, key.privateKey);
  const wire = () =>
    JSON.parse(
      Buffer.from(
        signEvidence(statement, key.privateKey).payload,
        'base64',
      ).toString(),
    );
  const changed = (change: object) =>
    signed(JSON.stringify({ ...wire(), ...change }));
  const subject = (change: object) =>
    changed({ subject: [{ ...wire().subject[0], ...change }] });

  it.each([
    ['no envelope', {}, 'envelope.payload'],
    ['another payload type', signed('{}', 'text/plain'), 'payloadType must be'],
    ['no JSON', signed('{'), 'not JSON'],
    ['a field twice', signed('{"a":1,"a":2}'), 'not JSON'],
    ['another kind of statement', changed({ _type: 'x' }), '_type must be'],
    ['a field more', changed({ extra: 1 }), "unknown field 'extra'"],
    ['no subject', changed({ subject: [] }), 'exactly one subject'],
    [
      'two subjects',
      changed({ subject: [wire().subject[0], wire().subject[0]] }),
      'exactly one subject',
    ],
    [
      'a subject that is no model',
      subject({ name: 'x' }),
      'name must be model:',
    ],
    ['no digest', subject({ digest: {} }), 'must have digest.sha256'],
    [
      'a uri beside the digest',
      subject({ uri: 'provider:x@y' }),
      'must have digest.sha256',
    ],
    [
      'a digest that is not that of the uri',
      subject({ uri: 'provider:x@y', digest: { modelhubPin: '0'.repeat(64) } }),
      'must have digest.sha256',
    ],
    ['no annotations', subject({ annotations: undefined }), 'annotations'],
    [
      'a short nonce',
      subject({
        annotations: {
          ...wire().subject[0].annotations,
          'modelhub.dev/nonce': 'short',
        },
      }),
      'nonce must be',
    ],
    ['no predicate', changed({ predicate: 'text' }), 'predicate must be an'],
    ['a type that is no URI', changed({ predicateType: 'x' }), 'a URI'],
  ])('are refused with %s', (_, envelope, problem) => {
    const read = readEvidence(envelope);
    expect(read).toMatchObject({ ok: false });
    expect(!read.ok && read.message).toContain(problem);
  });
});

describe('tokens', () => {
  const token = {
    url: 'https://portal.example.com/api/model-governance',
    id: 't1',
    entityRef: 'model:meta/llama',
    modelVersion: '1.0',
    pin: statement.pin,
    gates: ['performance-sla', 'kpi'],
    expiresAt: '2026-12-01T00:00:00.000Z',
    seed,
  };

  it('are one line that holds all that a pipeline needs', () => {
    const line = formatEvidenceToken(token);
    expect(line).toMatch(/^mhe1\.[\w-]+\.[\w-]+$/);
    expect(parseEvidenceToken(` ${line}\n`)).toEqual(token);
  });

  const line = formatEvidenceToken(token);
  it.each([
    ['something else', 'mh_abc', 'Not an evidence token'],
    ['one cut off', line.slice(0, -9), 'cut off'],
    ['one changed', `mhe1.!!!.${seed}`, 'changed'],
    [
      'one of another make',
      `mhe1.${Buffer.from('{}').toString('base64url')}.${seed}`,
      'another version',
    ],
  ])('refuse %s, and do not repeat the secret', (_, text, problem) => {
    let message = '';
    try {
      parseEvidenceToken(text);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(problem);
    expect(message).not.toContain(seed.slice(0, 12));
  });
});
