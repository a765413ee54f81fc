import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { GatewayLogger } from '../telemetry/Logger';
import type { ClientTls } from './TlsConfig';
import { TlsFiles, TlsMaterial } from './TlsFiles';

/** How undici opens connections, and the files that this needs. */
export interface Connector {
  connect:
    | buildConnector.connector
    | { timeout: number; lookup?: LookupFunction };
  close(): void;
}

/**
 * Connections that show and trust what the files hold at the moment; those that
 * are open stay as they are.
 *
 * @param timeout - for a connection to open, in milliseconds
 * @param more - `lookup`: how names are looked up, in place of the system's way
 * @throws Error when the files cannot be used
 */
export function connectorFor(
  tls: ClientTls | undefined,
  timeout: number,
  logger: GatewayLogger,
  more: { lookup?: LookupFunction } = {},
): Connector {
  if (!tls) {
    return { connect: { timeout, ...more }, close: () => {} };
  }
  const build = (material: TlsMaterial) =>
    // Sessions of older certificates shall not be taken up again.
    buildConnector({
      timeout,
      maxCachedSessions: 0,
      ...more,
      ...material,
    });
  const { caFile: ca, certFile: cert, keyFile: key } = tls;
  let connect: buildConnector.connector;
  const files = TlsFiles.open({
    names: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) },
    logger,
    onChange: material => {
      connect = build(material);
    },
  });
  connect = build(files.material);
  return {
    connect: (options, callback) => connect(options, callback),
    close: () => files.close(),
  };
}
