import {
  type Live,
  MODEL_USAGE_SIGNAL,
  type ModelUsageApi,
  modelUsageApiRef,
  useLiveRoom,
} from '@modelhub/backstage-plugin-models-react';

/** Ask the usage backend, and again whenever it says that something changed. */
export function useUsage<T>(
  key: string,
  query: (api: ModelUsageApi, signal: AbortSignal) => Promise<T>,
): Live<T> {
  return useLiveRoom(modelUsageApiRef, MODEL_USAGE_SIGNAL, key, query);
}
