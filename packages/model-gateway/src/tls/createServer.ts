import type net from 'node:net';
import type tls from 'node:tls';
import type { GatewayLogger } from '../telemetry/Logger';
import type { ServerTls } from './TlsConfig';
import { TlsFiles, TlsMaterial } from './TlsFiles';

/** A server, and the files that it needs. */
export interface OpenedServer {
  server: net.Server;
  close(): void;
}

/**
 * A server without TLS, or one with certificates that are taken over when their
 * files change.
 *
 * @throws Error when the files cannot be used
 */
export function createServer(options: {
  tls: ServerTls | undefined;
  logger: GatewayLogger;
  plain: () => net.Server;
  secure: (options: tls.TlsOptions) => tls.Server;
}): OpenedServer {
  const { tls: config, logger } = options;
  if (!config) {
    return { server: options.plain(), close: () => {} };
  }
  const { certFile, keyFile, clientCaFile, requireClientCert } = config;
  const asksCallers = clientCaFile !== undefined;
  const contextOf = (material: TlsMaterial) => ({
    ...material,
    minVersion: 'TLSv1.2' as const,
  });
  const opened: { server?: tls.Server } = {};
  const files = TlsFiles.open({
    names: {
      cert: certFile,
      key: keyFile,
      ...(clientCaFile !== undefined && { ca: clientCaFile }),
    },
    logger,
    onChange: material => opened.server?.setSecureContext(contextOf(material)),
  });
  const server = options.secure({
    ...contextOf(files.material),
    ALPNProtocols: ['http/1.1'],
    requestCert: asksCallers,
    rejectUnauthorized: asksCallers && requireClientCert,
  });
  if (asksCallers && !requireClientCert) {
    server.on('secureConnection', refuseForeign);
  }
  opened.server = server;
  return { server, close: () => files.close() };
}

/** No certificate is as good as none; a foreign one is not. */
function refuseForeign(socket: tls.TLSSocket): void {
  const shown = socket.getPeerCertificate();
  if (!socket.authorized && Object.keys(shown ?? {}).length > 0) {
    socket.destroy();
  }
}
