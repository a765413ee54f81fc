import { useApi } from '@backstage/core-plugin-api';
import {
  type ModelServingApi,
  modelServingApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';

/** Something that changes what is kept; sent once, however often one clicks. */
export function useChange<T>() {
  const api = useApi(modelServingApiRef);
  const { submit, busy, error, reset } = useSubmission<{ answer: T }>();
  return {
    busy,
    error,
    reset,
    /** What came back, or undefined when it failed; then `error` says why. */
    send: <B extends object>(
      body: B,
      call: (api: ModelServingApi, body: B, key: string) => Promise<T>,
    ) =>
      submit({
        body,
        send: async (sent: B, key) => ({ answer: await call(api, sent, key) }),
      }),
  };
}
