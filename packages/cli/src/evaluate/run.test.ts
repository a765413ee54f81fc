import { evaluationResultProblem } from '@modelhub/governance-protocol';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { evaluatePackCheck } from './packCheck';

// Each command starts a process.
jest.setTimeout(60_000);

const BIN = path.resolve(__dirname, '../../bin/modelhub');

let folder: string;
let endpoint: string;
/** What was asked, in order. */
let asked: string[];
let keys: Set<string | undefined>;
/** Called as a request comes; what is returned answers it. */
let answer: (question: string, number: number) => string | number;

const server = createServer(async (request, response) => {
  const body = JSON.parse(await text(request));
  keys.add(request.headers.authorization);
  const question = body.messages.at(-1).content;
  const said = answer(question, asked.push(question) - 1);
  const isRefusal = typeof said === 'number';
  response.writeHead(isRefusal ? said : 200, {
    'content-type': 'application/json',
  });
  response.end(
    JSON.stringify(
      isRefusal
        ? { error: { message: 'no' } }
        : {
            model: body.model,
            choices: [{ message: { content: said }, finish_reason: 'stop' }],
            usage: { prompt_tokens: 10, completion_tokens: 1 },
          },
    ),
  );
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
  asked = [];
  keys = new Set();
  answer = question => question.replace('say ', '');
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'evaluate-run-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function writePack(cases: number) {
  fs.writeFileSync(
    path.join(folder, 'pack.yaml'),
    `apiVersion: modelhub.dev/v1alpha1
kind: EvaluationPack
metadata: { name: echoes, title: Echoes }
spec:
  type: quality
  version: 1.2.0
  owner: group:default/ml-platform
  lifecycle: active
  task: chat
  scorers: [{ name: same, type: exact-match }]
  criteria: [{ metric: same, atLeast: 0.9 }]
  cases: ./cases.jsonl
`,
  );
  fs.writeFileSync(
    path.join(folder, 'cases.jsonl'),
    Array.from({ length: cases }, (_, n) =>
      JSON.stringify({ id: `c${n}`, input: `say ${n}`, expected: `${n}` }),
    ).join('\n'),
  );
}

function begin(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [BIN, 'evaluate', ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  const ended = Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>(resolve => {
      child.on('close', resolve);
    }),
  ]).then(([stdout, stderr, status]) => ({ stdout, stderr, status }));
  return { child, ended };
}

const run = (...args: string[]) => [
  ...['run', '.', '--endpoint', endpoint, '--model', 'acme/echo'],
  ...args,
];

it('runs a pack, prints a table, writes the result, and leaves no journal', async () => {
  writePack(12);
  const { ended } = begin(
    run(
      ...['--output', 'result.json', '--price-in', '1', '--price-out', '2'],
      ...['--gpu', '1x L40S', '--api-key-env', 'MY_KEY'],
    ),
    { MY_KEY: 'sk-1' },
  );
  const { stdout, stderr, status } = await ended;
  expect(stderr).toBe('');
  expect(stdout).toContain('Echoes 1.2.0 on acme/echo');
  expect(stdout).toMatch(
    /same +100\.0 % +\[\d+\.\d – 100\.0\] +✓ at least 90\.0 %/,
  );
  expect(stdout).toContain('12 of 12 cases: 12 scored');
  expect(status).toBe(0);
  expect(keys).toEqual(new Set(['Bearer sk-1']));
  const result = JSON.parse(
    fs.readFileSync(path.join(folder, 'result.json'), 'utf8'),
  );
  expect(evaluationResultProblem(result)).toBeUndefined();
  expect(result).toMatchObject({
    suite: { name: 'echoes', version: '1.2.0' },
    pack: { entityRef: 'evaluationpack:default/echoes' },
    target: { gatewayId: 'acme/echo', gpu: '1x L40S' },
    tool: { name: 'modelhub' },
  });
  expect(fs.readdirSync(folder).sort()).toEqual([
    'cases.jsonl',
    'pack.yaml',
    'result.json',
  ]);
});

