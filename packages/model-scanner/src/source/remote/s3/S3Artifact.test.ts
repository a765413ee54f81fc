import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { harmless, payload } from '../../../__testUtils__/scans';
import {
  rangeOf,
  serve,
  type TestServer,
} from '../../../__testUtils__/servers';
import { scanArtifact, type ScanArtifactOptions } from '../../../scanArtifact';
import type { OpenArtifactOptions } from '../../OpenOptions';

const sha256 = (bytes: Buffer) =>
  createHash('sha256').update(bytes).digest('hex');
const objects = new Map<string, Buffer>();
const etagOf = (bytes: Buffer) =>
  `"${createHash('md5').update(bytes).digest('hex')}"`;

let server: TestServer;
/** Answers in the place of the bucket where it says that it did. */
let intercept: (request: IncomingMessage, response: ServerResponse) => boolean;

const fail = (response: ServerResponse, status: number, code: string) => {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(
      `<?xml version="1.0"?><Error><Code>${code}</Code><Message>told</Message></Error>`,
    );
};

/** ListObjectsV2 in pages of two. */
function list(url: URL, response: ServerResponse) {
  const prefix = url.searchParams.get('prefix') ?? '';
  const from = Number(url.searchParams.get('continuation-token') ?? 0);
  const keys = [...objects.keys()].filter(it => it.startsWith(prefix)).sort();
  const isMore = from + 2 < keys.length;
  const contents = keys.slice(from, from + 2).map(key => {
    const bytes = objects.get(key) as Buffer;
    return `<Contents><Key>${key}</Key><ETag>${etagOf(bytes).replaceAll(
      '"',
      '&quot;',
    )}</ETag><Size>${bytes.length}</Size></Contents>`;
  });
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(
      `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>models</Name><IsTruncated>${isMore}</IsTruncated>${
        isMore
          ? `<NextContinuationToken>${from + 2}</NextContinuationToken>`
          : ''
      }${contents.join('')}</ListBucketResult>`,
    );
}

function getObject(request: IncomingMessage, response: ServerResponse) {
  // As it is: a URL would take `..` for a way up.
  const [path = ''] = (request.url ?? '').split('?');
  const key = decodeURIComponent(path.slice('/models/'.length));
  const bytes = objects.get(key);
  if (!bytes) {
    fail(response, 404, 'NoSuchKey');
    return;
  }
  const etag = etagOf(bytes);
  if (request.headers['if-match'] !== etag) {
    fail(response, 412, 'PreconditionFailed');
    return;
  }
  const range = rangeOf(request.headers.range, bytes.length);
  const part = range ? bytes.subarray(range.start, range.end) : bytes;
  response
    .writeHead(range ? 206 : 200, {
      etag,
      'content-length': part.length,
      ...(range && {
        'content-range': `bytes ${range.start}-${range.end - 1}/${
          bytes.length
        }`,
      }),
    })
    .end(part);
}

beforeEach(async () => {
  objects.clear();
  intercept = () => false;
  server = await serve((request, response) => {
    const url = new URL(request.url ?? '', server.origin);
    if (intercept(request, response)) return;
    if (
      !/^AWS4-HMAC-SHA256 Credential=kim\//.test(
        request.headers.authorization ?? '',
      )
    ) {
      fail(response, 403, 'AccessDenied');
    } else if (!/^\/models(\/|\?|$)/.test(request.url ?? '')) {
      fail(response, 404, 'NoSuchBucket');
    } else if (url.searchParams.get('list-type') === '2') list(url, response);
    else getObject(request, response);
  });
});
afterEach(() => server.close());

