import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

// Each command starts a process, several of them in some tests.
jest.setTimeout(120_000);

const BIN = path.resolve(__dirname, '../../bin/modelhub');

let folder: string;
const put = (name: string, bytes: string | Buffer) => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
};
/** As pickles are: protocol, content, stop. */
const harmless = Buffer.from('\x80\x02N.', 'latin1');
const payload = Buffer.from(
  '\x80\x02cos\nsystem\nX\x02\0\0\0id\x85R.',
  'latin1',
);

const environment = () => ({
  ...process.env,
  NO_COLOR: '1',
  DOCKER_CONFIG: folder,
});
function scan(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [BIN, 'scan', ...args],
    { cwd: folder, encoding: 'utf8', env: environment() },
  );
  return { status, stdout, stderr };
}
const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelhub-scan-'));
  put('models/good.pkl', harmless);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('modelhub scan', () => {
  it('ends with 0 for what is clean, and leaves .git out', () => {
    put('models/.git/config', '[core]');
    const result = scan('models');
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).toContain('✓ clean  models/good.pkl  pickle');
    expect(result.stdout).toContain('Left out, not scanned: .git');
  });

  it('ends with 1 for findings, and prints one object for each file', () => {
    put('models/sub/evil.pkl', payload);
    const result = scan('--json', 'models', 'models/good.pkl');
    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect(linesOf(result.stdout)).toEqual([
      {
        path: 'models/good.pkl',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        format: 'pickle',
        verdict: 'clean',
        findings: [],
      },
      {
        path: 'models/sub/evil.pkl',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        format: 'pickle',
        verdict: 'malicious',
        findings: [
          {
            rule: 'pickle-dangerous-import',
            severity: 'critical',
            location: '@2',
            message: expect.stringContaining('os.system'),
          },
        ],
      },
      expect.objectContaining({ path: 'models/good.pkl', verdict: 'clean' }),
    ]);
  });

  it('counts findings from the severity that it is told', () => {
    put('models/odd.pkl', Buffer.from('\x80\x02cacme\nThing\n.', 'latin1'));
    const of = (...args: string[]) => scan(...args, 'models').status;
    expect(of()).toBe(1);
    expect(of('--fail-on', 'HIGH')).toBe(1);
    expect(of('--fail-on', 'critical')).toBe(0);
  });

  it.each([
    ['a file that breaks off', ['models'], 'pickle-truncated'],
    ['a path that is none', ['models/good.pkl', 'none'], 'There is no none'],
    ['a scheme that is none', ['ftp://host/x'], 'ftp:// is not read'],
    [
      'another digest',
      ['models/good.pkl', '--expect-digest', 'a'.repeat(64)],
      'artifact-digest-mismatch',
    ],
    ['a wrong severity', ['--fail-on', 'bad', 'models'], 'Take one of'],
    ['a wrong size', ['--max-file-size', '5x', 'models'], 'Take bytes'],
    ['no path', [], 'missing required argument'],
    [
      'two that want the standard output',
      ['--json', '--bom', '-', 'models'],
      'Only one of',
    ],
  ])('ends with 2 for %s, whatever else is there', (_, args, words) => {
    put('models/cut.pkl', harmless.subarray(0, 3));
    put('models/evil.pkl', payload);
    const result = scan(...args);
    expect(result.status).toBe(2);
    expect(result.stdout + result.stderr).toContain(words);
  });

  it('writes SARIF and a bill of materials', () => {
    put('models/evil.pkl', payload);
    const result = scan('--sarif', 'out.sarif', '--bom', 'bom.json', 'models');
    expect(result.status).toBe(1);
    const read = (name: string) =>
      JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    expect(read('out.sarif').runs[0].results[0]).toMatchObject({
      ruleId: 'pickle-dangerous-import',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'models/evil.pkl' },
            region: { byteOffset: 2 },
          },
        },
      ],
    });
    expect(read('bom.json')).toMatchObject({
      specVersion: '1.6',
      metadata: { component: { name: 'models' } },
      components: [{ name: 'evil.pkl' }, { name: 'good.pkl' }],
    });
    const alone = scan('--sarif', '-', 'models');
    expect(JSON.parse(alone.stdout).version).toBe('2.1.0');
  });
});

describe('modelhub scan of what is elsewhere', () => {
  let server: http.Server;
  let host: string;
  let answer: http.RequestListener;
  beforeEach(async () => {
    server = http.createServer((...at) => answer(...at)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [BIN, 'scan', ...args], {
      cwd: folder,
      env: environment(),
    });
    const text = { out: '', err: '' };
    child.stdout.on('data', chunk => {
      text.out += chunk;
    });
    child.stderr.on('data', chunk => {
      text.err += chunk;
    });
    return { child, text };
  };

  it('reads a registry with the login that docker keeps', async () => {
    const auth = Buffer.from('kim:secret').toString('base64');
    put('config.json', JSON.stringify({ auths: { [host]: { auth } } }));
    const authorised: (string | undefined)[] = [];
    answer = (request, response) => {
      authorised.push(request.headers.authorization);
      if (request.headers.authorization !== `Basic ${auth}`) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' });
        response.end();
        return;
      }
      response.end('{"schemaVersion":2,"layers":[]}');
    };
    const { child, text } = start('--json', `oci://${host}/acme/tiny`);
    const [code] = await once(child, 'close');
    expect(linesOf(text.out)[0].findings[0].rule).toBe('artifact-empty');
    expect(authorised).toEqual([undefined, `Basic ${auth}`]);
    expect(code).toBe(2);
  });

  it('does not follow a server to a private host that nobody named', async () => {
    answer = (_, response) => {
      response.writeHead(302, { location: 'http://localhost:1/secret' }).end();
    };
    const { child, text } = start(`http://${host}/model.pkl`);
    const [code] = await once(child, 'close');
    expect(text.out).toContain('localhost has an address that is not public');
    expect(code).toBe(2);
  });

  it('ends at once when it is interrupted, and says what that means', async () => {
    const asked = new Promise<void>(resolve => {
      answer = () => resolve();
    });
    const { child, text } = start('--json', `http://${host}/model.pkl`);
    await asked;
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
    expect(text.err).toContain('Interrupted');
    expect(text.out).toBe('');
  });
});
