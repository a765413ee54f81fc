import {
  AnnouncedKey,
  SignedSnapshot,
  SigningKey,
  SnapshotContent,
  SnapshotHeader,
  SnapshotPayload,
  diffContent,
  generateSigningKey,
  readGatewayProofIssuer,
  sha256Hex,
  signKeySuccession,
  signSnapshot,
  sortContent,
  verifyGatewayProof,
} from '@modelhub/governance-protocol';
import http, { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const API = '/api/model-governance';

/** A control plane with real signatures and real proofs, and faults on demand. */
export class TestControlPlane {
  key: SigningKey = generateSigningKey();
  /** What `/signing-keys` answers. */
  announced: AnnouncedKey[] = [];
  /** Answers routes that this stand-in does not have. */
  more?: (call: {
    method: string;
    route: string;
    body: string;
  }) => Promise<object | undefined>;
  readonly statuses: Array<{ version: number; alarms: string[] }> = [];
  readonly requests: string[] = [];
  token = 'invitation';
  epoch = 1;
  version = 1;
  maxAgeMs = 900_000;
  content: SnapshotContent;
  /** Answers every request with this status instead. */
  fault: number | undefined;
  /** Answers requests for a full snapshot with this instead. */
  fullAnswer: unknown;
  readonly #gateways = new Map<string, string>();
  readonly #seen = new Set<string>();
  readonly #streams = new Set<ServerResponse>();
  readonly #server: http.Server;
  #port = 0;

  private constructor(content: SnapshotContent) {
    this.content = sortContent(content);
    this.#server = http.createServer((req, res) => {
      this.#answer(req, res).catch(error => {
        res.writeHead(500);
        res.end(String(error));
      });
    });
  }

  static async create(content: SnapshotContent): Promise<TestControlPlane> {
    const plane = new TestControlPlane(content);
    await plane.listen();
    return plane;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get streams(): number {
    return this.#streams.size;
  }

  async listen(): Promise<void> {
    await new Promise<void>(resolve =>
      this.#server.listen(this.#port, '127.0.0.1', () => resolve()),
    );
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) {
      return;
    }
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  full(header: Partial<SnapshotHeader> = {}): SignedSnapshot {
    return this.sign({
      kind: 'full',
      header: this.header(header),
      content: this.content,
    });
  }

  heartbeat(header: Partial<SnapshotHeader> = {}): SignedSnapshot {
    return this.sign({ kind: 'heartbeat', header: this.header(header) });
  }

  sign(payload: SnapshotPayload, key = this.key): SignedSnapshot {
    return signSnapshot(payload, key.privateKey);
  }

  header(fields: Partial<SnapshotHeader> = {}): SnapshotHeader {
    const now = Date.now();
    return {
      format: 'modelhub.dev/allowlist.v1',
      epoch: this.epoch,
      version: this.version,
      issuedAt: new Date(now).toISOString(),
      notAfter: new Date(now + this.maxAgeMs).toISOString(),
      keyId: this.key.keyId,
      ...fields,
    };
  }

  /** Signs with a new key from now on; the old one, or another, vouches for it. */
  rotate(voucher: SigningKey = this.key): SigningKey {
    const next = generateSigningKey();
    const key = { publicKey: next.publicKey, use: 'snapshot' as const };
    this.announced = [
      { ...key, succession: signKeySuccession(key, voucher.privateKey) },
      ...this.announced,
    ];
    this.key = next;
    return next;
  }

  /** Changes the allowlist and sends the delta, as a command in the portal does. */
  change(fields: Partial<SnapshotContent>): SignedSnapshot {
    const before = this.content;
    this.content = sortContent({ ...before, ...fields });
    const prev = this.version;
    this.version += 1;
    const signed = this.sign({
      kind: 'delta',
      header: this.header({ prev }),
      delta: diffContent(before, this.content),
    });
    this.send('delta', signed);
    return signed;
  }

  send(event: string, signed: unknown): void {
    for (const stream of this.#streams) {
      stream.write(`event: ${event}\ndata: ${JSON.stringify(signed)}\n\n`);
    }
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [path, query] = (req.url ?? '').split('?');
    this.requests.push(`${req.method} ${path.replace(API, '')}`);
    if (this.fault) {
      res.writeHead(this.fault).end('fault');
      return;
    }
    if (path === '/.backstage/health/v1/readiness') {
      res.writeHead(200).end();
      return;
    }
    if (path === `${API}/gateways/enrol`) {
      await this.#enrol(req, res);
      return;
    }
    if (path === `${API}/signing-keys`) {
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ items: this.announced }));
      return;
    }
    if (!(await this.#isKnown(req, path))) {
      res.writeHead(401).end('bad proof');
      return;
    }
    if (path === `${API}/allowlist/snapshot`) {
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify(this.fullAnswer ?? this.full()));
    } else if (path === `${API}/gateways/status`) {
      this.statuses.push(JSON.parse(await textOf(req)));
      res.writeHead(204).end();
    } else if (path === `${API}/allowlist/stream`) {
      this.#stream(res, new URLSearchParams(query));
    } else {
      await this.#answerMore(req, res, path.replace(API, ''));
    }
  }

  async #answerMore(
    req: IncomingMessage,
    res: ServerResponse,
    route: string,
  ): Promise<void> {
    const { method = '' } = req;
    const body = await textOf(req);
    const answer = await this.more?.({ method, route, body });
    res.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    res.end(JSON.stringify(answer ?? {}));
  }

  #stream(res: ServerResponse, query: URLSearchParams): void {
    const after = Number(query.get('after'));
    if (Number(query.get('epoch')) !== this.epoch) {
      res.writeHead(410).end('another epoch');
      return;
    }
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.flushHeaders();
    if (after !== this.version) {
      res.write(`event: snapshot\ndata: ${JSON.stringify(this.full())}\n\n`);
    }
    this.#streams.add(res);
    res.on('close', () => this.#streams.delete(res));
  }

  async #enrol(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { token, publicKey } = JSON.parse(await textOf(req));
    if (token !== this.token) {
      res.writeHead(401).end('unknown invitation');
      return;
    }
    const gatewayId = `gw-${this.#gateways.size + 1}`;
    this.#gateways.set(gatewayId, publicKey);
    res.writeHead(201, { 'content-type': 'application/json' });
    res.end(
      JSON.stringify({
        gatewayId,
        signingKeys: [
          {
            keyId: this.key.keyId,
            use: 'snapshot',
            publicKey: this.key.publicKey,
            state: 'active',
          },
        ],
      }),
    );
  }

  async #isKnown(req: IncomingMessage, path: string): Promise<boolean> {
    const proof = (req.headers.authorization ?? '').replace('Gateway ', '');
    const publicKey = this.#gateways.get(readGatewayProofIssuer(proof) ?? '');
    if (!publicKey) {
      return false;
    }
    const result = await verifyGatewayProof(proof, publicKey, {
      method: req.method ?? '',
      path,
      now: new Date(),
      seen: jti => this.#seen.size === this.#seen.add(jti).size,
    });
    return result.ok;
  }
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** The secret of the n-th key of {@link someContent}. */
export const secretOf = (name: string) => `mh_${sha256Hex(name).slice(0, 43)}`;

