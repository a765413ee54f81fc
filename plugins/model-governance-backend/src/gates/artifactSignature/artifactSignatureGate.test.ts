import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type {
  ArtifactSignatureEvidence,
  ModelArtifact,
} from '@modelhub/backstage-plugin-models-common';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gateContext } from '../__testUtils__/gateContext';
import { gateSubject } from '../__testUtils__/gateSubject';
import { safetensors } from '../artifactScan/__testUtils__/artifacts';
import type { ArtifactConfig } from '../artifactScan';
import { addressOf } from '../artifactScan/addressOf';
import { scan } from '../artifactScan/worker';
import {
  bundleOf,
  envelopeOf,
  keyMaterial,
  resource,
  sha256,
  statementOf,
  type Resource,
} from './__testUtils__/signing';
import { artifactSignatureGate } from './artifactSignatureGate';
import { readTrust } from './readTrust';

// Each case reads a model with the real scanner.
jest.setTimeout(60_000);

const { publicKey, privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});
const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const weights = safetensors();
const CONFIG = '{"model_type":"tiny"}';
const whole = [
  resource('config.json', CONFIG),
  resource('model.safetensors', weights),
];

let folder: string;
let host: string;
/** Answers of the registry by path. */
const served = new Map<string, { body: Buffer; type: string }>();
const server = createServer((request, response) => {
  const found = served.get(request.url ?? '');
  if (!found) {
    response.writeHead(404).end('{}');
    return;
  }
  response.writeHead(200, {
    'content-type': found.type,
    'content-length': found.body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : found.body);
});

beforeAll(async () => {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  served.clear();
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'signed-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, content: string | Buffer) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
};
const signed = (resources: Resource[], serialization = {}) =>
  bundleOf(
    keyMaterial(publicKey),
    envelopeOf(statementOf(resources, serialization), privateKey),
  );
/** A model of two files with its signature. */
const writeModel = (signature?: string) => {
  write('tiny/config.json', CONFIG);
  write('tiny/model.safetensors', weights);
  if (signature !== undefined) write('tiny/model.sig', signature);
};

function open(signatures: object) {
  const config: ArtifactConfig = {
    access: {
      schemes: ['https', 'path', 'oci'],
      hosts: [host],
      privateHosts: [host],
      plainHosts: [host],
    },
    folder,
    env: {},
    logins: {},
    timeoutSeconds: 60,
    memoryMiB: 256,
    concurrency: 1,
  };
  return artifactSignatureGate({
    config,
    trust: readTrust(new ConfigReader({ modelGovernance: { signatures } })),
    scans: {
      scan: async ({ uri, revision, digest }) => {
        const outcome = await scan(
          {
            ...config,
            uri,
            address: await addressOf(uri, folder),
            revision,
            expectedDigest: digest,
          },
          () => {},
        );
        return outcome.type === 'scanned'
          ? { ...outcome, scannedAt: '2026-11-20T12:00:00Z', reused: false }
          : outcome;
      },
    },
  });
}

async function evaluate(
  params: JsonObject = {},
  options: { artifact?: ModelArtifact; signatures?: object } = {},
) {
  const artifact = options.artifact ?? { uri: 'file:///tiny' };
  const gate = open(
    options.signatures ?? { keys: [{ name: 'release', publicKey: pem }] },
  );
  const outcome = await gate.evaluate(
    gateSubject({ version: { name: '1', artifact } }),
    params,
    gateContext({ now: new Date('2026-11-20T12:00:00Z') }),
  );
  return {
    ...outcome,
    ids: outcome.findings.map(({ id }) => id),
    evidence: outcome.evidence as ArtifactSignatureEvidence | undefined,
  };
}

describe('a model with model.sig', () => {
  it('passes where a trusted key signed all its files', async () => {
    writeModel(signed(whole));
    const outcome = await evaluate();
    expect(outcome).toMatchObject({
      verdict: 'pass',
      summary: 'release signed all 2 files, and they are what was signed.',
      findings: [],
      evidence: {
        verified: true,
        digest: expect.stringMatching(/^sha256:/),
        signature: {
          format: 'openssf-model-signing',
          from: 'model.sig',
          modelName: 'tiny',
          signer: { kind: 'key', name: 'release' },
        },
        counts: { matches: 2, differs: 0, unsigned: 0 },
        trusted: ['release'],
      },
      files: [{ name: 'signature.sigstore.json' }],
    });
  });

  it.each<[string, () => void, string[]]>([
    [
      'a file is another one',
      () => write('tiny/config.json', '{"model_type":"other"}'),
      ['files-differs'],
    ],
    [
      'a file is gone',
      () => rmSync(join(folder, 'tiny/config.json')),
      ['files-missing'],
    ],
    [
      'a file came later',
      () => write('tiny/hook.py', 'print(1)'),
      ['files-unsigned'],
    ],
  ])('fails where %s', async (_, change, ids) => {
    writeModel(signed(whole));
    change();
    const outcome = await evaluate();
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toEqual(ids);
    expect(outcome.findings[0].howToFix).toBeTruthy();
    expect(outcome.evidence?.verified).toBe(false);
  });

  it('may hold files that the signer or the policy leaves out', async () => {
    writeModel(signed(whole, { ignore_paths: ['notes', 'model.sig'] }));
    write('tiny/notes/a.txt', 'a');
    write('tiny/.gitattributes', '');
    write('tiny/README.md', '# Tiny');
    expect((await evaluate()).ids).toEqual(['files-unsigned', 'files-ignored']);
    const outcome = await evaluate({ unsignedFiles: ['*.md'] });
    expect(outcome.verdict).toBe('pass');
    expect(outcome.ids).toEqual(['files-ignored']);
    expect(outcome.evidence?.counts.ignored).toBe(3);
  });

  it.each([
    [{}, 'fail', 'high'],
    [{ onUnsigned: 'warn' }, 'warn', 'medium'],
  ])('that is missing, with %j: %s', async (params, verdict, severity) => {
    writeModel();
    expect(await evaluate(params)).toMatchObject({
      verdict,
      findings: [
        {
          id: 'unsigned',
          severity,
          howToFix: expect.stringContaining('model_signing sign'),
        },
      ],
      evidence: { verified: false, files: [] },
    });
  });

  it.each<[string, string, string]>([
    ['is no bundle', 'hello', 'signature-broken'],
    [
      'does not add up',
      bundleOf(
        keyMaterial(publicKey),
        envelopeOf(
          {
            ...statementOf(whole),
            subject: [{ name: 'x', digest: { sha256: sha256('') } }],
          },
          privateKey,
        ),
      ),
      'manifest-broken',
    ],
    [
      'is about something else',
      bundleOf(
        keyMaterial(publicKey),
        envelopeOf(
          { ...statementOf(whole), predicateType: 'https://slsa.dev/v1' },
          privateKey,
        ),
      ),
      'manifest-broken',
    ],
    [
      'leads out of the model',
      signed([resource('../secret', 'x')]),
      'manifest-broken',
    ],
    ['lists a file twice', signed([whole[0], whole[0]]), 'manifest-broken'],
  ])('that %s fails', async (_, signature, id) => {
    writeModel(signature);
    const outcome = await evaluate();
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toEqual([id]);
  });

  it('counts only by those whom the policy names', async () => {
    writeModel(signed(whole));
    const other = generateKeyPairSync('ed25519').publicKey;
    const signatures = {
      keys: [
        { name: 'release', publicKey: pem },
        {
          name: 'security',
          publicKey: String(other.export({ type: 'spki', format: 'pem' })),
        },
      ],
    };
    const by = (trusted: string[]) => evaluate({ trusted }, { signatures });
    expect((await by(['release'])).verdict).toBe('pass');
    expect((await by(['security'])).ids).toEqual(['key-untrusted']);
    expect((await by(['nobody'])).verdict).toBe('error');
  });

  it('needs somebody to trust', async () => {
    writeModel(signed(whole));
    expect(await evaluate({}, { signatures: {} })).toMatchObject({
      verdict: 'error',
      isFinal: true,
      summary: expect.stringContaining('modelGovernance.signatures'),
    });
  });

  it('waits for Sigstore only where it has to be asked', async () => {
    const root = generateKeyPairSync('ed25519').publicKey;
    write('root.json', String(root.export({ type: 'spki', format: 'pem' })));
    const signatures = {
      keys: [{ name: 'release', publicKey: pem }],
      sigstore: {
        tuf: {
          enabled: true,
          mirrorUrl: `http://${host}/tuf`,
          rootFile: join(folder, 'root.json'),
          cacheFolder: join(folder, 'cache'),
        },
      },
    };
    writeModel(signed(whole));
    expect((await evaluate({}, { signatures })).verdict).toBe('pass');
    const witnessed = JSON.parse(signed(whole));
    witnessed.verificationMaterial.timestampVerificationData = {};
    writeModel(JSON.stringify(witnessed));
    const outcome = await evaluate({}, { signatures });
    expect(outcome.verdict).toBe('error');
    expect(outcome.isFinal).toBeUndefined();
    expect(outcome.summary).toContain('trusted root cannot be had');
  });

  it('needs a time where the policy asks for one', async () => {
    writeModel(signed(whole));
    const outcome = await evaluate({ requireTimestamp: true });
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toEqual(['timestamp-missing']);
  });
});

describe('digests that the scan does not have', () => {
  const part = (from: number, to: number, algorithm = 'sha256') => ({
    name: `model.safetensors:${from}:${to}`,
    algorithm,
    digest: createHash(algorithm === 'sha256' ? 'sha256' : 'blake2b512')
      .update(weights.subarray(from, to))
      .digest('hex'),
  });
  const end = weights.length;
  const small = resource('config.json', CONFIG);
  small.name = `config.json:0:${CONFIG.length}`;

  it.each<[string, Resource[], object, string[]]>([
    [
      'parts of files',
      [small, part(0, 10), part(10, end)],
      { method: 'shards', shard_size: 10 },
      [],
    ],
    [
      'parts that leave something out',
      [small, part(0, 10), part(12, end)],
      { method: 'shards' },
      ['files-differs'],
    ],
    [
      'parts that end too early',
      [small, part(0, 10)],
      { method: 'shards' },
      ['files-differs'],
    ],
    [
      'BLAKE2b',
      [whole[0], { ...part(0, end, 'blake2b'), name: 'model.safetensors' }],
      { hash_type: 'blake2b' },
      [],
    ],
    [
      'an algorithm that nobody knows',
      [whole[0], { ...whole[1], algorithm: 'md6' }],
      {},
      ['files-differs'],
    ],
  ])('%s', async (_, resources, serialization, ids) => {
    writeModel(signed(resources, serialization));
    expect((await evaluate()).ids).toEqual(ids);
  });
});

describe('a model that is one file', () => {
  it.each([
    ['model.safetensors.sig', '.'],
    ['model.sig', 'model.safetensors'],
  ])('is signed by %s beside it, as %s', async (file, name) => {
    write('model.safetensors', weights);
    const artifact = { uri: 'file:///model.safetensors' };
    expect((await evaluate({}, { artifact })).ids).toEqual(['unsigned']);
    write(file, signed([resource(name, weights)]));
    const outcome = await evaluate({}, { artifact });
    expect(outcome.verdict).toBe('pass');
    expect(outcome.summary).toContain('signed the file');
  });
});

describe('an artifact in a registry', () => {
  const digestOf = (body: Buffer) => `sha256:${sha256(body)}`;
  const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
  const blob = (body: Buffer, mediaType: string, annotations?: object) => {
    served.set(`/v2/acme/tiny/blobs/${digestOf(body)}`, {
      body,
      type: 'application/octet-stream',
    });
    return {
      mediaType,
      digest: digestOf(body),
      size: body.length,
      ...(annotations && { annotations }),
    };
  };
  const push = (
    content: object,
    tag: string,
    type = MANIFEST,
  ): { digest: string; size: number } => {
    const body = Buffer.from(
      JSON.stringify({ schemaVersion: 2, mediaType: type, ...content }),
    );
    for (const name of [tag, digestOf(body)]) {
      served.set(`/v2/acme/tiny/manifests/${name}`, { body, type });
    }
    return { digest: digestOf(body), size: body.length };
  };
  const pushModel = () =>
    push(
      {
        config: blob(Buffer.from('{}'), 'application/vnd.oci.empty.v1+json'),
        layers: [
          blob(weights, 'application/octet-stream', {
            'org.opencontainers.image.title': 'model.safetensors',
          }),
        ],
      },
      'v1',
    ).digest;
  const artifact = () => ({ uri: `oci://${host}/acme/tiny:v1` });

  /** As `cosign sign --key` pushes it without bundles. */
  const cosign = (digest: string, about = digest) => {
    const payload = Buffer.from(
      JSON.stringify({
        critical: {
          identity: { 'docker-reference': `${host}/acme/tiny` },
          image: { 'docker-manifest-digest': about },
          type: 'cosign container image signature',
        },
        optional: null,
      }),
    );
    push(
      {
        config: blob(Buffer.from('{}'), 'application/vnd.oci.image.config'),
        layers: [
          blob(payload, 'application/vnd.dev.cosign.simplesigning.v1+json', {
            'dev.cosignproject.cosign/signature': sign(
              'sha256',
              payload,
              privateKey,
            ).toString('base64'),
          }),
        ],
      },
      `${digest.replace(':', '-')}.sig`,
    );
  };

  it('passes by the signature under its tag', async () => {
    const digest = pushModel();
    expect((await evaluate({}, { artifact: artifact() })).ids).toEqual([
      'unsigned',
    ]);
    cosign(digest);
    expect(await evaluate({}, { artifact: artifact() })).toMatchObject({
      verdict: 'pass',
      evidence: {
        digest,
        signature: {
          format: 'cosign',
          signer: { kind: 'key', name: 'release' },
        },
        files: [{ path: 'model.safetensors', standing: 'matches' }],
      },
    });
  });

  it('fails where the signature is about another artifact', async () => {
    cosign(pushModel(), `sha256:${'0'.repeat(64)}`);
    const outcome = await evaluate({}, { artifact: artifact() });
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toEqual(['digest-mismatch']);
  });

  it.each([
    ['referrers', (digest: string) => `referrers/${digest}`],
    [
      'a tag instead',
      (digest: string) => `manifests/${digest.replace(':', '-')}`,
    ],
  ])('passes by a bundle that %s names', async (_, pathOf) => {
    const digest = pushModel();
    const bundle = (about: string) =>
      Buffer.from(
        bundleOf(
          keyMaterial(publicKey),
          envelopeOf(
            {
              _type: 'https://in-toto.io/Statement/v1',
              subject: [{ name: '', digest: { sha256: about.slice(7) } }],
              predicateType: 'https://sigstore.dev/cosign/sign/v1',
              predicate: {},
            },
            privateKey,
          ),
        ),
      );
    const attach = (about: string) => {
      const type = 'application/vnd.dev.sigstore.bundle.v0.3+json';
      const manifest = push(
        { artifactType: type, layers: [blob(bundle(about), type)] },
        'bundle',
      );
      const index = 'application/vnd.oci.image.index.v1+json';
      served.set(`/v2/acme/tiny/${pathOf(digest)}`, {
        type: index,
        body: Buffer.from(
          JSON.stringify({
            schemaVersion: 2,
            mediaType: index,
            manifests: [
              { mediaType: MANIFEST, artifactType: type, ...manifest },
            ],
          }),
        ),
      });
    };
    attach(digest);
    const good = await evaluate({}, { artifact: artifact() });
    expect(good).toMatchObject({ verdict: 'pass', ids: [] });
    attach(`sha256:${'1'.repeat(64)}`);
    expect((await evaluate({}, { artifact: artifact() })).ids).toEqual([
      'digest-mismatch',
    ]);
  });
});

describe('an artifact that cannot be read', () => {
  it.each([
    ['file:///none', 'There is no'],
    ['https://elsewhere.example/m.safetensors', 'allowedHosts'],
  ])('%s', async (uri, words) => {
    expect(await evaluate({}, { artifact: { uri } })).toMatchObject({
      verdict: 'error',
      isFinal: true,
      summary: expect.stringContaining(words),
    });
  });
});

it.each<[JsonObject, string]>([
  [{ onUnsigned: 'pass' }, 'must be equal to one of'],
  [{ trusted: [] }, 'fewer than 1'],
  [{ signers: ['a'] }, 'additional properties'],
])('refuses the parameters %j', (params, message) => {
  expect(() => open({}).validateParams?.(params)).toThrow(message);
});

it('asks again when somebody else is trusted', () => {
  const key = (signatures: object) =>
    open(signatures).cacheKey?.(gateSubject());
  expect(key({})).not.toBe(key({ keys: [{ name: 'a', publicKey: pem }] }));
});

it('does not apply to what a provider runs', () => {
  expect(open({}).appliesTo(gateSubject(), {})).toBe(false);
});
