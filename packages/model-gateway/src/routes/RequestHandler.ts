import { randomUUID } from 'node:crypto';
import type { Gatekeeper } from '../allowlist/Gatekeeper';
import type { GatewayLimits } from '../config';
import { ApiError, Dialect, sendError } from '../http/ApiError';
import type { CallerRequest, CallerResponse } from '../http/callerTypes';
import type { CallStage } from '../pipeline';
import { CallPipeline } from '../pipeline/CallPipeline';
import type { OnlineRoom } from '../online';
import type { Router } from '../routing/Router';
import type { GatewayLogger, LogFields } from '../telemetry/Logger';
import type { Metrics } from '../telemetry/Metrics';
import { CALL_ROUTES } from './callRoutes';
import { CallHandler } from './CallHandler';
import type { FeedbackRoute } from './FeedbackRoute';
import { FileRoutes } from './files/FileRoutes';
import { ModelRoutes } from './ModelRoutes';

/** What `/readyz` tells. */
export interface Readiness {
  ready: boolean;
  [detail: string]: unknown;
}

/** One request, and what its log line is to say. */
export interface Exchange {
  req: CallerRequest;
  res: CallerResponse;
  path: string;
  id: string;
  startedAt: number;
  fields: LogFields;
  /** Headers of every answer, names and values in turn. */
  common: readonly string[];
}

const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Finds the route of a request, and tells log and metrics how it ended. */
export class RequestHandler {
  readonly #calls: CallHandler;
  readonly #models: ModelRoutes;
  readonly #files: FileRoutes;
  readonly #feedback: FeedbackRoute;
  readonly #metrics: Metrics;
  readonly #logger: GatewayLogger;
  readonly #readiness: () => Readiness;
  readonly #showsMetrics: boolean;
  #draining = false;

  constructor(options: {
    limits: GatewayLimits;
    gatekeeper: Gatekeeper;
    /** Asked for each request, because it changes with the configuration. */
    router: () => Router;
    stages: readonly CallStage[];
    /** Seals the ids of files and batches. */
    batchSecret: string | undefined;
    metrics: Metrics;
    logger: GatewayLogger;
    readiness: () => Readiness;
    online: OnlineRoom;
    feedback: FeedbackRoute;
    /** Whether `/metrics` is answered here and not by a listener of its own. */
    showsMetrics: boolean;
  }) {
    const { gatekeeper, router, metrics, logger, stages, limits } = options;
    this.#feedback = options.feedback;
    this.#metrics = metrics;
    this.#logger = logger;
    this.#readiness = options.readiness;
    this.#showsMetrics = options.showsMetrics;
    const pipeline = new CallPipeline({ stages, logger, metrics });
    this.#calls = new CallHandler({
      gatekeeper,
      router,
      stages,
      pipeline,
      limits,
      online: options.online,
    });
    this.#models = new ModelRoutes({ gatekeeper, router });
    this.#files = new FileRoutes({
      gatekeeper,
      router,
      stages,
      limits,
      secret: options.batchSecret,
      logger,
    });
    metrics.gauge('calls', 'Calls at this moment.', () => this.#calls.running);
  }

  /** From now on, connections are closed after their answer. */
  drain(): void {
    this.#draining = true;
  }

  async handle(req: CallerRequest, res: CallerResponse): Promise<void> {
    const startedAt = performance.now();
    const id = randomUUID();
    const { url } = req;
    const question = url.indexOf('?');
    const path = question < 0 ? url : url.slice(0, question);
    const exchange: Exchange = {
      req,
      res,
      path,
      id,
      startedAt,
      fields: {
        requestId: id,
        method: req.method,
        route: undefined,
        status: undefined,
        ms: undefined,
        code: undefined,
        keyId: undefined,
        profile: undefined,
        model: undefined,
        approval: undefined,
        uncovered: undefined,
        provider: undefined,
        upstream: undefined,
      },
      common: this.#draining
        ? ['x-request-id', id, 'connection', 'close']
        : ['x-request-id', id],
    };
    const route = req.method === 'POST' ? CALL_ROUTES.get(path) : undefined;
    let code: string | undefined;
    try {
      if (route) {
        code = await this.#calls.handle(exchange, route);
      } else {
        await this.#other(exchange);
      }
    } catch (error) {
      const refusal = this.#toApiError(error, id);
      code = refusal.code;
      sendError(res, refusal, {
        headers: exchange.common,
        dialect: dialectOf(exchange),
      });
    }
    if (!PROBES.has(path)) {
      this.#note(exchange, this.#labelOf(path), code);
    }
  }

  /** A label of a metric must not be for callers to choose. */
  #labelOf(path: string): string {
    return CALL_ROUTES.has(path)
      ? path
      : this.#models.labelOf(path) ??
          this.#files.labelOf(path) ??
          this.#feedback.labelOf(path) ??
          'other';
  }

  #note(exchange: Exchange, route: string, code: string | undefined): void {
    const { res, fields, startedAt } = exchange;
    const ms = performance.now() - startedAt;
    const status = res.headersSent ? res.statusCode : 499;
    this.#metrics.answered(route, status, ms / 1000, code);
    fields.route = route;
    fields.status = status;
    fields.ms = Math.round(ms * 10) / 10;
    fields.code = code;
    this.#logger.info('Answered', fields);
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

  async #other(exchange: Exchange): Promise<void> {
    const { req, res, path, common } = exchange;
    const isGet = req.method === 'GET';
    if (isGet && path === '/healthz') {
      sendJson(res, 200, { status: 'ok' }, common);
    } else if (isGet && path === '/readyz') {
      const readiness = this.#readiness();
      const ready = readiness.ready && !this.#draining;
      sendJson(res, ready ? 200 : 503, { ...readiness, ready }, common);
    } else if (isGet && path === '/metrics' && this.#showsMetrics) {
      const text = await this.#metrics.text();
      res.writeHead(200, ['content-type', this.#metrics.contentType]);
      res.end(text);
    } else if (
      !(await this.#models.handle(exchange)) &&
      !(await this.#files.handle(exchange)) &&
      !(await this.#feedback.handle(exchange))
    ) {
      throw unknownRoute();
    }
  }
}

function unknownRoute(): ApiError {
  const calls = [
    ...CALL_ROUTES.keys(),
    '/v1/files',
    '/v1/batches',
    '/v1/feedback',
  ].join(', ');
  return new ApiError(
    404,
    'unknown_route',
    `This gateway does not have that route. It has GET /v1/models, GET /v1/models/{id}, GET /v1/decision, POST ${calls}.`,
    { headers: { connection: 'close' } },
  );
}

/** Anthropic's clients send a version with every request. */
export function dialectOf({ req, path }: Exchange): Dialect {
  return CALL_ROUTES.get(path)?.dialect === 'anthropic' ||
    req.headers['anthropic-version'] !== undefined
    ? 'anthropic'
    : 'openai';
}

/** @param headers - names and values in turn */
export function sendJson(
  res: CallerResponse,
  status: number,
  value: unknown,
  headers: readonly string[] = [],
): void {
  const body = JSON.stringify(value);
  res.writeHead(status, [
    'content-type',
    'application/json',
    'content-length',
    String(Buffer.byteLength(body)),
    ...headers,
  ]);
  res.end(body);
}
