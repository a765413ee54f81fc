import type { ModelReviewCaller } from '@modelhub/backstage-plugin-models-common';
import {
  modelReviewsApiRef,
  type RoomQuery,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';

/** What the reader may do, whatever the model; asked once. */
export function useReviewCaller(): RoomQuery<ModelReviewCaller> {
  return useRoomQuery(
    modelReviewsApiRef,
    (api, signal) => api.getReviewCaller({ signal }),
    [],
  );
}
