import { randomUUID } from 'node:crypto';
import http, { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { SnapshotModel } from '@modelhub/governance-protocol';
import type { Gatekeeper } from '../allowlist/Gatekeeper';
import type { GatewayConfig } from '../config';
import type { GatewayLogger, LogFields } from '../telemetry/Logger';
import type { Metrics } from '../telemetry/Metrics';
import type { Providers } from '../upstream/Providers';
import { forward } from '../upstream/forward';
import { ApiError, sendError } from './ApiError';
import { answerHeaders } from './answerHeaders';
import { readCall } from './readCall';

/** Routes that carry a model to a provider. */
const CALL_ROUTES = new Set(['/v1/chat/completions', '/v1/embeddings']);
const MODEL_ROUTE = '/v1/models/';

/** What `/readyz` tells. */
export interface Readiness {
  ready: boolean;
  [detail: string]: unknown;
}

interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  path: string;
  /** What the log line says about it. */
  fields: LogFields;
}

/** The HTTP face of the gateway. */
export class GatewayServer {
  readonly #config: GatewayConfig;
  readonly #gatekeeper: Gatekeeper;
  readonly #providers: Providers;
  readonly #metrics: Metrics;
  readonly #logger: GatewayLogger;
  readonly #readiness: () => Readiness;
  readonly #server: http.Server;
  #calls = 0;
  #draining = false;