const scan = (
  uri: string,
  options: Partial<ScanArtifactOptions & OpenArtifactOptions> = {},
) =>
  scanArtifact(uri, {
    access: {
      schemes: ['s3'],
      privateHosts: [server.host],
      plainHosts: [server.host],
    },
    env: {
      AWS_ENDPOINT_URL_S3: server.origin,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'kim',
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
    retries: 1,
    retryDelayMs: 1,
    timeoutMs: 2_000,
    ...options,
  });

const isGet = (request: IncomingMessage) => !request.url?.includes('list-type');

describe('a bucket', () => {
  it('is listed page by page, and objects are read by ranges of one state', async () => {
    const large = Buffer.concat([
      Buffer.from(
        "\x93NUMPY\x01\x00\x76\x00{'descr': '|u1', 'fortran_order': False, 'shape': (5000000,), }"
          .padEnd(127)
          .concat('\n'),
        'latin1',
      ),
      randomBytes(5_000_000),
    ]);
    objects.set('tiny/', Buffer.alloc(0));
    objects.set('tiny/a.npy', large);
    objects.set('tiny/b c.pkl', payload());
    objects.set('tiny/empty', Buffer.alloc(0));
    objects.set('tiny.txt', payload());
    const report = await scan('s3://models/tiny');
    expect(report.files.map(it => [it.path, it.verdict, it.sha256])).toEqual([
      ['a.npy', 'clean', sha256(large)],
      ['b c.pkl', 'malicious', sha256(payload())],
      ['empty', 'clean', sha256(Buffer.alloc(0))],
    ]);
    const gets = server.got.filter(it => it.url.includes('a.npy'));
    expect(gets.length).toBe(3);
    expect(gets.every(it => it.headers['if-match'] && it.headers.range)).toBe(
      true,
    );
  });

  it('gives one object by its key', async () => {
    objects.set('tiny/a.pkl', harmless());
    objects.set('tiny/a.pkl.md', harmless());
    const report = await scan('s3://models/tiny/a.pkl');
    expect(report.files.map(it => it.path)).toEqual(['a.pkl']);
    expect(report.digest).toBe(`sha256:${sha256(harmless())}`);
  });

  it('is read whole', async () => {
    objects.set('a.pkl', harmless());
    objects.set('b/../../c.pkl', harmless());
    const { files } = await scan('s3://models');
    expect(files.map(it => [it.path, it.findings.map(of => of.rule)])).toEqual([
      ['a.pkl', []],
      ['b/../../c.pkl', ['archive-climbs-out']],
    ]);
  });

  it.each([
    ['s3://models/none', {}, 'There is nothing'],
    ['s3://other/a', {}, 'NoSuchBucket'],
    ['s3://models/a', { isUnsigned: true }, 'give credentials'],
    ['s3://x', {}, 'names no bucket'],
  ])('%s with %j is no pass', async (uri, options, words) => {
    const report = await scan(uri, options);
    expect(report).toMatchObject({ verdict: 'error', isTransient: false });
    expect(report.findings[0].message).toContain(words);
  });

  it('whose object changes after the list is not judged', async () => {
    objects.set('a.pkl', harmless());
    intercept = request => {
      if (isGet(request)) objects.set('a.pkl', payload());
      return false;
    };
    const report = await scan('s3://models/a.pkl');
    expect(report.files[0].findings).toEqual([
      expect.objectContaining({ rule: 'artifact-changed' }),
    ]);
  });

  it.each<
    [string, (request: IncomingMessage, response: ServerResponse) => void]
  >([
    [
      'breaks off',
      (request, response) => {
        const bytes = objects.get('a.pkl') as Buffer;
        response.writeHead(206, {
          etag: etagOf(bytes),
          'content-length': bytes.length,
          'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
        });
        response.write(bytes.subarray(0, 1), () => request.socket.destroy());
      },
    ],
    ['is slow', (_, response) => fail(response, 503, 'SlowDown')],
  ])('that %s is asked again, and no pass in the end', async (_, other) => {
    objects.set('a.pkl', harmless());
    let left = 1;
    intercept = (request, response) => {
      if (!isGet(request) || left === 0) return false;
      left -= 1;
      other(request, response);
      return true;
    };
    expect((await scan('s3://models/a.pkl')).verdict).toBe('clean');
    left = Infinity;
    expect(await scan('s3://models/a.pkl')).toMatchObject({
      verdict: 'error',
      isTransient: true,
    });
  });

  it('that never answers is given up', async () => {
    intercept = () => true;
    expect(
      await scan('s3://models/a.pkl', { timeoutMs: 50, retries: 0 }),
    ).toMatchObject({ verdict: 'error', isTransient: true });
  });

  it('is reached only where the rules allow it', async () => {
    const at = async (
      access: Partial<OpenArtifactOptions['access']>,
      origin = server.origin,
    ) => {
      const { findings } = await scan('s3://models/a.pkl', {
        access: { schemes: ['s3'], ...access },
        env: {
          AWS_ENDPOINT_URL_S3: origin,
          AWS_ACCESS_KEY_ID: 'kim',
          AWS_SECRET_ACCESS_KEY: 'secret',
        },
      });
      return findings[0].message;
    };
    const hosts = [server.host];
    expect(await at({})).toContain('without TLS');
    expect(await at({ plainHosts: hosts })).toContain('not public');
    expect(
      await at({ plainHosts: hosts, privateHosts: hosts, hosts: ['a.com'] }),
    ).toContain('not among the hosts');
    // A name shows its address only when it is resolved.
    const named = server.host.replace('127.0.0.1', 'localhost');
    expect(await at({ plainHosts: [named] }, `http://${named}`)).toContain(
      'not public',
    );
    expect(server.got).toEqual([]);
  });
});
