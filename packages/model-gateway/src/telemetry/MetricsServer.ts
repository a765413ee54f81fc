import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './Metrics';

/** A listener for `/metrics`, `/healthz` and `/readyz` alone, apart from calls. */
export class MetricsServer {
  readonly #server: http.Server;

  private constructor(server: http.Server) {
    this.#server = server;
  }

  /** @throws when the port is taken */
  static async create(options: {
    listen: { host: string; port: number };
    metrics: Metrics;
    readiness: () => { ready: boolean };
  }): Promise<MetricsServer> {
    const { listen, metrics, readiness } = options;
    const server = http.createServer((req, res) => {
      const path = req.method === 'GET' ? req.url?.split('?')[0] : undefined;
      if (path === '/metrics') {
        metrics.text().then(
          text =>
            res
              .writeHead(200, { 'content-type': metrics.contentType })
              .end(text),
          () => res.writeHead(500).end(),
        );
      } else if (path === '/readyz') {
        const state = readiness();
        sendJson(res, state.ready ? 200 : 503, state);
      } else if (path === '/healthz') {
        sendJson(res, 200, { status: 'ok' });
      } else {
        res.writeHead(404).end();
      }
    });
    server.requestTimeout = 10_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(listen.port, listen.host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return new MetricsServer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

function sendJson(res: http.ServerResponse, status: number, value: object) {
  res
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(value));
}
