import { ConfigReader } from '@backstage/config';
import { ExtendedKeyUsage, KeyUsageFlags } from '@peculiar/x509';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issue, type Issued } from './__testUtils__/certificates';
import {
  bundleOf,
  chainMaterial,
  envelopeOf,
  keyMaterial,
  resource,
  statementOf,
} from './__testUtils__/signing';
import { startSigstore } from './__testUtils__/startSigstore';
import { parseBundle } from './parseBundle';
import { readTrust } from './readTrust';
import { SignatureProblem } from './SignatureProblem';
import type { Trust } from './Trust';
import { verifySignature } from './verifySignature';

const NOW = new Date('2026-11-20T12:00:00Z');
const statement = statementOf([resource('model.safetensors', 'weights')]);
const other = statementOf([resource('model.safetensors', 'evil')]);

const trustOf = (signatures: object): Trust =>
  readTrust(new ConfigReader({ modelGovernance: { signatures } }));
const pem = (key: KeyObject) =>
  String(key.export({ type: 'spki', format: 'pem' }));

async function outcome(text: string, trust: Trust, now = NOW) {
  try {
    return verifySignature(parseBundle(text), {
      trust,
      root: await trust.root(),
      now,
    });
  } catch (error) {
    if (error instanceof SignatureProblem) return error.finding.id;
    throw error;
  }
}

describe('keys', () => {
  const pairs: Array<
    [string, { publicKey: KeyObject; privateKey: KeyObject }, string | null]
  > = [
    ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'sha256'],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }), 'sha384'],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }), 'sha512'],
    ['Ed25519', generateKeyPairSync('ed25519'), null],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256'],
  ];

  it.each(pairs)('%s', async (_, { publicKey, privateKey }, hash) => {
    const trust = trustOf({
      keys: [
        { name: 'another', publicKey: pem(pairs[0][1].publicKey) },
        { name: 'release', publicKey: pem(publicKey) },
      ].slice(publicKey === pairs[0][1].publicKey ? 1 : 0),
    });
    const text = bundleOf(
      keyMaterial(publicKey),
      envelopeOf(statement, privateKey, hash),
    );
    expect(await outcome(text, trust)).toMatchObject({
      signer: { kind: 'key', name: 'release' },
    });
    const changed = JSON.parse(text);
    changed.dsseEnvelope.payload = Buffer.from(JSON.stringify(other)).toString(
      'base64',
    );
    expect(await outcome(JSON.stringify(changed), trust)).toBe('key-untrusted');
    const retyped = JSON.parse(text);
    retyped.dsseEnvelope.payloadType = 'text/plain';
    expect(await outcome(JSON.stringify(retyped), trust)).toBe('key-untrusted');
  });

  it('that nobody trusts do not count, whatever the bundle says of them', async () => {
    const { privateKey } = pairs[0][1];
    const { publicKey } = pairs[1][1];
    const trust = trustOf({
      keys: [{ name: 'release', publicKey: pem(publicKey) }],
    });
    const text = bundleOf(
      keyMaterial(publicKey),
      envelopeOf(statement, privateKey),
    );
    expect(await outcome(text, trust)).toBe('key-untrusted');
  });
});