/** One model for each case, and keys for each way to call them. */
export function someContent(): SnapshotContent {
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const earlier = new Date(Date.now() - 86_400_000).toISOString();
  const key = (id: string, profile: string, fields = {}) => ({
    id,
    hash: sha256Hex(secretOf(id)),
    profile,
    purpose: 'summarise',
    tier: 'internal' as const,
    ...fields,
  });
  const model = (gatewayId: string, fields = {}) => ({
    gatewayId,
    entityRef: `model:${gatewayId}`,
    provider: gatewayId.split('/')[0],
    lifecycle: 'active' as const,
    ...fields,
  });
  const grant = (id: string, gatewayId: string, fields = {}) => ({
    id,
    gatewayId,
    version: '1.0',
    tier: 'internal' as const,
    purpose: 'summarise',
    profile: 'strict',
    approvedAt: earlier,
    expiresAt: later,
    ...fields,
  });
  return {
    purposes: [],
    tiers: [],
    profiles: [
      { id: 'strict', title: 'Strict', enforcement: 'enforce' },
      { id: 'watched', title: 'Watched', enforcement: 'observe' },
      { id: 'warned', title: 'Warned', enforcement: 'warn' },
    ],
    keys: [
      key('strict', 'strict'),
      key('watched', 'watched'),
      key('warned', 'warned'),
      key('expired', 'strict', { expiresAt: earlier }),
      key('slow', 'strict', { limits: { requestsPerMinute: 2 } }),
      key('other-purpose', 'strict', { purpose: 'translate' }),
      key('high', 'strict', { tier: 'regulated' }),
    ],
    models: [
      model('acme/chat'),
      model('acme/embed'),
      model('acme/unapproved'),
      model('acme/old', {
        lifecycle: 'deprecated',
        sunset: '2030-01-01',
        successor: 'acme/chat',
      }),
      model('acme/gone', { lifecycle: 'retired' }),
      model('hosted/gpt'),
      model('nowhere/model'),
    ],
    grants: [
      grant('g-chat', 'acme/chat'),
      grant('g-embed', 'acme/embed'),
      grant('g-old', 'acme/old'),
      grant('g-gone', 'acme/gone'),
      grant('g-hosted', 'hosted/gpt', { providerModelId: 'gpt-2026-01-01' }),
      grant('g-nowhere', 'nowhere/model'),
    ],
  };
}
