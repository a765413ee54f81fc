import {
  type Live,
  MODEL_REVIEWS_SIGNAL,
  type ModelReviewsApi,
  modelReviewsApiRef,
  useLiveRoom,
} from '@modelhub/backstage-plugin-models-react';

/** Ask the reviews backend, and again whenever it says that something changed. */
export function useReviews<T>(
  key: string,
  query: (api: ModelReviewsApi, signal: AbortSignal) => Promise<T>,
): Live<T> {
  return useLiveRoom(modelReviewsApiRef, MODEL_REVIEWS_SIGNAL, key, query);
}
