import {
  evidenceKey,
  formatEvidenceToken,
  generateSigningKey,
  keyIdOf,
  readEvidence,
  signBundle,
  signCheckpoint,
  chainEvent,
  verifyDsse,
  type DsseEnvelope,
} from '@modelhub/governance-protocol';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { bundle, verify } from './bundle';
import { askHub, RefusedError } from './hub';
import { identify } from './identity';
import { upload } from './upload';

interface Call {
  method?: string;
  url?: string;
  authorization?: string;
  body?: unknown;
}

const seed = Buffer.alloc(32, 3).toString('base64url');
const key = evidenceKey(seed);
const pin = `sha256:${'ab'.repeat(32)}`;
const sample = path.join(__dirname, '__testUtils__/promptfoo-results.json');

let folder: string;
let hub: http.Server;
let url: string;
let calls: Call[];
let answers: Array<[number, unknown]>;
let out: string;
let err: string;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'evidence-'));
  calls = [];
  answers = [];
  out = '';
  err = '';
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    out += text;
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation(text => {
    err += text;
    return true;
  });
  hub = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    calls.push({
      method: req.method,
      url: req.url,
      authorization: req.headers.authorization,
      body: text ? JSON.parse(text) : undefined,
    });
    const [status, body] = answers.shift() ?? [500, {}];
    res.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => {
    hub.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/api`;
  for (const name of Object.keys(process.env)) {
    if (/^(MODELHUB_|ACTIONS_)/.test(name)) delete process.env[name];
  }
});

afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env.MODELHUB_EVIDENCE_TOKEN;
  delete process.env.MODELHUB_TOKEN;
  hub.closeAllConnections();
  await new Promise(resolve => {
    hub.close(resolve);
  });
  fs.rmSync(folder, { recursive: true });
});

const token = (gates = ['kpi']) =>
  formatEvidenceToken({
    url,
    id: 't1',
    entityRef: 'model:meta/llama',
    modelVersion: '1.0',
    pin,
    gates,
    expiresAt: '2027-01-01T00:00:00Z',
    seed,
  });

const receipt = {
  id: 'e1',
  digest: 'sha256:00',
  gateId: 'kpi',
  entityRef: 'model:meta/llama',
  modelVersion: '1.0',
  rechecked: 2,
};

it('signs results with the token and submits them', async () => {
  process.env.MODELHUB_EVIDENCE_TOKEN = token();
  answers = [[201, receipt]];
  expect(await upload([sample], {})).toBe(0);
  expect(out).toContain("submitted to the check 'kpi'");
  expect(out).toContain('2 requests are checked again');
  const [call] = calls;
  expect(call).toMatchObject({ method: 'POST', url: '/api/evidence' });
  // The key never leaves, and nothing else says who it is.
  expect(call.authorization).toBeUndefined();
  expect(JSON.stringify(call)).not.toContain(seed);
  expect(verifyDsse(call.body as DsseEnvelope, key.publicKey)).toBe(true);
  expect(readEvidence(call.body)).toMatchObject({
    ok: true,
    statement: {
      entityRef: 'model:meta/llama',
      pin,
      gate: 'kpi',
      predicate: { tool: { name: 'promptfoo' } },
    },
  });
});

it('sends the same statement again where no answer came, and says why it was refused', async () => {
  answers = [
    [503, { error: { message: 'Busy' } }],
    [201, receipt],
  ];
  const body = { a: 1 };
  await askHub(`${url}/evidence`, { method: 'POST', body, firstWaitMs: 1 });
  expect(calls.map(call => call.body)).toEqual([body, body]);

  answers = [[403, { error: { message: 'This token was revoked.' } }]];
  await expect(askHub(url)).rejects.toThrow(RefusedError);

  process.env.MODELHUB_EVIDENCE_TOKEN = token();
  answers = [[403, { error: { message: 'This token was revoked.' } }]];
  expect(await upload([sample], {})).toBe(1);
  expect(err).toContain('Refused: 403 This token was revoked.');
});

it('asks which check it is for where the token leaves it open', async () => {
  const file = path.join(folder, 'token');
  fs.writeFileSync(file, token(['kpi', 'performance-sla']));
  await expect(upload([sample], { tokenFile: file })).rejects.toThrow(
    'this token is for kpi, performance-sla',
  );
  expect(
    await upload([sample], { tokenFile: file, gate: 'kpi', dryRun: true }),
  ).toBe(0);
  expect(readEvidence(JSON.parse(out))).toMatchObject({ ok: true });
  expect(calls).toEqual([]);
});

it('says what is wrong with the token without repeating it', async () => {
  process.env.MODELHUB_EVIDENCE_TOKEN = token().slice(0, -5);
  await expect(upload([sample], {})).rejects.toThrow('cut off');
  delete process.env.MODELHUB_EVIDENCE_TOKEN;
  await expect(upload([sample], {})).rejects.toThrow(
    'No evidence token and no identity of a CI system',
  );
});

describe('with the identity of a CI system', () => {
  const leave = {
    entityRef: 'model:meta/llama',
    modelVersion: '1.0',
    pin,
    gates: ['kpi'],
  };
  const about = { url: '', model: 'model:meta/llama', modelVersion: '1.0' };

  it('asks GitHub for a token for this hub, and shows it with a key of its own', async () => {
    answers = [
      [200, { value: 'github.id.token' }],
      [201, leave],
    ];
    const identity = await identify(
      { ...about, url },
      {
        ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token',
        RUNNER_TEMP: folder,
      },
    );
    expect(calls[0]).toMatchObject({
      url: `/api/token?api-version=2&audience=${encodeURIComponent(url)}`,
      authorization: 'Bearer runner-token',
    });
    expect(calls[1]).toMatchObject({
      url: '/api/evidence/ci-identity',
      authorization: undefined,
      body: { idToken: 'github.id.token', entityRef: 'model:meta/llama' },
    });
    const { publicKey } = calls[1].body as { publicKey: string };
    expect(keyIdOf(identity.privateKey)).toBe(keyIdOf(publicKey));
    expect(identity).toMatchObject({ pin, gates: ['kpi'] });
  });

  it('has one key for all steps of a GitLab job, which nobody else may read', async () => {
    answers = [
      [201, leave],
      [201, leave],
    ];
    const env = { MODELHUB_ID_TOKEN: 'gitlab.id.token', RUNNER_TEMP: folder };
    const first = await identify({ ...about, url }, env);
    const second = await identify({ ...about, url }, env);
    expect(keyIdOf(first.privateKey)).toBe(keyIdOf(second.privateKey));
    const [file] = fs.readdirSync(folder);
    expect(fs.statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
    await expect(identify({}, env)).rejects.toThrow('--url, --model');
  });
});

describe('bundles', () => {
  const statementKey = generateSigningKey();
  const ledgerKey = generateSigningKey();
  const event = chainEvent(undefined, {
    at: '2026-11-01T10:00:00.000Z',
    actor: 'system',
    subject: 'approval:a1',
    type: 'approval.created',
    payload: { state: 'draft' },
  });
  const text = JSON.stringify(
    signBundle(
      {
        format: 'modelhub.dev/evidence-bundle.v1',
        createdAt: '2026-11-01T10:00:00.000Z',
        approval: {
          id: 'a1',
          state: 'draft',
          entityRef: 'model:meta/llama',
          gatewayId: 'meta/llama',
          modelVersion: '1.0',
          pin,
          decisionFactsHash: 'none',
          tier: 'internal',
          purpose: 'support',
          profile: 'care',
          policyVersion: 'none',
          evidenceIds: [],
        },
        gates: [],
        submissions: [],
        ledger: {
          events: [event],
          checkpoints: [
            signCheckpoint(
              { seq: 1, hash: event.hash, at: event.at },
              ledgerKey.privateKey,
            ),
          ],
        },
      },
      [
        {
          keyId: statementKey.keyId,
          use: 'statement',
          publicKey: statementKey.publicKey,
        },
        {
          keyId: ledgerKey.keyId,
          use: 'ledger',
          publicKey: ledgerKey.publicKey,
        },
      ],
      statementKey.privateKey,
    ),
  );
  const write = (name: string, content: string) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, content);
    return file;
  };

  it('are downloaded as the hub gives them, and checked offline', async () => {
    process.env.MODELHUB_TOKEN = 'a-token';
    answers = [[200, JSON.parse(text)]];
    const file = path.join(folder, 'bundle.json');
    expect(await bundle('a1', { url, out: file })).toBe(0);
    expect(calls[0]).toMatchObject({
      url: '/api/approvals/a1/evidence-bundle',
      authorization: 'Bearer a-token',
    });
    out = '';
    expect(await verify(file, {})).toBe(0);
    expect(out).toContain('in order');
    expect(out).toContain('The keys come from the bundle itself');
    out = '';
    const pem = [
      write('keys.pem', statementKey.publicKey + ledgerKey.publicKey),
    ];
    const ledger = write('ledger.jsonl', `${JSON.stringify(event)}\n`);
    expect(await verify(file, { key: pem, ledger, json: true })).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      keysTrusted: true,
      ledgerChecked: true,
    });
  });

  it('are refused with the first thing that is wrong', async () => {
    const forged = write('b.json', text.replace('"support"', '"anything"'));
    expect(await verify(forged, {})).toBe(1);
    expect(out).toContain('attestation: digest: Something in the bundle');
    out = '';
    expect(await verify(write('c.json', '{'), { json: true })).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, reason: 'malformed' });
    await expect(verify(path.join(folder, 'none'), {})).rejects.toThrow(
      'Cannot read',
    );
  });

  it('say what is missing to download one', async () => {
    await expect(bundle('a1', {})).rejects.toThrow('--url');
    answers = [[401, { error: { message: 'Missing credentials' } }]];
    expect(await bundle('a1', { url })).toBe(1);
    expect(err).toContain('MODELHUB_TOKEN holds a Backstage token');
  });
});
