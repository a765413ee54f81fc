import {
  type Live,
  MODEL_GOVERNANCE_SIGNAL,
  type ModelGovernanceApi,
  modelGovernanceApiRef,
  useLiveRoom,
} from '@modelhub/backstage-plugin-models-react';

export type { Live };

/**
 * Ask the governance backend, and again whenever it says that something
 * changed. It does not say what: everybody hears it.
 *
 * @param key - Names the question; another key is another question.
 * @param options - `still` for an answer that a change does not matter to.
 */
export function useLive<T>(
  key: string,
  query: (api: ModelGovernanceApi, signal: AbortSignal) => Promise<T>,
  options?: { still?: boolean },
): Live<T> {
  return useLiveRoom(
    modelGovernanceApiRef,
    MODEL_GOVERNANCE_SIGNAL,
    key,
    query,
    options,
  );
}
