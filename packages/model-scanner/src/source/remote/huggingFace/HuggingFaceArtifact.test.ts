import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { harmless, payload } from '../../../__testUtils__/scans';
import {
  sendFile,
  sendJson,
  serve,
  type TestServer,
} from '../../../__testUtils__/servers';
import { scanArtifact, type ScanArtifactOptions } from '../../../scanArtifact';
import type { OpenArtifactOptions } from '../../OpenOptions';
import { parseHuggingFaceUri } from './uri';

const COMMIT = 'c0ffee'.padEnd(40, '0');
const TOKEN = 'hf_test';
const sha256 = (bytes: Buffer) =>
  createHash('sha256').update(bytes).digest('hex');

/** Files that are in LFS, which the Hub sends to another host. */
const lfs: Record<string, Buffer> = {};
const plain: Record<string, Buffer> = {};
let told: (path: string) => object;
let hub: TestServer;
let store: TestServer;

/** The Hub as far as its API is documented: pages of two, and LFS elsewhere. */
function answer(url: URL, response: ServerResponse): boolean {
  if (url.pathname === '/api/models/acme/tiny/revision/main') {
    sendJson(response, { id: 'acme/tiny', sha: COMMIT });
  } else if (url.pathname === `/api/models/acme/tiny/tree/${COMMIT}`) {
    const all = [
      { type: 'directory', oid: 'x', size: 0, path: 'sub' },
      ...Object.keys({ ...plain, ...lfs }).map(told),
    ];
    const at = Number(url.searchParams.get('cursor') ?? 0);
    const next = new URL(url);
    next.searchParams.set('cursor', String(at + 2));
    sendJson(
      response,
      all.slice(at, at + 2),
      at + 2 < all.length ? { link: `<${next}>; rel="next"` } : {},
    );
  } else return false;
  return true;
}

beforeEach(async () => {
  for (const name of Object.keys(lfs)) delete lfs[name];
  for (const name of Object.keys(plain)) delete plain[name];
  told = path => ({
    type: 'file',
    oid: '0'.repeat(40),
    size: (plain[path] ?? lfs[path]).length,
    path,
    ...(lfs[path] && {
      lfs: { oid: sha256(lfs[path]), size: lfs[path].length, pointerSize: 134 },
    }),
  });
  store = await serve((request, response) => {
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    sendFile(request, response, lfs[name], { etag: `"${sha256(lfs[name])}"` });
  });
  hub = await serve((request, response) => {
    const url = new URL(request.url ?? '', hub.origin);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      response
        .writeHead(401, {
          'x-error-code': 'GatedRepo',
          'x-error-message': 'ask for access',
        })
        .end();
      return;
    }
    if (answer(url, response)) return;
    const prefix = `/acme/tiny/resolve/${COMMIT}/`;
    const name = decodeURIComponent(url.pathname.slice(prefix.length));
    if (!url.pathname.startsWith(prefix) || !(name in { ...plain, ...lfs })) {
      response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
    } else if (lfs[name]) {
      response
        .writeHead(302, {
          location: `${store.origin}/${encodeURIComponent(name)}`,
        })
        .end();
    } else sendFile(request, response, plain[name]);
  });
});
afterEach(async () => {
  await hub.close();
  await store.close();
});

const scan = (
  uri: string,
  options: Partial<ScanArtifactOptions & OpenArtifactOptions> = {},
) =>
  scanArtifact(uri, {
    access: {
      schemes: ['hf'],
      privateHosts: [hub.host, store.host],
      plainHosts: [hub.host, store.host],
    },
    env: { HF_ENDPOINT: hub.origin, HF_TOKEN: TOKEN },
    retries: 1,
    retryDelayMs: 1,
    ...options,
  });

