import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { harmless, payload } from '../../../__testUtils__/scans';
import {
  sendFile,
  sendJson,
  serve,
  type TestServer,
} from '../../../__testUtils__/servers';
import { tar } from '../../../__testUtils__/tars';
import { scanArtifact, type ScanArtifactOptions } from '../../../scanArtifact';
import type { OpenArtifactOptions } from '../../OpenOptions';
import { parseOciUri } from './uri';

const sha256 = (bytes: Buffer) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const EMPTY = Buffer.from('{}');

const blobs = new Map<string, Buffer>();
const manifests = new Map<string, { body: Buffer; mediaType: string }>();
let registry: TestServer;
let tokens: TestServer;
let tokenCount: number;
/** What the last of so many requests for blobs is refused with. */
let expireAfter: number;

const blob = (
  mediaType: string,
  bytes: Buffer,
  annotations?: Record<string, string>,
) => {
  blobs.set(sha256(bytes), bytes);
  return { mediaType, digest: sha256(bytes), size: bytes.length, annotations };
};
const push = (content: object, mediaType = MANIFEST, tag?: string) => {
  const body = Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType, ...content }),
  );
  manifests.set(sha256(body), { body, mediaType });
  if (tag) manifests.set(tag, { body, mediaType });
  return { mediaType, digest: sha256(body), size: body.length };
};
const image = (layers: object[], tag = 'latest') =>
  push(
    { config: blob('application/vnd.oci.empty.v1+json', EMPTY), layers },
    MANIFEST,
    tag,
  );

/** A registry that asks for tokens, as the distribution project documents it. */
beforeEach(async () => {
  blobs.clear();
  manifests.clear();
  tokenCount = 0;
  expireAfter = Infinity;
  tokens = await serve((request, response) => {
    const url = new URL(request.url ?? '', tokens.origin);
    const login = Buffer.from('kim:secret').toString('base64');
    if (
      url.searchParams.get('scope') !== 'repository:acme/tiny:pull' ||
      url.searchParams.get('service') !== 'registry.test' ||
      request.headers.authorization !== `Basic ${login}`
    ) {
      response.writeHead(403).end();
      return;
    }
    tokenCount += 1;
    sendJson(response, { token: `t${tokenCount}`, expires_in: 60 });
  });
  let requests = 0;
  registry = await serve((request, response) => {
    requests += 1;
    const isExpired = requests > expireAfter && tokenCount < 2;
    if (
      request.headers.authorization !== `Bearer t${tokenCount}` ||
      isExpired
    ) {
      response
        .writeHead(401, {
          'www-authenticate': `Bearer realm="${tokens.origin}/token",service="registry.test",scope="repository:acme/tiny:pull"`,
        })
        .end();
      return;
    }
    const [, kind, reference] =
      /^\/v2\/acme\/tiny\/(manifests|blobs)\/(.+)$/.exec(request.url ?? '') ??
      [];
    const bytes = blobs.get(reference);
    const manifest = manifests.get(reference);
    if (kind === 'manifests' && manifest) {
      response
        .writeHead(200, {
          'content-type': manifest.mediaType,
          'docker-content-digest': sha256(manifest.body),
        })
        .end(manifest.body);
    } else if (kind === 'blobs' && bytes) {
      sendFile(request, response, bytes, { etag: `"${reference}"` });
    } else {
      response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    }
  });
});
afterEach(async () => {
  await registry.close();
  await tokens.close();
});

const scan = (
  reference = '',
  options: Partial<ScanArtifactOptions & OpenArtifactOptions> = {},
) =>
  scanArtifact(`oci://${registry.host}/acme/tiny${reference}`, {
    access: {
      schemes: ['oci'],
      privateHosts: [registry.host, tokens.host],
      plainHosts: [registry.host, tokens.host],
    },
    registryLogin: host =>
      host === registry.host
        ? { username: 'kim', password: 'secret' }
        : undefined,
    retries: 1,
    retryDelayMs: 1,
    ...options,
  });
const byPath = async (...of: Parameters<typeof scan>) =>
  Object.fromEntries((await scan(...of)).files.map(it => [it.path, it]));

