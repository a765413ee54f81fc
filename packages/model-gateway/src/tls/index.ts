export { connectorFor } from './connectorFor';
export type { Connector } from './connectorFor';
export { createServer } from './createServer';
export type { OpenedServer } from './createServer';
export {
  CLIENT_TLS_SCHEMA,
  SERVER_TLS_SCHEMA,
  toClientTls,
  toServerTls,
} from './TlsConfig';
export type { ClientTls, ServerTls, ServerTlsInFile } from './TlsConfig';