describe('a repository of the Hub', () => {
  it('is read page by page at one commit, LFS included', async () => {
    lfs['model.pkl'] = payload();
    lfs['sub/b c.pkl'] = harmless();
    plain['a.pkl'] = harmless();
    const report = await scan('hf://acme/tiny');
    expect(report).toMatchObject({
      verdict: 'malicious',
      pinnedUri: `hf://acme/tiny@${COMMIT}`,
    });
    expect(report.files.map(it => [it.path, it.verdict, it.sha256])).toEqual([
      ['a.pkl', 'clean', sha256(harmless())],
      ['model.pkl', 'malicious', sha256(payload())],
      ['sub/b c.pkl', 'clean', sha256(harmless())],
    ]);
  });

  it('gives its token to nobody else', async () => {
    lfs['model.pkl'] = harmless();
    await scan('hf://acme/tiny');
    expect(hub.got.every(it => it.headers.authorization)).toBe(true);
    expect(store.got.length).toBeGreaterThan(0);
    expect(store.got.some(it => it.headers.authorization)).toBe(false);
  });

  it('is read in part where a path is named', async () => {
    plain['a.pkl'] = harmless();
    plain['sub/b.pkl'] = harmless();
    plain['subs.pkl'] = harmless();
    const paths = async (uri: string) =>
      (await scan(uri)).files.map(it => it.path);
    expect(await paths('hf://acme/tiny/sub')).toEqual(['sub/b.pkl']);
    expect(await paths('hf://acme/tiny@main/a.pkl')).toEqual(['a.pkl']);
    const none = await scan('hf://acme/tiny/none');
    expect(none).toMatchObject({
      verdict: 'error',
      findings: [expect.objectContaining({ rule: 'artifact-empty' })],
    });
  });

  it('has to keep to what it says of its files', async () => {
    lfs['model.pkl'] = harmless();
    const honest = told;
    told = path => ({
      ...honest(path),
      lfs: { oid: 'a'.repeat(64), size: harmless().length },
    });
    expect((await scan('hf://acme/tiny')).files[0].findings).toEqual([
      expect.objectContaining({ rule: 'artifact-digest-mismatch' }),
    ]);
    told = path => ({ ...honest(path), lfs: { oid: 'a'.repeat(64), size: 9 } });
    expect((await scan('hf://acme/tiny')).files[0].findings).toEqual([
      expect.objectContaining({ rule: 'artifact-changed' }),
    ]);
    const claimed = await scan('hf://acme/tiny', { isHeaderOnly: true });
    expect(claimed.verdict).toBe('error');
  });

  it('is told of by its digest when it is not read whole', async () => {
    lfs['model.pkl'] = harmless();
    const report = await scan('hf://acme/tiny', { isHeaderOnly: true });
    expect(report.files[0]).toMatchObject({
      sha256: sha256(harmless()),
      isDigestClaimed: true,
      verdict: 'clean',
    });
  });

  it.each([
    { path: '../../api/whoami' },
    { path: '/etc/passwd' },
    { path: 5 },
    { size: 'large' },
    { lfs: { oid: 'short', size: 1 } },
  ])('may not list %j', async change => {
    plain['a.pkl'] = harmless();
    const honest = told;
    told = path => ({ ...honest(path), ...change });
    expect(await scan('hf://acme/tiny')).toMatchObject({
      verdict: 'error',
      findings: [
        expect.objectContaining({
          message: expect.stringContaining('no file of a repository'),
        }),
      ],
    });
  });

  it('that is closed says why', async () => {
    const report = await scan('hf://acme/tiny', {
      env: { HF_ENDPOINT: hub.origin },
    });
    expect(report).toMatchObject({ verdict: 'error', isTransient: false });
    expect(report.findings[0].message).toContain('ask for access');
    expect(report.findings[0].message).toContain('give a token');
    expect((await scan('hf://acme/none')).findings[0].message).toContain('404');
  });
});

describe('URIs of the Hub', () => {
  it.each([
    ['hf://a/b', ['a/b', 'main', '']],
    ['hf://a/b/', ['a/b', 'main', '']],
    ['hf://a/b@v1/c/d.bin', ['a/b', 'v1', 'c/d.bin']],
    ['hf://a/b@refs/pr/7/c', ['a/b', 'refs/pr/7', 'c']],
    ['hf://a/b@refs%2Fpr%2F7', ['a/b', 'refs/pr/7', '']],
    ['hf://models/a/b', ['a/b', 'main', '']],
    ['hf://gpt2@main/c', ['gpt2', 'main', 'c']],
  ])('%s', (uri, [repo, revision, path]) => {
    expect(parseHuggingFaceUri(uri)).toEqual({ repo, revision, path });
  });

  it.each(['hf://', 'hf://datasets/a/b', 'hf://a b/c', 'hf://a/b@%zz'])(
    '%s is none',
    uri => {
      expect(() => parseHuggingFaceUri(uri)).toThrow();
    },
  );

  it('and a revision beside them agree', () => {
    expect(parseHuggingFaceUri('hf://a/b', 'v2').revision).toBe('v2');
    expect(() => parseHuggingFaceUri('hf://a/b@v1', 'v2')).toThrow('v2');
  });
});
