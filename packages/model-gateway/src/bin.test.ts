import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// Each test starts a process.
jest.setTimeout(60_000);

const bin = (name: string) => path.resolve(__dirname, '../bin', name);

/** Starts a program, waits for words in its output, ends it, and gives its exit code. */
function startAndEnd(program: string, args: string[], words: RegExp) {
  return new Promise<number | string | undefined>((resolve, reject) => {
    const child = spawn(process.execPath, [bin(program), ...args]);
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      if (words.test(output) && !child.killed) {
        child.kill('SIGTERM');
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? signal ?? undefined));
  });
}

describe('the programs', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-bin-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  const configFile = (content: string) => {
    const file = path.join(folder, 'gateway.yaml');
    fs.writeFileSync(file, content);
    return file;
  };

  it('modelhub-gateway starts without a control plane and ends in good order', async () => {
    const file = configFile(
      'listen: { port: 0 }\ncontrolPlane: { url: "http://127.0.0.1:1" }\nproviders: []\n',
    );
    expect(
      await startAndEnd('modelhub-gateway', ['--config', file], /"Listening"/),
    ).toBe(0);
    expect(fs.existsSync(path.join(folder, 'gateway-state'))).toBe(true);
  });

  it.each([
    [[], 'modelhub-gateway --config FILE'],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--config', '/nowhere.yaml'], 'Cannot read the configuration file'],
  ])('modelhub-gateway ends with 2 for %j', (args, words) => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [bin('modelhub-gateway'), ...args],
      { encoding: 'utf8' },
    );
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });

  it('modelhub-demo-upstream says where it listens', async () => {
    expect(
      await startAndEnd(
        'modelhub-demo-upstream',
        ['--port', '0'],
        /http:\/\/127/,
      ),
    ).toBe(0);
    expect(
      spawnSync(process.execPath, [bin('modelhub-demo-upstream')]).status,
    ).toBe(2);
  });
});