describe('certificates of an authority of one’s own', () => {
  let root: Issued;
  let between: Issued;
  let trust: Trust;
  beforeAll(async () => {
    root = await issue({ name: 'Acme Root' });
    between = await issue({ name: 'Acme Models', by: root, isAuthority: true });
    trust = trustOf({ certificates: [{ name: 'acme', pem: root.pem }] });
  });
  const signed = (leaf: Issued, ...chain: Issued[]) =>
    bundleOf(
      chainMaterial(leaf.der, ...chain.map(({ der }) => der)),
      envelopeOf(statement, leaf.key),
    );

  it('count over what came with the signature', async () => {
    const leaf = await issue({ name: 'release', by: between });
    expect(await outcome(signed(leaf, between, root), trust)).toMatchObject({
      signer: {
        kind: 'certificate',
        name: 'acme',
        subject: 'CN=release',
        issuer: 'CN=Acme Models',
        validTo: '2036-01-01T00:00:00.000Z',
      },
    });
    expect(await outcome(signed(leaf), trust)).toBe('certificate-untrusted');
  });

  it.each<[string, Omit<Parameters<typeof issue>[0], 'name'>, string]>([
    ['that ended', { to: '2026-11-01' }, 'certificate-expired'],
    ['from tomorrow on', { from: '2026-12-01' }, 'certificate-expired'],
    [
      'for servers',
      { extended: [ExtendedKeyUsage.serverAuth] },
      'certificate-not-for-signing',
    ],
    [
      'for encryption',
      { usages: KeyUsageFlags.keyEncipherment },
      'certificate-not-for-signing',
    ],
    [
      'with limits that nobody knows',
      { odd: true },
      'certificate-not-for-signing',
    ],
  ])('%s do not count', async (_, changes, id) => {
    const leaf = await issue({ name: 'release', by: root, ...changes });
    expect(await outcome(signed(leaf), trust)).toBe(id);
  });

  it('do not count by authorities that are none', async () => {
    const impostor = await issue({ name: 'Acme Root' });
    const byImpostor = await issue({ name: 'release', by: impostor });
    expect(await outcome(signed(byImpostor, impostor), trust)).toBe(
      'certificate-untrusted',
    );
    const person = await issue({ name: 'person', by: root });
    const byPerson = await issue({ name: 'release', by: person });
    expect(await outcome(signed(byPerson, person), trust)).toBe(
      'certificate-untrusted',
    );
  });

  it('do not count beyond the length of their path', async () => {
    const short = await issue({ name: 'Short', pathLength: 0 });
    const shortTrust = trustOf({
      certificates: [{ name: 'short', pem: short.pem }],
    });
    const direct = await issue({ name: 'direct', by: short });
    expect(await outcome(signed(direct), shortTrust)).toMatchObject({
      signer: { name: 'short' },
    });
    const sub = await issue({ name: 'Sub', by: short, isAuthority: true });
    const leaf = await issue({ name: 'deep', by: sub });
    expect(await outcome(signed(leaf, sub), shortTrust)).toBe(
      'certificate-untrusted',
    );
  });

  it('are no excuse for a changed content', async () => {
    const leaf = await issue({ name: 'release', by: root });
    const text = JSON.parse(signed(leaf));
    text.dsseEnvelope.payload = Buffer.from(JSON.stringify(other)).toString(
      'base64',
    );
    expect(await outcome(JSON.stringify(text), trust)).toBe(
      'signature-invalid',
    );
  });
});

