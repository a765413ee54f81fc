import type { Attributes, Meter } from '@opentelemetry/api';
import type { CallContext, CallOutcome } from '../pipeline';
import { operationOf } from './operations';

const MOST_REMEMBERED = 5_000;

/** Buckets that the conventions advise. */
const TOKENS = [
  1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304,
  16777216, 67108864,
];
const SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48,
  40.96, 81.92,
];
const FIRST_TOKEN = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5,
  7.5, 10,
];
const PER_TOKEN = [
  0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5,
];

/**
 * Records the metrics that OpenTelemetry defines for generative AI.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/
 */
export function createGenAiMetrics(
  meter: Meter,
): (context: CallContext, outcome: CallOutcome) => void {
  const histogram = (
    name: string,
    unit: string,
    description: string,
    explicitBucketBoundaries: number[],
  ) =>
    meter.createHistogram(name, {
      unit,
      description,
      advice: { explicitBucketBoundaries },
    });
  const tokens = histogram(
    'gen_ai.client.token.usage',
    '{token}',
    'Number of input and output tokens used.',
    TOKENS,
  );
  const duration = histogram(
    'gen_ai.client.operation.duration',
    's',
    'Time that a provider took, all attempts together.',
    SECONDS,
  );
  const request = histogram(
    'gen_ai.server.request.duration',
    's',
    'Time from the call to the last byte or output token.',
    SECONDS,
  );
  const firstToken = histogram(
    'gen_ai.server.time_to_first_token',
    's',
    'Time to the first token of a streamed answer.',
    FIRST_TOKEN,
  );
  const perToken = histogram(
    'gen_ai.server.time_per_output_token',
    's',
    'Time per output token after the first one, of a streamed answer.',
    PER_TOKEN,
  );
  const remembered = new Map<string, Attributes>();

  function attributesOf(context: CallContext, outcome: CallOutcome) {
    const { gatewayId } = outcome.admission ?? context.admission;
    const { provider, providerModel } = outcome;
    const key = `${context.route}\n${gatewayId}\n${provider}\n${providerModel}`;
    let attributes = remembered.get(key);
    if (!attributes) {
      attributes = {
        'gen_ai.operation.name': operationOf(context.route),
        'gen_ai.provider.name': provider ?? 'none',
        'gen_ai.request.model': gatewayId,
        ...(providerModel !== undefined && {
          'gen_ai.response.model': providerModel,
        }),
      };
      if (remembered.size >= MOST_REMEMBERED) {
        remembered.clear();
      }
      remembered.set(key, attributes);
    }
    return attributes;
  }

  return (context, outcome) => {
    const { usage, latencyMs, firstByteMs, upstreamMs, code } = outcome;
    const common = attributesOf(context, outcome);
    const withError =
      code === undefined ? common : { ...common, 'error.type': code };
    request.record(latencyMs / 1000, withError);
    if (upstreamMs !== undefined) {
      duration.record(upstreamMs / 1000, withError);
    }
    if (usage) {
      tokens.record(usage.inputTokens, {
        ...common,
        'gen_ai.token.type': 'input',
      });
      tokens.record(usage.outputTokens, {
        ...common,
        'gen_ai.token.type': 'output',
      });
    }
    if (context.streamed && firstByteMs !== undefined && code === undefined) {
      firstToken.record(firstByteMs / 1000, common);
      if (usage && usage.outputTokens > 1) {
        const rest = (latencyMs - firstByteMs) / 1000;
        perToken.record(rest / (usage.outputTokens - 1), common);
      }
    }
  };
}
