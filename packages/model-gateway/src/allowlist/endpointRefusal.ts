import type { RefusedDecision } from '@modelhub/governance-protocol';
import { ApiError } from '../http/ApiError';

/** Whether a call was refused for the endpoint of its key, and not by an approval. */
export const isOfEndpoint = ({ code }: RefusedDecision): boolean =>
  code === 'endpoint-not-ready' || code === 'endpoint-other-model';

/** There is nothing to ask for: another key does it, or some patience. */
export function endpointRefusal(decision: RefusedDecision): ApiError {
  const { code, message, model, profile, purpose, tier } = decision;
  const isStarting = code === 'endpoint-not-ready';
  return new ApiError(
    403,
    isStarting ? 'endpoint_not_ready' : 'endpoint_other_model',
    message,
    {
      type: 'model_access_denied',
      param: 'model',
      details: { reason: code, model, profile, purpose, tier },
      ...(isStarting && { headers: { 'retry-after': '5' } }),
    },
  );
}
