import {
  type Live,
  MODEL_SERVING_SIGNAL,
  type ModelServingApi,
  modelServingApiRef,
  useLiveRoom,
} from '@modelhub/backstage-plugin-models-react';

/** Ask the serving backend, and again whenever it says that something changed. */
export function useServing<T>(
  key: string,
  query: (api: ModelServingApi, signal: AbortSignal) => Promise<T>,
  options?: { still?: boolean },
): Live<T> {
  return useLiveRoom(
    modelServingApiRef,
    MODEL_SERVING_SIGNAL,
    key,
    query,
    options,
  );
}
