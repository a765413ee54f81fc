import http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { GatewayLogger } from '../telemetry/Logger';
import type { ServerTls } from './TlsConfig';
import { TlsFiles, TlsMaterial } from './TlsFiles';

/** A server, and the files that it needs. */
export interface OpenedServer {
  server: http.Server;
  close(): void;
}

/**
 * A server for HTTP, or for HTTPS with certificates that are taken over when
 * their files change.
 *
 * @throws Error when the files cannot be used
 */
export function createServer(options: {
  http: http.ServerOptions;
  tls: ServerTls | undefined;
  logger: GatewayLogger;
  handler: http.RequestListener;
}): OpenedServer {
  const { tls, logger, handler } = options;
  if (!tls) {
    return {
      server: http.createServer(options.http, handler),
      close: () => {},
    };
  }
  const { certFile, keyFile, clientCaFile, requireClientCert } = tls;
  const asksCallers = clientCaFile !== undefined;
  const contextOf = (material: TlsMaterial) => ({
    ...material,
    minVersion: 'TLSv1.2' as const,
  });
  const opened: { server?: https.Server } = {};
  const files = TlsFiles.open({
    names: {
      cert: certFile,
      key: keyFile,
      ...(clientCaFile !== undefined && { ca: clientCaFile }),
    },
    logger,
    onChange: material => opened.server?.setSecureContext(contextOf(material)),
  });
  const server = https.createServer(
    {
      ...options.http,
      ...contextOf(files.material),
      requestCert: asksCallers,
      rejectUnauthorized: asksCallers && requireClientCert,
    },
    handler,
  );
  if (asksCallers && !requireClientCert) {
    server.on('secureConnection', refuseForeign);
  }
  opened.server = server;
  return { server, close: () => files.close() };
}

/** No certificate is as good as none; a foreign one is not. */
function refuseForeign(socket: TLSSocket): void {
  const shown = socket.getPeerCertificate();
  if (!socket.authorized && Object.keys(shown ?? {}).length > 0) {
    socket.destroy();
  }
}