it('goes on after Ctrl-C, and asks no case twice', async () => {
  writePack(300);
  const first = begin(run('--concurrency', '8', '--json'));
  answer = (question, number) => {
    if (number === 60) first.child.kill('SIGINT');
    return question.replace('say ', '');
  };
  const stopped = await first.ended;
  expect(stopped.stderr).toContain('Waiting for the answers');
  expect(stopped.stderr).toContain('Interrupted after');
  expect(stopped.status).toBe(130);
  const partial = JSON.parse(stopped.stdout);
  expect(partial.partial).toBe(true);
  expect(evaluationResultProblem(partial)).toBeUndefined();
  expect(asked.length).toBeLessThan(300);
  // The command as it was told.
  const command = stopped.stderr.trim().split('\n').at(-1)!.trim();
  expect(command).toMatch(/^modelhub evaluate run \. .* --resume$/);

  const refused = await begin(run('--concurrency', '8')).ended;
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('go on with --resume');

  const second = await begin(command.split(' ').slice(2)).ended;
  expect(second.status).toBe(0);
  const whole = JSON.parse(second.stdout);
  expect(whole.partial).toBeUndefined();
  expect(whole.cases.ids).toHaveLength(300);
  expect(whole.startedAt).toBe(partial.startedAt);
  expect(asked).toHaveLength(300);
  expect(new Set(asked).size).toBe(300);
});

it('ends with 1 when a criterion is missed, and keeps what cases without an answer need', async () => {
  writePack(10);
  answer = question => (question === 'say 3' ? 404 : 'no idea');
  const missed = await begin(run()).ended;
  expect(missed.status).toBe(1);
  expect(missed.stdout).toMatch(/same .* ✗ at least 90\.0 %/);
  expect(missed.stderr).toContain('1 case got no answer');
  asked = [];
  answer = () => 'no idea';
  const again = await begin(run('--resume')).ended;
  expect(asked).toEqual(['say 3']);
  expect(again).toMatchObject({ status: 1, stderr: '' });
});

it('ends with 2 when the endpoint refuses, and leaves nothing behind', async () => {
  writePack(10);
  answer = () => 401;
  const refused = await begin(run()).ended;
  expect(refused).toMatchObject({ status: 2, stdout: '' });
  expect(refused.stderr).toContain('Give a key that the endpoint knows');
  expect(refused.stderr).not.toContain('--resume');
  expect(asked).toHaveLength(1);
  expect(fs.existsSync(path.join(folder, '.modelhub'))).toBe(false);
});

it('checks a pack without asking anybody', async () => {
  writePack(3);
  const told: string[] = [];
  const tell = (words: string | Uint8Array) => told.push(String(words)) > 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(tell);
  jest.spyOn(process.stderr, 'write').mockImplementation(tell);
  try {
    expect(await evaluatePackCheck(folder, {})).toBe(0);
    expect(told.join('')).toMatch(/evaluationpack:default\/echoes 1\.2\.0/);
    expect(told.join('')).toMatch(/3 cases, 1 criterion$/m);
    expect(told.join('')).toMatch(/sha256:[0-9a-f]{64}/);
    fs.appendFileSync(path.join(folder, 'cases.jsonl'), '\n{"id":"c0"}\n{');
    told.length = 0;
    expect(await evaluatePackCheck(folder, {})).toBe(1);
    const problems = told.join('');
    expect(problems).toMatch(/cases\.jsonl:4: input: must be a text/);
    expect(problems).toMatch(/cases\.jsonl:4: id: comes twice/);
    expect(problems).toMatch(/cases\.jsonl:5: is not JSON/);
    told.length = 0;
    expect(await evaluatePackCheck(folder, { json: true })).toBe(1);
    expect(JSON.parse(told.join('')).problems).toContainEqual({
      file: 'cases.jsonl',
      line: 4,
      field: 'input',
      message: expect.stringContaining('must be a text'),
    });
  } finally {
    jest.restoreAllMocks();
  }
});
