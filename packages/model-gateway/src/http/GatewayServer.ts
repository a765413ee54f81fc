import type { AddressInfo } from 'node:net';
import type { GatewayConfig } from '../config';
import type { RequestHandler } from '../routes/RequestHandler';
import type { GatewayLogger } from '../telemetry';
import { type Listener, nodeListener, strictListener } from './listeners';

/** The HTTP face of the gateway: listens, and closes without breaking calls off. */
export class GatewayServer {
  readonly #config: Pick<GatewayConfig, 'listen' | 'limits'>;
  readonly #listener: Listener;
  readonly #handler: RequestHandler;

  /** @throws Error when certificates cannot be used */
  constructor(options: {
    config: GatewayConfig;
    handler: RequestHandler;
    logger: GatewayLogger;
  }) {
    const { config, handler, logger } = options;
    this.#config = config;
    this.#handler = handler;
    const open = config.listen.http1 === 'node' ? nodeListener : strictListener;
    this.#listener = open({
      requestTimeoutMs: config.limits.requestTimeoutMs,
      tls: config.listen.tls,
      logger,
      handler: (req, res) => handler.handle(req, res),
    });
    this.#listener.server.maxConnections = config.limits.maxConnections;
  }

  /** @returns the port, which the system chose when the configured one is 0 */
  async listen(): Promise<number> {
    const { host, port } = this.#config.listen;
    const { server } = this.#listener;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return (server.address() as AddressInfo).port;
  }

  /** Lets calls in progress end, for as long as the configuration says. */
  async close(): Promise<void> {
    this.#handler.drain();
    await this.#listener.close(this.#config.limits.drainMs);
  }
}
