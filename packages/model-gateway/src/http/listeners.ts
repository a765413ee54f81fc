import http from 'node:http';
import https from 'node:https';
import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import { CallerServer } from '../downstream/http1';
import type { GatewayLogger } from '../telemetry';
import { type OpenedServer, type ServerTls, createServer } from '../tls';
import { ApiError } from './ApiError';
import type { CallerHandler } from './callerTypes';
import { fromNode } from './fromNode';

/** What listens, and ends without breaking answers off. */
export interface Listener {
  server: net.Server;
  /** @param patienceMs - after it, answers are broken off */
  close(patienceMs: number): Promise<void>;
}

/** What both kinds of listeners are told. */
export interface ListenerOptions {
  /** For a whole request, in milliseconds. */
  requestTimeoutMs: number;
  tls: ServerTls | undefined;
  logger: GatewayLogger;
  handler: CallerHandler;
}

const LONGEST_HEAD_MS = 10_000;
const IDLE_MS = 5_000;

const REFUSALS = {
  invalid: new ApiError(
    400,
    'bad_request',
    'This is not a valid HTTP request.',
  ),
  timeout: new ApiError(408, 'request_timeout', 'The request took too long.'),
  expectation: new ApiError(
    417,
    'unsupported_expectation',
    "This gateway meets no other expectation than '100-continue'.",
  ),
};

const closed = (server: net.Server) =>
  new Promise<void>(resolve => server.close(() => resolve()));

/**
 * Requests are read by the gateway's own reader.
 *
 * @throws Error when certificates cannot be used
 */
export function strictListener({
  requestTimeoutMs,
  tls: config,
  logger,
  handler,
}: ListenerOptions): Listener {
  const callers = new CallerServer({
    timeouts: {
      head: Math.min(LONGEST_HEAD_MS, requestTimeoutMs),
      request: requestTimeoutMs,
      idle: IDLE_MS,
    },
    handler,
    refusal: why => {
      const error = REFUSALS[why];
      return { status: error.status, body: error.body() };
    },
    failed: error =>
      logger.error('Unexpected', {
        reason: (error as Error).stack ?? String(error),
      }),
  });
  const accept = (socket: Socket) => callers.accept(socket);
  const opened = createServer({
    tls: config,
    logger,
    plain: () => net.createServer({ noDelay: true }, accept),
    secure: options =>
      tls.createServer(
        { ...options, noDelay: true, handshakeTimeout: LONGEST_HEAD_MS },
        accept,
      ),
  });
  return {
    server: opened.server,
    async close(patienceMs) {
      const ended = closed(opened.server);
      await callers.close(patienceMs);
      await ended;
      opened.close();
    },
  };
}

/**
 * Requests are read by Node's own server.
 *
 * @throws Error when certificates cannot be used
 */
export function nodeListener({
  requestTimeoutMs,
  tls: config,
  logger,
  handler,
}: ListenerOptions): Listener {
  const common = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(LONGEST_HEAD_MS, requestTimeoutMs),
    connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs),
    requireHostHeader: true,
    insecureHTTPParser: false,
  };
  const listener = fromNode(handler);
  const opened: OpenedServer = createServer({
    tls: config,
    logger,
    plain: () => http.createServer(common, listener),
    secure: options => https.createServer({ ...common, ...options }, listener),
  });
  const server = opened.server as http.Server;
  server.on('clientError', (error, socket) =>
    refuseBrokenRequest(error as NodeJS.ErrnoException, socket as Socket),
  );
  return {
    server,
    async close(patienceMs) {
      const ended = closed(server);
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
      await ended;
      clearTimeout(timer);
      opened.close();
    },
  };
}

function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket) {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const refusal =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? REFUSALS.timeout
      : REFUSALS.invalid;
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
