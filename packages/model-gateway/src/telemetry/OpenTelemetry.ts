import {
  Attributes,
  Context,
  DiagLogLevel,
  ROOT_CONTEXT,
  Span,
  SpanKind,
  SpanStatusCode,
  TextMapGetter,
  Tracer,
  defaultTextMapGetter,
  defaultTextMapSetter,
  diag,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type {
  CallContext,
  CallEntry,
  CallOutcome,
  CallRefusal,
} from '../pipeline';
import type { BudgetLevel } from '../usage';
import type { GatewayLogger } from './Logger';
import { createGenAiMetrics } from './genAiMetrics';
import type { OpenTelemetrySwitch } from './openTelemetrySwitch';
import { operationOf } from './operations';

const SCOPE = '@modelhub/gateway';
const SHUTDOWN_MS = 5_000;

/** The spans of one call. */
export interface CallSpans {
  /** For the provider: names and values in turn. */
  headers(): string[];
  end(outcome: CallOutcome): void;
}

/**
 * Sends traces and metrics of calls over OTLP/HTTP, as the standard `OTEL_*`
 * environment says. What callers write and what models answer is never in them.
 */
export class OpenTelemetry {
  readonly #tracers: BasicTracerProvider | undefined;
  readonly #meters: MeterProvider | undefined;
  readonly #tracer: Tracer | undefined;
  readonly #record: ReturnType<typeof createGenAiMetrics> | undefined;
  readonly #propagator = new W3CTraceContextPropagator();

  constructor(options: {
    on: OpenTelemetrySwitch;
    name: string;
    logger: GatewayLogger;
  }) {
    const { on, name, logger } = options;
    if (on.warning !== undefined) {
      logger.warn(on.warning);
    }
    reportTo(logger);
    const resource = defaultResource()
      .merge(
        resourceFromAttributes({
          'service.name': 'model-gateway',
          'service.instance.id': name,
        }),
      )
      .merge(detectResources({ detectors: [envDetector] }));
    if (on.traces) {
      this.#tracers = new BasicTracerProvider({
        resource,
        spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
      });
      this.#tracer = this.#tracers.getTracer(SCOPE);
    }
    if (on.metrics) {
      const interval =
        Number(process.env.OTEL_METRIC_EXPORT_INTERVAL) || 60_000;
      this.#meters = new MeterProvider({
        resource,
        readers: [
          new PeriodicExportingMetricReader({
            exporter: new OTLPMetricExporter(),
            exportIntervalMillis: interval,
            exportTimeoutMillis: Math.min(
              interval,
              Number(process.env.OTEL_METRIC_EXPORT_TIMEOUT) || 30_000,
            ),
          }),
        ],
      });
      this.#record = createGenAiMetrics(this.#meters.getMeter(SCOPE));
    }
  }

  /** Tells what is left of budgets whenever metrics are exported. */
  observeBudgets(levels: () => Iterable<BudgetLevel>): void {
    const meter = this.#meters?.getMeter(SCOPE);
    const gauge = meter?.createObservableGauge('modelhub.budget.left', {
      description:
        'What nobody has spent of a monthly budget, in whole units of the currency.',
    });
    gauge?.addCallback(result => {
      for (const { budget, month, currency, left } of levels()) {
        result.observe(left, {
          'modelhub.budget': budget,
          'modelhub.budget.month': month,
          'modelhub.budget.currency': currency,
        });
      }
    });
  }

  /** The spans of a call that was admitted; nothing without traces. */
  begin(context: CallContext): CallSpans | undefined {
    if (!this.#tracer) {
      return undefined;
    }
    const operation = operationOf(context.route);
    const { gatewayId } = context.admission;
    const server = this.#serverSpan(context);
    const client = this.#tracer.startSpan(
      `${operation} ${gatewayId}`,
      {
        kind: SpanKind.CLIENT,
        attributes: {
          'gen_ai.operation.name': operation,
          'gen_ai.request.model': gatewayId,
        },
      },
      trace.setSpan(ROOT_CONTEXT, server),
    );
    return {
      headers: () => this.#headersOf(client),
      end: outcome => {
        endClient(client, outcome);
        endServer(server, outcome.status, outcome.code);
      },
    };
  }

  /** Records the metrics of a call that was admitted. */
  ended(context: CallContext, outcome: CallOutcome): void {
    this.#record?.(context, outcome);
  }

  /** A call that was refused before it was admitted. */
  refused(entry: CallEntry, { status, code }: CallRefusal): void {
    if (this.#tracer) {
      endServer(this.#serverSpan(entry), status, code);
    }
  }

  /** Sends what is waiting, for as long as it may take. */
  async shutdown(): Promise<void> {
    const ended = Promise.allSettled([
      this.#tracers?.shutdown(),
      this.#meters?.shutdown({ timeoutMillis: SHUTDOWN_MS }),
    ]);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise(resolve => {
      timer = setTimeout(resolve, SHUTDOWN_MS);
    });
    await Promise.race([ended, late]);
    clearTimeout(timer);
  }

  #serverSpan(entry: CallEntry): Span {
    const { key, mode } = entry.caller;
    return this.#tracer!.startSpan(
      `POST ${entry.route}`,
      {
        kind: SpanKind.SERVER,
        startTime: performance.timeOrigin + entry.startedAt,
        attributes: {
          'http.request.method': 'POST',
          'modelhub.request.id': entry.id,
          'modelhub.route': entry.route,
          'modelhub.key.id': key.id,
          'modelhub.profile': key.profile,
          'modelhub.purpose': key.purpose,
          'modelhub.tier': key.tier,
          'modelhub.enforcement': mode,
        },
      },
      this.#parentOf(entry),
    );
  }

  #parentOf({ traceparent, tracestate }: CallEntry): Context {
    return traceparent === undefined
      ? ROOT_CONTEXT
      : this.#propagator.extract(
          ROOT_CONTEXT,
          { traceparent, tracestate },
          defaultTextMapGetter as TextMapGetter,
        );
  }

  #headersOf(span: Span): string[] {
    const headers: Record<string, string> = {};
    this.#propagator.inject(
      trace.setSpan(ROOT_CONTEXT, span),
      headers,
      defaultTextMapSetter,
    );
    return Object.entries(headers).flat();
  }
}

