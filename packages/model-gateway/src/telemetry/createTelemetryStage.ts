import type { CallContext, CallOutcome, CallStage } from '../pipeline';
import type { Metrics } from './Metrics';
import type { OpenTelemetry } from './OpenTelemetry';
import type { TelemetryConfig } from './TelemetryConfig';

const NONE: readonly string[] = [];
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Counts every call, and traces it where OpenTelemetry is switched on. Has to
 * come first, so that it sees how every other stage ended the call.
 *
 * @param options - `costOf`: what a call cost, where that is known
 */
export function createTelemetryStage(options: {
  metrics: Metrics;
  config: Pick<TelemetryConfig, 'propagateTraceTo'>;
  openTelemetry?: OpenTelemetry;
  costOf: (
    context: CallContext,
    outcome: CallOutcome,
  ) => { costMicros: number; currency: string } | undefined;
}): CallStage {
  const { metrics, openTelemetry, costOf } = options;
  const propagated = new Set(options.config.propagateTraceTo);
  const goesTo = (provider: string) =>
    propagated.has(provider) || propagated.has('*');
  return {
    name: 'telemetry',
    begin: context => {
      const spans = openTelemetry?.begin(context);
      return {
        end: outcome => {
          metrics.ended(context, outcome, costOf(context, outcome));
          openTelemetry?.ended(context, outcome);
          spans?.end(outcome);
        },
        ...(propagated.size > 0 && {
          upstreamHeaders: provider =>
            goesTo(provider) ? spans?.headers() ?? passedOn(context) : NONE,
        }),
      };
    },
    ...(openTelemetry && {
      refused: (entry, refusal) => openTelemetry.refused(entry, refusal),
    }),
  };
}

/** Without spans of its own, the gateway passes on what it was given. */
function passedOn({ traceparent, tracestate }: CallContext): readonly string[] {
  if (traceparent === undefined || !TRACEPARENT.test(traceparent)) {
    return NONE;
  }
  return tracestate === undefined
    ? ['traceparent', traceparent]
    : ['traceparent', traceparent, 'tracestate', tracestate];
}
