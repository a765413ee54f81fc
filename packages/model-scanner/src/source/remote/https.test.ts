import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { harmless, payload } from '../../__testUtils__/scans';
import {
  rangeOf,
  sendFile,
  serve,
  type TestServer,
} from '../../__testUtils__/servers';
import { scanArtifact, type ScanArtifactOptions } from '../../scanArtifact';
import type { AccessRules } from '../AccessRules';
import { openArtifact } from '../openArtifact';
import type { OpenArtifactOptions } from '../OpenOptions';

const MIB = 1024 * 1024;
/** An array of bytes: one header, and then nothing that has to be looked at. */
const array = (size: number) => {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${size},), }`;
  const padded = `${header.padEnd(117)}\n`;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${padded}`, 'latin1');
  return Buffer.concat([head, randomBytes(size)]);
};
const sha256 = (bytes: Buffer) =>
  createHash('sha256').update(bytes).digest('hex');

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

type Handle = (request: IncomingMessage, response: ServerResponse) => void;
const open = { timeoutMs: 2_000, retries: 2, retryDelayMs: 1 };

async function scan(
  handle: Handle,
  options: Partial<ScanArtifactOptions & OpenArtifactOptions> & {
    path?: string;
  } = {},
) {
  server = await serve(handle);
  const { path = '/model.npy', ...rest } = options;
  return scanArtifact(`${server.origin}${path}`, {
    access: {
      schemes: ['https'],
      privateHosts: [server.host],
      plainHosts: [server.host],
    },
    ...open,
    ...rest,
  });
}

/** Serves a file, with something else for the n-th request. */
const except = (
  bytes: Buffer,
  nth: (n: number) => boolean,
  other: Handle,
): Handle => {
  let n = 0;
  return (request, response) => {
    n += 1;
    if (nth(n)) other(request, response);
    else sendFile(request, response, bytes);
  };
};

const status =
  (code: number, headers: Record<string, string> = {}): Handle =>
  (_, response) => {
    response.writeHead(code, headers).end();
  };

/** Promises all and ends halfway. */
const breakOff =
  (bytes: Buffer): Handle =>
  (request, response) => {
    const range = rangeOf(request.headers.range, bytes.length);
    const { start, end } = range ?? { start: 0, end: bytes.length };
    response.writeHead(206, {
      etag: '"one"',
      'content-length': end - start,
      'content-range': `bytes ${start}-${end - 1}/${bytes.length}`,
    });
    response.write(bytes.subarray(start, start + 1000), () =>
      request.socket.destroy(),
    );
  };

describe('a file on a server', () => {
  it('is read by ranges of one state of it', async () => {
    const bytes = array(9 * MIB);
    const report = await scan((...at) => sendFile(...at, bytes));
    expect(report).toMatchObject({
      verdict: 'clean',
      digest: `sha256:${sha256(bytes)}`,
      sizeBytes: bytes.length,
    });
    const requests = server?.got ?? [];
    expect(requests.length).toBe(5);
    expect(requests.every(({ headers }) => headers.range)).toBe(true);
    expect(
      requests.slice(1).every(({ headers }) => headers['if-range'] === '"one"'),
    ).toBe(true);
    expect(requests[0].headers['accept-encoding']).toBe('identity');
  });

  it('is read no further than its format needs when told so', async () => {
    const bytes = array(40 * MIB);
    const report = await scan((...at) => sendFile(...at, bytes), {
      isHeaderOnly: true,
    });
    expect(report.verdict).toBe('clean');
    expect(report.digest).toBeUndefined();
    expect(server?.got.length).toBeLessThan(4);
  });

  it('is found out wherever the payload is', async () => {
    const report = await scan((...at) => sendFile(...at, payload()), {
      path: '/a/b%20c.pkl?x=1',
    });
    expect(report.files).toEqual([
      expect.objectContaining({ path: 'b c.pkl', verdict: 'malicious' }),
    ]);
  });

  it('may be empty', async () => {
    const report = await scan((...at) => sendFile(...at, Buffer.alloc(0)));
    expect(report.files[0]).toMatchObject({
      sizeBytes: 0,
      sha256: sha256(Buffer.alloc(0)),
    });
  });
});

describe('a server without ranges', () => {
  const whole =
    (bytes: Buffer): Handle =>
    (_, response) => {
      response.end(bytes);
    };

  it('is copied from within a bound', async () => {
    const bytes = array(3 * MIB);
    const report = await scan(whole(bytes));
    expect(report).toMatchObject({
      verdict: 'clean',
      digest: `sha256:${sha256(bytes)}`,
    });
  });

  it('is told of beyond it', async () => {
    const report = await scan(whole(array(MIB)), { maxSpoolBytes: 1000 });
    expect(report.verdict).toBe('error');
    expect(report.files[0].findings[0].message).toContain(
      'larger than the 1000 bytes that are copied',
    );
  });

  it('that breaks off is not believed', async () => {
    const report = await scan(
      (request, response) => {
        response.writeHead(200, { 'content-length': 5000 });
        response.write('x', () => request.socket.destroy());
      },
      { retries: 1 },
    );
    expect(report).toMatchObject({ verdict: 'error', isTransient: true });
  });
});

