import {
  EVALUATION_RESULT_TYPE,
  evidenceKey,
  formatEvidenceToken,
  readEvidence,
  verifyDsse,
  type DsseEnvelope,
} from '@modelhub/governance-protocol';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';

// Each step starts the real command line.
jest.setTimeout(180_000);

const CI = path.resolve(__dirname, '../../../../templates/ci');
const BIN = path.resolve(__dirname, '../../bin/modelhub');
const read = (name: string) =>
  parse(fs.readFileSync(path.join(CI, name), 'utf8'));

interface Step {
  name: string;
  run: string;
  shell?: string;
  env?: Record<string, string>;
}

const action: {
  inputs: Record<string, { description: string; default?: string }>;
  runs: { using: string; steps: Step[] };
} = read('modelhub-evidence/action.yml');
const workflow = read('github-actions.yml');
const gitlab = read('gitlab-ci.yml');

/** Of which the model that answers gets one of two right. */
const PACK = `
apiVersion: modelhub.dev/v1alpha1
kind: EvaluationPack
metadata: { name: greetings }
spec:
  type: quality
  version: 1.0.0
  owner: group:default/ml
  lifecycle: active
  task: chat
  scorers: [{ name: match, type: exact-match }]
  criteria: [{ metric: match, atLeast: 0.9 }]
  cases: ./cases.jsonl
`;

const seed = Buffer.alloc(32, 4).toString('base64url');
let folder: string;
let server: http.Server;
let url: string;
let submitted: DsseEnvelope[];

/** A model that answers, and a hub that takes evidence. */
async function answer(req: http.IncomingMessage, res: http.ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  if (req.url === '/v1/chat/completions') {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (data: object) =>
      res.write(`data: ${JSON.stringify({ id: 'c', ...data })}\n\n`);
    for (const content of ['Hello', ' there']) {
      send({ choices: [{ index: 0, delta: { content } }] });
    }
    send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    send({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } });
    res.end('data: [DONE]\n\n');
    return;
  }
  submitted.push(JSON.parse(Buffer.concat(chunks).toString()));
  res.writeHead(201).end(
    JSON.stringify({
      id: 'e1',
      digest: 'sha256:00',
      gateId: 'performance-sla',
      entityRef: 'model:meta/tiny',
      modelVersion: '1',
      rechecked: 1,
    }),
  );
}

