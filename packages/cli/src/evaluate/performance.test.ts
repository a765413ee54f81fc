import { evaluationRunProblem } from '@modelhub/governance-protocol';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

// Each command starts a process.
jest.setTimeout(60_000);

const BIN = path.resolve(__dirname, '../../bin/modelhub');

const answer = (events: object[]) =>
  `${events
    .map(event => `data: ${JSON.stringify(event)}\n\n`)
    .join('')}data: [DONE]\n\n`;

const ANSWER = answer([
  { choices: [{ index: 0, delta: { content: 'Once ' } }] },
  { choices: [{ index: 0, delta: { content: 'upon' } }] },
  { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  { choices: [], usage: { prompt_tokens: 9, completion_tokens: 2 } },
]);

let folder: string;
let endpoint: string;
let keys: Array<string | undefined>;
/** Called as a request comes; what is returned answers instead. */
let onRequest: (number: number) => number | undefined;

const server = createServer(async (request, response) => {
  await text(request);
  const status = onRequest(keys.push(request.headers.authorization) - 1);
  if (status) {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'no' } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(ANSWER);
});

beforeAll(async () => {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  keys = [];
  onRequest = () => undefined;
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'evaluate-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function begin(args: string[], env: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    [BIN, 'evaluate', 'performance', '--model', 'acme/tiny', ...args],
    { cwd: folder, env: { ...process.env, ...env } },
  );
  const ended = Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>(resolve => {
      child.on('close', resolve);
    }),
  ]).then(([stdout, stderr, status]) => ({ stdout, stderr, status }));
  return { child, ended };
}

it('measures, prints a table and writes the run that is evidence', async () => {
  const { ended } = begin(
    [
      '--endpoint',
      endpoint,
      ...['--requests', '5', '--concurrency', '1,2', '--output', 'run.json'],
      ...['--gpu', '1x L40S', '--quantization', 'fp8'],
      ...['--api-key-env', 'MY_KEY'],
    ],
    { MY_KEY: 'sk-1' },
  );
  const { stdout, stderr, status } = await ended;
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/concurrency=1 +concurrency=2/);
  expect(stdout).toMatch(/Time to first token, median/);
  const run = JSON.parse(
    fs.readFileSync(path.join(folder, 'run.json'), 'utf8'),
  );
  expect(evaluationRunProblem(run)).toBeUndefined();
  expect(run).toMatchObject({
    target: { gatewayId: 'acme/tiny', gpu: '1x L40S', quantization: 'fp8' },
    tool: { name: 'modelhub' },
  });
  expect(new Set(keys)).toEqual(new Set(['Bearer sk-1']));
});

it('keeps what it measured when it is interrupted', async () => {
  const { child, ended } = begin([
    ...['--endpoint', endpoint, '--requests', '100000', '--json'],
  ]);
  onRequest = number => {
    if (number === 20) child.kill('SIGINT');
    return undefined;
  };
  const { stdout, stderr, status } = await ended;
  expect(stderr).toContain('Interrupted');
  expect(status).toBe(130);
  const run = JSON.parse(stdout);
  expect(run.partial).toBe(true);
  expect(evaluationRunProblem(run)).toBeUndefined();
});

it('ends with 1 when every request failed, and with 2 when none was possible', async () => {
  onRequest = number => (number > 0 ? 503 : undefined);
  const failed = await begin([
    ...['--endpoint', endpoint, '--requests', '3', '--warm-up', '0'],
  ]).ended;
  expect(failed.status).toBe(1);
  expect(failed.stdout).toMatch(/Errors +100\.0 %/);
  onRequest = () => 401;
  const refused = await begin(['--endpoint', endpoint]).ended;
  expect(refused).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('Give a key that the endpoint knows'),
  });
});

it.each([
  [['--concurrency', '0'], 'Take whole numbers, such as 1,8,32.'],
  [['--rate', 'fast'], 'Take requests a second'],
  [['--extra-body', '[1]'], 'Take a JSON object.'],
  [['--api-key-env', 'NOT_SET'], 'The variable NOT_SET is empty'],
])('refuses %j', async (args, message) => {
  const { status, stderr } = await begin(['--endpoint', 'http://x/v1', ...args])
    .ended;
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});