describe('an artifact of a registry', () => {
  it('as ORAS pushes it: files with titles', async () => {
    const { digest } = image([
      blob('application/octet-stream', payload(), {
        'org.opencontainers.image.title': 'model.pkl',
      }),
      blob(
        'application/vnd.oci.image.layer.v1.tar+gzip',
        gzipSync(tar([{ name: 'weights/a.pkl', data: payload() }])),
        { 'org.opencontainers.image.title': 'weights' },
      ),
    ]);
    const report = await scan();
    expect(report).toMatchObject({
      verdict: 'malicious',
      digest,
      pinnedUri: `oci://${registry.host}/acme/tiny@${digest}`,
    });
    expect(
      report.files.map(it => [it.path, it.findings.map(of => of.location)]),
    ).toEqual([
      ['model.pkl', ['@2']],
      ['weights.tar.gz', [expect.stringContaining('weights/a.pkl@2')]],
    ]);
  });

  it('as ModelPack and KitOps push it: tars by media type', async () => {
    const { digest } = image(
      [
        blob(
          'application/vnd.cncf.model.weight.v1.tar',
          tar([{ name: 'model.pkl', data: payload() }]),
          { 'org.cncf.model.filepath': 'model' },
        ),
        blob('application/vnd.cncf.model.weight.v1.raw', harmless(), {
          'org.cncf.model.filepath': 'raw.pkl',
        }),
        blob(
          'application/vnd.kitops.modelkit.model.v1.tar+gzip',
          gzipSync(tar([{ name: 'kit.pkl', data: payload() }])),
        ),
      ],
      'v1',
    );
    const files = await byPath(':v1');
    const kit = Object.keys(files).find(path => path.startsWith('blobs/'));
    expect(kit).toMatch(/^blobs\/sha256:[0-9a-f]{64}\.tar\.gz$/);
    expect(files['model.tar'].verdict).toBe('malicious');
    expect(files[kit ?? ''].verdict).toBe('malicious');
    expect(files['raw.pkl'].verdict).toBe('clean');
    expect((await scan(`@${digest}`)).digest).toBe(digest);
  });

  it('as an index: every manifest of it', async () => {
    const one = image([
      blob('application/octet-stream', harmless(), {
        'org.opencontainers.image.title': 'model.pkl',
      }),
    ]);
    const other = image([
      blob('application/octet-stream', payload(), {
        'org.opencontainers.image.title': 'model.pkl',
      }),
    ]);
    push({ manifests: [one, other, one] }, INDEX, 'all');
    const files = await byPath(':all');
    const path = ({ digest }: { digest: string }) =>
      `${digest.slice(7, 19)}/model.pkl`;
    expect(Object.keys(files)).toEqual([path(one), path(other)]);
    expect(files[path(other)].verdict).toBe('malicious');
  });

  it('gets another token when the first one ends', async () => {
    image([
      blob('application/octet-stream', harmless(), {
        'org.opencontainers.image.title': 'model.pkl',
      }),
    ]);
    // The challenge, the manifest, and then the blob.
    expireAfter = 2;
    expect((await scan()).verdict).toBe('clean');
    expect(tokenCount).toBe(2);
  });

  it('is none without credentials', async () => {
    image([]);
    const report = await scan('', { registryLogin: undefined });
    expect(report).toMatchObject({ verdict: 'error', isTransient: false });
    expect(report.findings[0].message).toContain('403');
    expect(tokens.got[0].headers.authorization).toBeUndefined();
    expect((await scan(':none')).findings[0].message).toContain('404');
  });

  it('is not what somebody put in its place', async () => {
    const layer = blob('application/octet-stream', harmless(), {
      'org.opencontainers.image.title': 'model.pkl',
    });
    const { digest } = image([layer]);
    const other = Buffer.from(harmless());
    other[1] = 3;
    blobs.set(layer.digest, other);
    expect((await scan()).files[0].findings).toEqual([
      expect.objectContaining({ rule: 'artifact-digest-mismatch' }),
    ]);
    blobs.set(layer.digest, Buffer.concat([harmless(), harmless()]));
    expect((await scan()).files[0].findings).toEqual([
      expect.objectContaining({ rule: 'artifact-changed' }),
    ]);
    manifests.set(digest, {
      body: Buffer.from('{"schemaVersion":2,"layers":[]}'),
      mediaType: MANIFEST,
    });
    expect(await scan(`@${digest}`)).toMatchObject({
      verdict: 'error',
      findings: [
        expect.objectContaining({ message: expect.stringContaining(digest) }),
      ],
    });
  });

  it('with titles that climb out says so, and is read', async () => {
    image([
      blob('application/octet-stream', payload(), {
        'org.opencontainers.image.title': '../../evil.pkl',
      }),
    ]);
    const { files } = await scan();
    expect(files[0].findings.map(it => it.rule)).toEqual([
      'archive-climbs-out',
      'pickle-dangerous-import',
    ]);
  });

  it.each([
    'not JSON',
    '[]',
    '{"schemaVersion":1,"fsLayers":[]}',
    '{"schemaVersion":2,"layers":[{"mediaType":"x","digest":"sha512:00","size":1}]}',
    '{"schemaVersion":2,"layers":[{"mediaType":"x","size":1}]}',
    'null',
  ])('with the manifest %s is not judged', async text => {
    manifests.set('latest', { body: Buffer.from(text), mediaType: MANIFEST });
    expect((await scan()).verdict).toBe('error');
  });

  it('with nothing in it is no pass', async () => {
    image([]);
    expect((await scan()).findings[0].rule).toBe('artifact-empty');
  });
});

describe('URIs of registries', () => {
  it.each([
    ['oci://host/a', ['host', 'a', 'latest']],
    ['oci://host:5000/a/b_c:v1.2', ['host:5000', 'a/b_c', 'v1.2']],
    [
      `oci://host/a:v1@sha256:${'a'.repeat(64)}`,
      ['host', 'a', `sha256:${'a'.repeat(64)}`],
    ],
    ['oci://docker.io/a', ['registry-1.docker.io', 'library/a', 'latest']],
  ])('%s', (uri, [registryHost, repository, reference]) => {
    expect(parseOciUri(uri)).toEqual({
      registry: registryHost,
      repository,
      reference,
    });
  });

  it.each([
    'oci://host',
    'oci://host/../a',
    'oci://host/A',
    'oci://host/a@sha256:short',
    'oci://user@host/a',
    'oci://host/a?x',
  ])('%s is none', uri => {
    expect(() => parseOciUri(uri)).toThrow('oci://registry/repository');
  });
});