beforeEach(async () => {
  submitted = [];
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ci-'));
  fs.mkdirSync(path.join(folder, 'artifact'));
  fs.writeFileSync(path.join(folder, 'artifact/config.json'), '{"a":1}');
  fs.mkdirSync(path.join(folder, 'greetings'));
  fs.writeFileSync(path.join(folder, 'greetings/pack.yaml'), PACK);
  fs.writeFileSync(
    path.join(folder, 'greetings/cases.jsonl'),
    '{"id":"a","input":"Greet me.","expected":"Hello there"}\n{"id":"b","input":"Say bye.","expected":"Bye"}\n',
  );
  const shim = `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`;
  fs.writeFileSync(path.join(folder, 'modelhub'), shim, { mode: 0o755 });
  server = http.createServer((req, res) => {
    answer(req, res).catch(error => res.destroy(error));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(resolve => {
    server.close(resolve);
  });
  fs.rmSync(folder, { recursive: true });
});

const token = () =>
  formatEvidenceToken({
    url,
    id: 't1',
    entityRef: 'model:meta/tiny',
    modelVersion: '1',
    pin: `sha256:${'ab'.repeat(32)}`,
    gates: ['performance-sla', 'evaluation'],
    expiresAt: '2099-01-01T00:00:00Z',
    seed,
  });

/** Runs a step as a runner does: bash that ends at the first failure. */
function step(script: string, env: Record<string, string>) {
  return new Promise<{ status: number | null; output: string }>(resolve => {
    const child = spawn('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env.PATH}`, HOME: folder, ...env },
    });
    let output = '';
    child.stdout.on('data', data => (output += data));
    child.stderr.on('data', data => (output += data));
    child.on('close', status => resolve({ status, output }));
  });
}

const expectSubmitted = () => {
  expect(submitted).toHaveLength(2);
  expect(verifyDsse(submitted[0], evidenceKey(seed).publicKey)).toBe(true);
  expect(readEvidence(submitted[0])).toMatchObject({
    ok: true,
    statement: {
      gate: 'performance-sla',
      predicate: { suite: { name: 'modelhub-performance' } },
    },
  });
  expect(fs.existsSync(path.join(folder, 'modelhub-scan.sarif'))).toBe(true);
  // What misses its criterion is submitted, too.
  expect(readEvidence(submitted[1])).toMatchObject({
    ok: true,
    statement: {
      gate: 'evaluation',
      predicateType: EVALUATION_RESULT_TYPE,
      predicate: {
        suite: { name: 'greetings', version: '1.0.0' },
        target: { gatewayId: 'meta/tiny' },
        cases: { scores: { match: [1, 0] } },
      },
    },
  });
};

it('the composite action scans, measures and submits when its steps are run', async () => {
  const given: Record<string, string> = {
    artifact: 'artifact',
    endpoint: `${url}/v1`,
    'endpoint-model': 'tiny',
    'measure-options': '--requests 4 --warm-up 0',
    pack: 'greetings',
    'evaluate-options': '--gateway-id meta/tiny',
    token: token(),
  };
  const valueOf = (text: string) =>
    text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
      expect(Object.keys(action.inputs)).toContain(name);
      return given[name] ?? action.inputs[name].default ?? '';
    });
  for (const { name, run, env = {}, shell } of action.runs.steps) {
    expect(shell).toBe('bash');
    // What comes from outside is never part of the script.
    expect(run).not.toContain('${{');
    const values = Object.fromEntries(
      Object.entries(env).map(([key, text]) => [key, valueOf(text)]),
    );
    expect({ name, ...(await step(run, values)) }).toMatchObject({ status: 0 });
  }
  expectSubmitted();
});

it('the workflow gives the action what it takes, has an identity, and no right to write', () => {
  const { steps } = workflow.jobs.evidence;
  const use = steps.find(({ uses }: { uses?: string }) =>
    uses?.endsWith('/modelhub-evidence'),
  );
  for (const name of Object.keys(use.with)) {
    expect(Object.keys(action.inputs)).toContain(name);
  }
  expect(workflow.permissions).toEqual({
    contents: 'read',
    'id-token': 'write',
  });
  // Pull requests of strangers would come with the identity of the repository.
  expect(Object.keys(workflow.on)).toEqual(['workflow_dispatch', 'push']);
});

it('the GitLab job scans, measures and submits when its script is run', async () => {
  const job = gitlab['model-evidence'];
  expect(Object.keys(job.id_tokens)).toEqual(['MODELHUB_ID_TOKEN']);
  const result = await step(job.script.join('\n'), {
    ...job.variables,
    MODELHUB_MEASURE_OPTIONS: '--requests 4 --warm-up 0',
    MODELHUB_PACK: 'greetings',
    MODELHUB_EVALUATE_OPTIONS: '--gateway-id meta/tiny',
    MODELHUB_ARTIFACT: 'artifact',
    MODELHUB_ENDPOINT: `${url}/v1`,
    MODELHUB_ENDPOINT_MODEL: 'tiny',
    MODELHUB_EVIDENCE_TOKEN: token(),
  });
  expect(result).toMatchObject({ status: 0 });
  expectSubmitted();
});

it('submits nothing when the scan finds what it must not hold', async () => {
  // A pickle that calls os.system, in protocol 0.
  fs.writeFileSync(
    path.join(folder, 'artifact/weights.pkl'),
    "cos\nsystem\n(S'echo'\ntR.",
  );
  const result = await step(gitlab['model-evidence'].script.join('\n'), {
    ...gitlab['model-evidence'].variables,
    MODELHUB_ARTIFACT: 'artifact',
    MODELHUB_EVIDENCE_TOKEN: token(),
  });
  expect(result.status).toBe(1);
  expect(submitted).toEqual([]);
});