describe('Sigstore', () => {
  // The authorities of the tests begin to count when they are made.
  const AT = new Date(Math.ceil(Date.now() / 1000) * 1000 + 60_000);
  const days = (count: number) =>
    new Date(AT.getTime() + count * 86_400_000).toISOString();
  const who = {
    subject: 'https://github.com/acme/tiny/.github/workflows/sign.yml@main',
    issuer: 'https://token.actions.githubusercontent.com',
  };
  let sigstore: Awaited<ReturnType<typeof startSigstore>>;
  let folder: string;
  beforeAll(async () => {
    sigstore = await startSigstore(AT);
    folder = mkdtempSync(join(tmpdir(), 'trust-'));
    writeFileSync(
      join(folder, 'root.json'),
      JSON.stringify(sigstore.trustedRoot),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const trust = (signatures: object) =>
    trustOf({
      sigstore: { trustedRootFile: join(folder, 'root.json') },
      ...signatures,
    });
  const identity = (changes: object = {}) =>
    trust({ identities: [{ name: 'ci', ...who, ...changes }] });

  it('vouches for an identity, with the time of the log', async () => {
    const text = JSON.stringify(await sigstore.sign(statement, who));
    expect(await outcome(text, identity())).toMatchObject({
      signer: { kind: 'identity', name: 'ci', ...who },
      signedAt: AT,
      signedAtBy: 'transparency-log',
    });
    expect(
      await outcome(
        text,
        identity({
          subject: undefined,
          subjectPattern: 'https://github\\.com/acme/.*',
        }),
      ),
    ).toMatchObject({ signer: { name: 'ci' } });
  });

  it.each([
    ['another subject', { subject: 'https://github.com/evil' }],
    ['another issuer', { issuer: 'https://accounts.example' }],
    [
      'a pattern for a part only',
      { subject: undefined, subjectPattern: 'github\\.com/acme' },
    ],
  ])('does not make %s count', async (_, changes) => {
    const text = JSON.stringify(await sigstore.sign(statement, who));
    expect(await outcome(text, identity(changes))).toBe('identity-untrusted');
  });

  it('is only believed where the portal knows it', async () => {
    const text = JSON.stringify(await sigstore.sign(statement, who));
    expect(
      await outcome(text, trustOf({ identities: [{ name: 'ci', ...who }] })),
    ).toBe('no-trusted-root');
    const stranger = await startSigstore(AT);
    const strange = JSON.stringify(await stranger.sign(statement, who));
    expect(await outcome(strange, identity())).toBe('sigstore-refused');
  });

  it('does not cover what was changed, nor a time that was', async () => {
    const bundle = await sigstore.sign(statement, who);
    const payload = Buffer.from(JSON.stringify(other)).toString('base64');
    expect(
      await outcome(
        JSON.stringify({
          ...bundle,
          dsseEnvelope: { ...bundle.dsseEnvelope, payload },
        }),
        identity(),
      ),
    ).toBe('signature-invalid');
    const [entry] = bundle.verificationMaterial.tlogEntries;
    const tlogEntries = [{ ...entry, integratedTime: '1780000001' }];
    expect(
      await outcome(
        JSON.stringify({
          ...bundle,
          verificationMaterial: { ...bundle.verificationMaterial, tlogEntries },
        }),
        identity(),
      ),
    ).toBe('sigstore-refused');
  });

  it('confirms when a certificate signed that has ended since', async () => {
    const root = await issue({ name: 'Acme Root' });
    const leaf = await issue({ name: 'release', by: root, to: days(1) });
    const own = trust({ certificates: [{ name: 'acme', pem: root.pem }] });
    const envelope = envelopeOf(statement, leaf.key);
    const without = bundleOf(chainMaterial(leaf.der), envelope);
    const later = new Date(days(30));
    expect(await outcome(without, own, later)).toBe('certificate-expired');
    const stamped = async (signature: string) =>
      bundleOf(
        {
          ...chainMaterial(leaf.der),
          timestampVerificationData: {
            rfc3161Timestamps: [
              await sigstore.timestamp(Buffer.from(signature, 'base64')),
            ],
          },
        },
        envelope,
      );
    expect(
      await outcome(await stamped(envelope.signatures[0].sig), own, later),
    ).toMatchObject({
      signer: { name: 'acme' },
      signedAt: AT,
      signedAtBy: 'timestamp-authority',
    });
    expect(await outcome(await stamped('AAAA'), own)).toBe('timestamp-invalid');
  });

  it('tells when a key signed', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
    });
    const envelope = envelopeOf(statement, privateKey);
    const text = bundleOf(
      {
        ...keyMaterial(publicKey),
        tlogEntries: [await sigstore.logged(envelope, pem(publicKey))],
      },
      envelope,
    );
    expect(
      await outcome(
        text,
        trust({ keys: [{ name: 'release', publicKey: pem(publicKey) }] }),
      ),
    ).toMatchObject({
      signer: { kind: 'key' },
      signedAt: AT,
      logIndex: expect.stringMatching(/^\d+$/),
    });
  });
});

describe('what is no bundle', () => {
  it.each([
    ['', 'not JSON'],
    ['[]', 'the bundle is missing'],
    ['{}', 'no Sigstore bundle'],
    [
      '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}',
      'the key is missing',
    ],
    [
      '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{}},"dsseEnvelope":{"payloadType":"x","payload":"e30=","signatures":[]}}',
      'exactly one signature',
    ],
    [
      '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"x509CertificateChain":{"certificates":[]}}}',
      'chain of certificates is empty',
    ],
  ])('%s', (text, message) => {
    expect(() => parseBundle(text)).toThrow(message);
  });
});

describe('the configuration', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = { name: 'a', publicKey: pem(publicKey) };
  it.each<[object, string]>([
    [{ keys: [{ name: 'a' }] }, "'a' needs either publicKey or file"],
    [{ keys: [{ name: 'a', publicKey: 'x' }] }, "'a' is no public key"],
    [
      {
        keys: [
          {
            name: 'a',
            publicKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
          },
        ],
      },
      "'a' is a private key",
    ],
    [{ keys: [{ name: 'a', file: '/none' }] }, 'cannot be read'],
    [{ keys: [key, key] }, "two entries have the name 'a'"],
    [{ certificates: [{ name: 'a', pem: 'x' }] }, 'holds no certificate'],
    [{ identities: [{ name: 'a', issuer: 'x' }] }, 'either subject or'],
    [
      { identities: [{ name: 'a', issuer: 'x', subjectPattern: '(' }] },
      'no regular expression',
    ],
    [{ sigstore: { trustedRootFile: '/none' } }, 'cannot be used'],
  ])('%j is refused', (signatures, message) => {
    expect(() => trustOf(signatures)).toThrow(message);
  });

  it('changes its version with what it says', () => {
    expect(trustOf({ keys: [key] }).version).toBe(
      trustOf({ keys: [key] }).version,
    );
    expect(trustOf({ keys: [key] }).version).not.toBe(trustOf({}).version);
  });
});
