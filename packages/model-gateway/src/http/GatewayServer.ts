import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { GatewayConfig } from '../config';
import type { RequestHandler } from '../routes/RequestHandler';
import type { GatewayLogger } from '../telemetry';
import { OpenedServer, createServer } from '../tls';
import { ApiError } from './ApiError';

/** The HTTP face of the gateway: listens, and closes without breaking calls off. */
export class GatewayServer {
  readonly #config: Pick<GatewayConfig, 'listen' | 'limits'>;
  readonly #opened: OpenedServer;
  readonly #server: http.Server;
  readonly #handler: RequestHandler;

  /** @throws Error when certificates cannot be used */
  constructor(options: {
    config: GatewayConfig;
    handler: RequestHandler;
    logger: GatewayLogger;
  }) {
    this.#config = options.config;
    this.#handler = options.handler;
    const { requestTimeoutMs } = options.config.limits;
    this.#opened = createServer({
      http: {
        requestTimeout: requestTimeoutMs,
        headersTimeout: Math.min(10_000, requestTimeoutMs),
        connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs),
        requireHostHeader: true,
        insecureHTTPParser: false,
      },
      tls: options.config.listen.tls,
      logger: options.logger,
      handler: (req, res) => options.handler.handle(req, res),
    });
    this.#server = this.#opened.server;
    this.#server.on('clientError', (error, socket) =>
      refuseBrokenRequest(error as NodeJS.ErrnoException, socket as Socket),
    );
  }

  /** @returns the port, which the system chose when the configured one is 0 */
  async listen(): Promise<number> {
    const { host, port } = this.#config.listen;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Lets calls in progress end, for as long as the configuration says. */
  async close(): Promise<void> {
    this.#handler.drain();
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#server.closeIdleConnections();
    const timer = setTimeout(
      () => this.#server.closeAllConnections(),
      this.#config.limits.drainMs,
    );
    await closed;
    clearTimeout(timer);
    this.#opened.close();
  }
}

function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket) {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const refusal =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? new ApiError(408, 'request_timeout', 'The request took too long.')
      : new ApiError(400, 'bad_request', 'This is not a valid HTTP request.');
  const body = refusal.body();
  const reason = http.STATUS_CODES[refusal.status];
  socket.end(
    `HTTP/1.1 ${
      refusal.status
    } ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(
      body,
    )}\r\nconnection: close\r\n\r\n${body}`,
  );
}
