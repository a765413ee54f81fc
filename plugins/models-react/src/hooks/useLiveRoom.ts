import type { ApiRef } from '@backstage/core-plugin-api';
import { useRef, useState } from 'react';
import { useLiveRetry } from './useLiveRetry';
import { type RoomQuery, useRoomQuery } from './useRoom';

/**
 * What came of a {@link useLiveRoom}.
 *
 * @public
 */
export type Live<T> = Omit<RoomQuery<T>, 'value'> & {
  value?: T;
  /** Show this instead until the next answer, e.g. what a command returned. */
  set: (value: T) => void;
};

/**
 * Ask another room, and again whenever its channel of signals says that
 * something changed. The last answer stays while a newer one is on its way or
 * failed to come. A portal without signals is asked every 15 seconds while the
 * page is visible.
 *
 * @param channel - of signals, e.g. `model-usage`; what they say is not read
 * @param key - names the question; another key is another question
 * @param options - `still` for an answer that a change does not matter to
 *
 * @public
 */
export function useLiveRoom<A, T>(
  apiRef: ApiRef<A>,
  channel: string,
  key: string,
  query: (api: A, signal: AbortSignal) => Promise<T>,
  options: { still?: boolean } = {},
): Live<T> {
  const result = useRoomQuery(
    apiRef,
    async (api, signal) => ({ key, value: await query(api, signal) }),
    [key],
  );
  const { retry } = result;
  const last = useRef<{ key: string; value: T }>();
  if (result.value) last.current = result.value;
  const answer = last.current?.key === key ? last.current : undefined;
  const [override, setOverride] = useState<{
    over?: { key: string; value: T };
    value: T;
  }>();

  useLiveRetry(channel, retry, options);

  return {
    status: result.status,
    error: result.error,
    retry,
    value:
      override && override.over === answer ? override.value : answer?.value,
    set: value => setOverride({ over: answer, value }),
  };
}