function endClient(span: Span, outcome: CallOutcome): void {
  const { usage, provider, providerModel, admission, attempts } = outcome;
  const attributes: Attributes = {
    'gen_ai.provider.name': provider ?? 'none',
    'modelhub.attempts': attempts,
    'modelhub.shortcut': outcome.shortcut,
    ...(providerModel !== undefined && {
      'gen_ai.response.model': providerModel,
    }),
    ...(admission?.grant && { 'modelhub.approval.id': admission.grant.id }),
    ...(admission?.uncovered && {
      'modelhub.uncovered': admission.uncovered.code,
    }),
    ...(usage && {
      'gen_ai.usage.input_tokens': usage.inputTokens,
      'gen_ai.usage.output_tokens': usage.outputTokens,
      'modelhub.usage.estimated': usage.estimated,
    }),
  };
  span.setAttributes(attributes);
  endWith(span, outcome.status, outcome.code);
}

function endServer(span: Span, status: number, code: string | undefined): void {
  span.setAttribute('http.response.status_code', status);
  endWith(span, status, code);
}

function endWith(span: Span, status: number, code: string | undefined): void {
  if (code !== undefined) {
    span.setAttribute('error.type', code);
  }
  if (status >= 500 || code?.startsWith('upstream_')) {
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/** What OpenTelemetry itself has to complain about, for example an endpoint that is away. */
function reportTo(logger: GatewayLogger): void {
  const warn = (message: string) =>
    logger.warn('OpenTelemetry', { reason: message.slice(0, 500) });
  const nothing = () => {};
  diag.setLogger(
    { error: warn, warn, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
