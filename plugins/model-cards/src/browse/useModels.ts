import type { ModelRowPage } from '@modelhub/backstage-plugin-models-common';
import {
  MODEL_CARDS_SIGNAL,
  modelCardsApiRef,
  RoomQuery,
  useLiveRetry,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { useRef } from 'react';
import {
  effectiveSort,
  formatModelSearch,
  ModelSearch,
  PAGE_SIZE,
} from './modelSearch';

/**
 * The models that a search finds, and again when the list changed. What is
 * there stays as it is while the same search is asked again, also when that
 * fails; another search is `loading` until its answer comes.
 */
export function useModels(search: ModelSearch): RoomQuery<ModelRowPage> {
  const question = formatModelSearch(search).toString();
  const { status, value, error, retry } = useRoomQuery(
    modelCardsApiRef,
    async (api, signal) => ({
      question,
      page: await api.listModels(
        {
          ...search.facets,
          ...effectiveSort(search),
          q: search.q || undefined,
          maxGpuMemoryGiB: search.maxGpuMemoryGiB,
          minContextTokens: search.minContextTokens,
          minRating: search.minRating,
          cursor: search.cursor,
          limit: PAGE_SIZE,
          facets: true,
        },
        { signal },
      ),
    }),
    [question],
  );
  useLiveRetry(MODEL_CARDS_SIGNAL, retry);

  const last = useRef<typeof value>();
  if (value) last.current = value;
  const isAgain =
    last.current?.question === question &&
    (status === 'loading' || status === 'error');
  return isAgain
    ? { status: 'ready', value: last.current?.page, retry }
    : { status, value: value?.page, error, retry };
}