describe('failures that may pass', () => {
  const bytes = array(5 * MIB);

  it.each([
    ['a server that is busy', status(503, { 'retry-after': '0' })],
    ['a server that counts requests', status(429)],
    ['an answer that breaks off', breakOff(bytes)],
  ])('%s is asked again', async (_, other) => {
    const report = await scan(except(bytes, n => n <= 2, other));
    expect(report).toMatchObject({
      verdict: 'clean',
      digest: `sha256:${sha256(bytes)}`,
    });
  });

  it.each([
    ['503', status(503)],
    ['breaks off', breakOff(bytes)],
  ])('in the end are no pass: %s', async (_, other) => {
    const report = await scan(except(bytes, n => n > 1, other));
    expect(report).toMatchObject({ verdict: 'error', isTransient: true });
    expect(report.files[0].sha256).toBeUndefined();
    expect(report.digest).toBeUndefined();
  });

  it('are not waited for when the server asks for an hour', async () => {
    const report = await scan(status(429, { 'retry-after': '3600' }));
    expect(report).toMatchObject({ verdict: 'error', isTransient: true });
    expect(server?.got.length).toBe(1);
  });

  it('a server that says nothing is given up', async () => {
    const report = await scan(() => {}, { timeoutMs: 50, retries: 0 });
    expect(report).toMatchObject({ verdict: 'error', isTransient: true });
  });

  it('a server that drips is given up', async () => {
    const timers: NodeJS.Timeout[] = [];
    const report = await scan(
      (_, response) => {
        response.writeHead(206, {
          'content-range': 'bytes 0-999/1000',
          'content-length': 1000,
        });
        timers.push(setInterval(() => response.write('x'), 20));
      },
      { timeoutMs: 100, retries: 0, minBytesPerSecond: 100 * MIB },
    );
    timers.forEach(clearInterval);
    expect(report).toMatchObject({ verdict: 'error', isTransient: true });
  });
});

describe('answers that are refused', () => {
  const bytes = array(5 * MIB);

  it.each([401, 403, 404, 410, 400])('status %d', async code => {
    const report = await scan(status(code));
    expect(report).toMatchObject({ verdict: 'error', isTransient: false });
    expect(report.files[0].findings).toEqual([
      expect.objectContaining({
        rule: 'unreadable',
        message: expect.stringContaining(`answers ${code} for model.npy`),
      }),
    ]);
    expect(server?.got.length).toBe(1);
  });

  it.each<[string, Handle]>([
    [
      'another ETag',
      (request, response) =>
        sendFile(request, response, bytes, { etag: '"two"' }),
    ],
    [
      'another ETag, with a server that does not compare',
      (request, response) => {
        delete request.headers['if-range'];
        sendFile(request, response, bytes, { etag: '"two"' });
      },
    ],
    [
      'another size',
      (request, response) => {
        sendFile(request, response, bytes.subarray(0, 5 * MIB - 1));
      },
    ],
    ['nothing more', status(416)],
    ['another state', status(412)],
  ])('%s in the middle: the file changed', async (_, other) => {
    const report = await scan(except(bytes, n => n > 1, other));
    expect(report).toMatchObject({ verdict: 'error', isTransient: false });
    expect(report.files[0].findings).toEqual([
      expect.objectContaining({ rule: 'artifact-changed' }),
    ]);
  });

  it.each([
    { 'content-range': 'bytes 5-104/5000' },
    { 'content-range': 'bytes 0-99/*' },
    { 'content-range': 'bytes 0-99/100', 'content-encoding': 'gzip' },
    {},
  ])('what was not asked for: %j', async headers => {
    const report = await scan((_, response) => {
      response.writeHead(206, headers).end(Buffer.alloc(100));
    });
    expect(report.verdict).toBe('error');
    expect(report.files[0].findings[0].rule).toBe('unreadable');
  });

  it('files beyond the limit', async () => {
    const report = await scan((...at) => sendFile(...at, bytes), {
      maxFileBytes: 1000,
    });
    expect(report.verdict).toBe('error');
    expect(report.files[0].findings[0].message).toContain('at most 1000');
  });
});

describe('what may be reached', () => {
  const refused = async (uri: string, access: AccessRules) => {
    const report = await scanArtifact(uri, { access, ...open });
    expect(report).toMatchObject({ verdict: 'error', isTransient: false });
    return [...report.findings, ...report.files.flatMap(it => it.findings)][0]
      .message;
  };

  it.each([
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://0x7f.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://10.1.2.3/x',
    'https://100.64.0.1/x',
    'https://[fd00::1]/x',
    'https://localhost/x',
  ])('%s is not public', async uri => {
    expect(await refused(uri, { schemes: ['https'] })).toContain('not public');
  });

  it('only what is listed', async () => {
    const access: AccessRules = {
      schemes: ['https'],
      hosts: ['models.example.com', '*.cdn.example.com'],
    };
    expect(await refused('https://example.com/x', access)).toContain(
      'not among the hosts',
    );
    expect(await refused('https://cdn.example.com/x', access)).toContain(
      'not among the hosts',
    );
    expect(await refused('http://models.example.com/x', access)).toContain(
      'without TLS',
    );
    for (const host of ['models.example.com', 'a.b.cdn.example.com']) {
      const artifact = await openArtifact(`https://${host}/x`, { access });
      expect(artifact.uri).toBe(`https://${host}/x`);
      await artifact.close();
    }
  });

  it('no place that a redirect leads to and the rules do not allow', async () => {
    const inside = await serve((...at) => sendFile(...at, harmless()));
    try {
      const report = await scan(
        status(302, { location: `${inside.origin}/secret` }),
      );
      expect(report.files[0].findings[0].message).toContain('without TLS');
      await server?.close();
      const endless = await scan(status(302, { location: '/again' }));
      expect(endless.files[0].findings[0].message).toContain('redirects more');
      expect(inside.got).toEqual([]);
    } finally {
      await inside.close();
    }
  });

  it('no password in an address, which reports would show', async () => {
    expect(
      await refused('https://a:b@example.com/x', { schemes: ['https'] }),
    ).toContain('password');
  });
});