  constructor(options: {
    config: GatewayConfig;
    gatekeeper: Gatekeeper;
    providers: Providers;
    metrics: Metrics;
    logger: GatewayLogger;
    readiness: () => Readiness;
  }) {
    this.#config = options.config;
    this.#gatekeeper = options.gatekeeper;
    this.#providers = options.providers;
    this.#metrics = options.metrics;
    this.#logger = options.logger;
    this.#readiness = options.readiness;
    const { requestTimeoutMs } = options.config.limits;
    this.#server = http.createServer(
      {
        requestTimeout: requestTimeoutMs,
        headersTimeout: Math.min(10_000, requestTimeoutMs),
        connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs),
        requireHostHeader: true,
        insecureHTTPParser: false,
      },
      (req, res) => this.#answer(req, res),
    );
    this.#server.on('clientError', (error, socket) =>
      refuseBrokenRequest(error as NodeJS.ErrnoException, socket as Socket),
    );
    options.metrics.gauge('calls', 'Calls at this moment.', () => this.#calls);
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
    this.#draining = true;
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
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const started = process.hrtime.bigint();
    const requestId = randomUUID();
    const path = (req.url ?? '').split('?', 1)[0];
    const exchange: Exchange = { req, res, path, fields: {} };
    res.setHeader('x-request-id', requestId);
    if (this.#draining) {
      res.setHeader('connection', 'close');
    }
    let failure: string | undefined;
    try {
      await this.#route(exchange);
    } catch (error) {
      const refusal = this.#toApiError(error, requestId);
      failure = refusal.code;
      sendError(res, refusal);
    }
    const route = routeLabel(path);
    if (route === 'probe') {
      return;
    }
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    this.#metrics.requests.add({ route, status: String(res.statusCode) });
    this.#metrics.duration.observe(seconds);
    this.#logger.info('Answered', {
      requestId,
      method: req.method,
      route,
      status: res.statusCode,
      ms: Math.round(seconds * 1e4) / 10,
      code: failure,
      ...exchange.fields,
    });
  }

  #toApiError(error: unknown, requestId: string): ApiError {
    if (error instanceof ApiError) {
      return error;
    }
    this.#logger.error('Unexpected', {
      requestId,
      reason: (error as Error).stack ?? String(error),
    });
    return new ApiError(
      500,
      'internal_error',
      `The gateway failed. Tell whoever runs it, with request id ${requestId}.`,
    );
  }

  async #route(exchange: Exchange): Promise<void> {
    const { req, res, path } = exchange;
    if (req.method === 'POST' && CALL_ROUTES.has(path)) {
      await this.#call(exchange);
    } else if (req.method === 'GET' && path === '/v1/models') {
      this.#listModels(exchange);
    } else if (req.method === 'GET' && path.startsWith(MODEL_ROUTE)) {
      this.#getModel(exchange);
    } else if (req.method === 'GET' && path === '/healthz') {
      sendJson(res, 200, { status: 'ok' });
    } else if (req.method === 'GET' && path === '/readyz') {
      const readiness = this.#readiness();
      const ready = readiness.ready && !this.#draining;
      sendJson(res, ready ? 200 : 503, { ...readiness, ready });
    } else if (req.method === 'GET' && path === '/metrics') {
      res.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
      res.end(this.#metrics.text());
    } else {
      throw new ApiError(
        404,
        'unknown_route',
        'This gateway does not have that route. It has POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models and GET /v1/models/{id}.',
        { headers: { connection: 'close' } },
      );
    }
  }

  async #call({ req, res, path, fields }: Exchange): Promise<void> {
    const caller = this.#gatekeeper.identify(req.headers.authorization);
    fields.keyId = caller.key.id;
    fields.profile = caller.key.profile;
    const { limits } = this.#config;
    if (this.#calls >= limits.maxConcurrent) {
      throw new ApiError(
        503,
        'overloaded',
        'This gateway has as many calls as it takes at one time. Try again shortly.',
        { headers: { 'retry-after': '1', connection: 'close' } },
      );
    }
    this.#calls += 1;
    try {
      const { body, model } = await readCall(req, limits.maxBodyBytes);
      fields.model = model;
      // The allowlist may have changed while the body came in.
      const admission = this.#gatekeeper.admit(
        this.#gatekeeper.renew(caller),
        model,
      );
      fields.approval = admission.grant?.id;
      fields.uncovered = admission.uncovered?.code;
      const target = this.#providers.targetOf(admission);
      if (!target) {
        throw new ApiError(
          503,
          'no_provider',
          `No provider is configured for model '${admission.gatewayId}'. Tell whoever runs the gateway.`,
        );
      }
      fields.provider = target.provider.name;
      const approved = admission.grant?.providerModelId;
      const isOther = (ran: string | undefined) =>
        approved !== undefined && ran !== undefined && ran !== approved;
      const result = await forward({
        target,
        path: path.slice('/v1'.length),
        body,
        res,
        headersFor: ran => ({
          ...answerHeaders(admission, caller.mode),
          ...(isOther(ran) && { 'x-modelhub-model-mismatch': 'true' }),
        }),
      });
      const other = result.models.find(isOther);
      if (other !== undefined) {
        this.#metrics.mismatches.add({ provider: target.provider.name });
        this.#logger.warn('The provider ran another model than the approved', {
          model,
          approved,
          ran: other,
        });
      }
      fields.upstream = result.error;
      if (result.error && result.error !== 'client_gone') {
        this.#countUpstreamError(target.provider.name, result.error);
      }
    } catch (error) {
      if (error instanceof ApiError && error.code.startsWith('upstream_')) {
        this.#countUpstreamError(String(fields.provider), error.code);
      }
      throw error;
    } finally {
      this.#calls -= 1;
    }
  }

  #countUpstreamError(provider: string, code: string): void {
    this.#metrics.upstreamErrors.add({ provider, code });
  }

  #listModels({ req, res, fields }: Exchange): void {
    const caller = this.#gatekeeper.identify(req.headers.authorization);
    fields.keyId = caller.key.id;
    const data = this.#gatekeeper
      .admissible(caller)
      .filter(({ gatewayId }) => this.#providers.has(gatewayId))
      .map(toOpenAIModel);
    sendJson(res, 200, { object: 'list', data });
  }

  #getModel({ req, res, path, fields }: Exchange): void {
    const caller = this.#gatekeeper.identify(req.headers.authorization);
    fields.keyId = caller.key.id;
    let id: string;
    try {
      id = decodeURIComponent(path.slice(MODEL_ROUTE.length));
    } catch {
      throw new ApiError(
        400,
        'invalid_model',
        'The id is not a valid URL part.',
      );
    }
    const admission = this.#gatekeeper.admit(caller, id);
    const { model } = admission;
    if (!model) {
      throw new ApiError(
        404,
        'model_not_found',
        `Model '${id}' is not known to the model hub.`,
        { param: 'model' },
      );
    }
    sendJson(
      res,
      200,
      toOpenAIModel(model),
      answerHeaders(admission, caller.mode),
    );
  }
}

function toOpenAIModel({ gatewayId, provider }: SnapshotModel) {
  return { id: gatewayId, object: 'model', created: 0, owned_by: provider };
}

function sendJson(
  res: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  const body = JSON.stringify(value);
  res.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  res.end(body);
}

/** A label of a metric must not be for callers to choose. */
function routeLabel(path: string): string {
  if (CALL_ROUTES.has(path) || path === '/v1/models') {
    return path;
  }
  if (path.startsWith(MODEL_ROUTE)) {
    return '/v1/models/{id}';
  }
  return ['/healthz', '/readyz', '/metrics'].includes(path) ? 'probe' : 'other';
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
