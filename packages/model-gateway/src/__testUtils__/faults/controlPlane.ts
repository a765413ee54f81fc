/* A control plane that may be killed at any time: what it has answered, it has
 * written down. Started as: controlPlane.ts FOLDER PORT */
import {
  SigningKey,
  SnapshotContent,
  SnapshotPayload,
  diffContent,
  generateSigningKey,
  readGatewayProofIssuer,
  signSnapshot,
  sortContent,
  verifyGatewayProof,
} from '@modelhub/governance-protocol';
import fs from 'node:fs';
import http, { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { Ingested } from './judge';
import { grantOf, startContent } from './world';

const MAX_AGE_MS = 10_000;

interface State {
  key: SigningKey;
  gateways: Record<string, string>;
  version: number;
  content: SnapshotContent;
}

const [folder, port] = process.argv.slice(2);
const STATE = path.join(folder, 'control-plane.json');
const USAGE = path.join(folder, 'usage.ndjson');
const STREAMS = path.join(folder, 'streams.ndjson');

const state: State = fs.existsSync(STATE)
  ? JSON.parse(fs.readFileSync(STATE, 'utf8'))
  : {
      key: generateSigningKey(),
      gateways: {},
      version: 1,
      content: sortContent(startContent()),
    };
const streams = new Map<ServerResponse, string>();
const batches = new Set<string>();
const seen = new Set<string>();

function keep(): void {
  fs.writeFileSync(`${STATE}.new`, JSON.stringify(state));
  fs.renameSync(`${STATE}.new`, STATE);
}

function header(prev?: number) {
  const now = Date.now();
  return {
    format: 'modelhub.dev/allowlist.v1' as const,
    epoch: 1,
    version: state.version,
    ...(prev !== undefined && { prev }),
    issuedAt: new Date(now).toISOString(),
    notAfter: new Date(now + MAX_AGE_MS).toISOString(),
    keyId: state.key.keyId,
  };
}

const signed = (payload: SnapshotPayload) =>
  signSnapshot(payload, state.key.privateKey);
const full = () =>
  signed({ kind: 'full', header: header(), content: state.content });

function broadcast(event: string, value: unknown): void {
  for (const stream of streams.keys()) {
    stream.write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
  }
}

function toggle({ model, on }: { model: string; on: boolean }): void {
  const before = state.content;
  const others = before.grants.filter(({ gatewayId }) => gatewayId !== model);
  state.content = sortContent({
    ...before,
    grants: on ? [...others, grantOf(model)] : others,
  });
  const prev = state.version;
  state.version += 1;
  keep();
  broadcast(
    'delta',
    signed({
      kind: 'delta',
      header: header(prev),
      delta: diffContent(before, state.content),
    }),
  );
}

function ingest(batch: { batchId: string; records: Ingested[] }): void {
  if (batches.has(batch.batchId)) {
    return;
  }
  const lines = batch.records.map(({ id, status, attempts, code, trace }) =>
    JSON.stringify({
      batchId: batch.batchId,
      id,
      status,
      attempts,
      code,
      trace,
    }),
  );
  fs.appendFileSync(USAGE, `${lines.join('\n')}\n`);
  batches.add(batch.batchId);
}

function follow(gateway: string, url: URL, res: ServerResponse): void {
  const note = (event: string) =>
    fs.appendFileSync(
      STREAMS,
      `${JSON.stringify({ at: Date.now(), gateway, event })}\n`,
    );
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.flushHeaders();
  if (Number(url.searchParams.get('after')) !== state.version) {
    res.write(`event: snapshot\ndata: ${JSON.stringify(full())}\n\n`);
  }
  streams.set(res, gateway);
  note('open');
  res.on('close', () => {
    streams.delete(res);
    note('close');
  });
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function send(res: ServerResponse, status: number, value: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(value));
}

async function gatewayOf(
  req: IncomingMessage,
  url: URL,
): Promise<string | undefined> {
  const proof = (req.headers.authorization ?? '').replace('Gateway ', '');
  const name = readGatewayProofIssuer(proof);
  const publicKey = name === undefined ? undefined : state.gateways[name];
  const result =
    publicKey &&
    (await verifyGatewayProof(proof, publicKey, {
      method: req.method ?? '',
      path: url.pathname,
      now: new Date(),
      seen: jti => seen.size === seen.add(jti).size,
    }));
  return result && result.ok ? name : undefined;
}

async function answer(req: IncomingMessage, res: ServerResponse) {
  const url = new URL(req.url ?? '', 'http://plane');
  const route = url.pathname.replace('/api/', '');
  if (route === '/__toggle') {
    toggle(JSON.parse(await textOf(req)));
    send(res, 200, { version: state.version });
    return;
  }
  if (route === 'model-governance/gateways/enrol') {
    const { name, publicKey } = JSON.parse(await textOf(req));
    state.gateways[name] = publicKey;
    keep();
    const { key } = state;
    send(res, 201, {
      gatewayId: name,
      signingKeys: [
        { keyId: key.keyId, use: 'snapshot', publicKey: key.publicKey },
      ],
    });
    return;
  }
  if (route === 'model-governance/signing-keys') {
    send(res, 200, { items: [] });
    return;
  }
  const gateway = await gatewayOf(req, url);
  if (gateway === undefined) {
    send(res, 401, {});
  } else if (route === 'model-governance/allowlist/snapshot') {
    send(res, 200, full());
  } else if (route === 'model-governance/allowlist/stream') {
    follow(gateway, url, res);
  } else if (route === 'model-usage/batches') {
    ingest(JSON.parse(await textOf(req)));
    send(res, 200, {});
  } else if (route === 'model-usage/leases') {
    await textOf(req);
    send(res, 200, {
      gateways: 3,
      limits: [],
      budgets: [],
      budgetsVersion: '1',
      list: [],
    });
  } else {
    res.writeHead(204).end();
  }
}

if (fs.existsSync(USAGE)) {
  for (const line of fs.readFileSync(USAGE, 'utf8').split('\n')) {
    if (line !== '') {
      batches.add(JSON.parse(line).batchId);
    }
  }
}
keep();
setInterval(
  () => broadcast('heartbeat', signed({ kind: 'heartbeat', header: header() })),
  1_000,
);
http
  .createServer((req, res) => {
    answer(req, res).catch(() => res.destroy());
  })
  .listen(Number(port), '127.0.0.1');
