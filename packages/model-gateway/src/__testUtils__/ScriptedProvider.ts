import http, { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a provider got it. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  json: Json;
}

/** As far as tests read it. */
interface Json {
  model: string;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
}

type Script = (received: Received, res: ServerResponse) => void;

/** A provider that answers as a test tells it and keeps what it got. */
export class ScriptedProvider {
  readonly received: Received[] = [];
  /** What it does about a request. */
  script: Script;
  readonly #server: http.Server;

  private constructor(script: Script) {
    this.script = script;
    this.#server = http.createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', chunk => chunks.push(chunk));
      req.on('end', () => {
        const body = Buffer.concat(chunks);
        const received = {
          method: req.method ?? '',
          path: req.url ?? '',
          headers: req.headers,
          body,
          json: parse(body),
        };
        this.received.push(received);
        this.script(received, res);
      });
    });
  }

  static async create(script: Script = () => {}): Promise<ScriptedProvider> {
    const provider = new ScriptedProvider(script);
    await new Promise<void>(resolve =>
      provider.#server.listen(0, '127.0.0.1', () => resolve()),
    );
    return provider;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/v1`;
  }

  get last(): Received {
    return this.received[this.received.length - 1];
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

function parse(body: Buffer): Json {
  try {
    return JSON.parse(body.toString());
  } catch {
    return { model: '' };
  }
}

/** Answers with JSON. */
export function sendJson(
  res: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(value));
}

/** Answers with server-sent events; names go before data. */
export function sendEvents(
  res: ServerResponse,
  events: Array<object | string>,
): void {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) {
    const name = (event as { type?: string }).type;
    const data = typeof event === 'string' ? event : JSON.stringify(event);
    res.write(`${name ? `event: ${name}\n` : ''}data: ${data}\n\n`);
  }
  res.end();
}
