import {
  signSnapshot,
  generateSigningKey,
  sortContent,
  type SnapshotContent,
} from '@modelhub/governance-protocol';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { World } from './startUsage';

const GOVERNANCE = '/api/model-governance';

/**
 * What gateways take for a portal: it lets them enrol, gives them an allowlist,
 * and passes what is for the usage backend on to it, as long as that is there.
 */
export class TestPortal {
  /** Port of the usage backend; absent while it is down. */
  usagePort: number | undefined;
  /** The next answers of the usage backend to batches get lost on their way. */
  losesAnswers = 0;
  lost = 0;
  readonly #content: SnapshotContent;
  readonly #world: World;
  readonly #key = generateSigningKey();
  readonly #server: http.Server;

  private constructor(content: SnapshotContent, world: World) {
    this.#content = sortContent(content);
    this.#world = world;
    this.#server = http.createServer((req, res) => {
      this.#answer(req, res).catch(() => res.destroy());
    });
  }

  static async create(
    content: SnapshotContent,
    world: World,
  ): Promise<TestPortal> {
    const portal = new TestPortal(content, world);
    await new Promise<void>(resolve => {
      portal.#server.listen(0, '127.0.0.1', () => resolve());
    });
    return portal;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? '').split('?')[0];
    if (path.startsWith('/api/model-usage/')) {
      await this.#pass(req, res);
    } else if (path === `${GOVERNANCE}/gateways/enrol`) {
      const { name, publicKey } = JSON.parse(await textOf(req));
      this.#world.gateways.set(name, { publicKey });
      sendJson(res, {
        gatewayId: name,
        signingKeys: [{ use: 'snapshot', publicKey: this.#key.publicKey }],
      });
    } else if (path === `${GOVERNANCE}/allowlist/snapshot`) {
      const now = Date.now();
      sendJson(
        res,
        signSnapshot(
          {
            kind: 'full',
            header: {
              format: 'modelhub.dev/allowlist.v1',
              epoch: 1,
              version: 1,
              issuedAt: new Date(now).toISOString(),
              notAfter: new Date(now + 900_000).toISOString(),
              keyId: this.#key.keyId,
            },
            content: this.#content,
          },
          this.#key.privateKey,
        ),
      );
    } else if (path === `${GOVERNANCE}/allowlist/stream`) {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.flushHeaders();
    } else {
      res.writeHead(204).end();
    }
  }

  async #pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await textOf(req);
    if (this.usagePort === undefined) {
      res.destroy();
      return;
    }
    const answer = await fetch(`http://127.0.0.1:${this.usagePort}${req.url}`, {
      method: req.method,
      headers: {
        'content-type': 'application/json',
        authorization: String(req.headers.authorization),
      },
      body,
    });
    const text = await answer.text();
    if (req.url?.endsWith('/batches') && this.losesAnswers > 0) {
      this.losesAnswers -= 1;
      this.lost += 1;
      res.destroy();
      return;
    }
    res.writeHead(answer.status, { 'content-type': 'application/json' });
    res.end(text);
  }
}

function sendJson(res: ServerResponse, value: unknown): void {
  res.writeHead(200, { 'content-type': 'application/json' });
  res.end(JSON.stringify(value));
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
