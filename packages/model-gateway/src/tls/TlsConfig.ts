import path from 'node:path';

/**
 * What the gateway shows to callers, and whether it asks them for a certificate.
 *
 * @public
 */
export interface ServerTls {
  /** PEM: the certificate, and those between it and its root. */
  certFile: string;
  /** PEM. */
  keyFile: string;
  /** PEM: who may issue the certificates of callers; without, none is asked for. */
  clientCaFile?: string;
  /** Whether a caller without certificate is refused. A foreign one always is. */
  requireClientCert: boolean;
}

/**
 * What the gateway trusts, and shows, when it calls.
 *
 * @public
 */
export interface ClientTls {
  /** PEM: who may have issued the server's certificate, in place of the system's. */
  caFile?: string;
  /** PEM: the gateway's own certificate … */
  certFile?: string;
  /** … and its key. */
  keyFile?: string;
}

/** As in the configuration file. */
export type ServerTlsInFile = Omit<ServerTls, 'requireClientCert'> &
  Partial<ServerTls>;

const file = { type: 'string', minLength: 1 } as const;
const optionalFile = { ...file, nullable: true } as const;

/** JSON Schema of `listen.tls` in the configuration file. */
export const SERVER_TLS_SCHEMA = {
  type: 'object',
  nullable: true,
  additionalProperties: false,
  required: ['certFile', 'keyFile'],
  properties: {
    certFile: file,
    keyFile: file,
    clientCaFile: optionalFile,
    requireClientCert: { type: 'boolean', nullable: true },
  },
} as const;

/** JSON Schema of `controlPlane.tls` and `providers[].tls`. */
export const CLIENT_TLS_SCHEMA = {
  type: 'object',
  nullable: true,
  additionalProperties: false,
  // A certificate is of no use without its key.
  dependencies: { certFile: ['keyFile'], keyFile: ['certFile'] },
  properties: {
    caFile: optionalFile,
    certFile: optionalFile,
    keyFile: optionalFile,
  },
} as const;

/**
 * Relative paths start from the folder of the configuration file.
 *
 * @throws Error when certificates are required and nobody may issue them
 */
export function toServerTls(
  inFile: ServerTlsInFile,
  folder: string,
): ServerTls {
  const { certFile, keyFile, clientCaFile, requireClientCert } = inFile;
  if (requireClientCert && clientCaFile === undefined) {
    throw new Error(
      'listen.tls.requireClientCert needs listen.tls.clientCaFile: who may issue the certificates of callers',
    );
  }
  return {
    certFile: path.resolve(folder, certFile),
    keyFile: path.resolve(folder, keyFile),
    ...(clientCaFile !== undefined && {
      clientCaFile: path.resolve(folder, clientCaFile),
    }),
    requireClientCert: requireClientCert ?? clientCaFile !== undefined,
  };
}

/** As {@link toServerTls}, for calls of the gateway. */
export function toClientTls(inFile: ClientTls, folder: string): ClientTls {
  return Object.fromEntries(
    Object.entries(inFile).map(([name, value]) => [
      name,
      path.resolve(folder, value),
    ]),
  );
}
