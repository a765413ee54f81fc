import {
  MODEL_GOVERNANCE_SIGNAL,
  ModelGovernanceApi,
  modelGovernanceApiRef,
  RoomQuery,
  useModelSignal,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { useEffect, useRef, useState } from 'react';
import { useBurst } from './useBurst';

export type Live<T> = Omit<RoomQuery<T>, 'value'> & {
  value?: T;
  /** Show this instead until the next answer, e.g. what a command returned. */
  set: (value: T) => void;
};

/** How often to look when the portal has no signals. */
const FALLBACK_INTERVAL_MS = 15_000;

/**
 * And how often when it has them: what is sent while the connection is down,
 * for example because its replica has ended, does not come again.
 */
const CATCH_UP_INTERVAL_MS = 30_000;

/** Changes come in bursts; for each there is one question at once and one at the end. */
const BURST_MS = 1000;

/**
 * Ask the governance backend, and again whenever it says that something
 * changed. It does not say what: everybody hears it.
 * The last answer stays while a newer one is on its way or failed to come.
 *
 * @param key - Names the question; another key is another question.
 * @param options - `still` for an answer that a change does not matter to.
 */
export function useLive<T>(
  key: string,
  query: (api: ModelGovernanceApi, signal: AbortSignal) => Promise<T>,
  options: { still?: boolean } = {},
): Live<T> {
  const result = useRoomQuery(
    modelGovernanceApiRef,
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

  const { still = false } = options;
  const onChange = useBurst(retry, BURST_MS);
  const { live } = useModelSignal(MODEL_GOVERNANCE_SIGNAL, () => {
    if (!still) onChange();
  });
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') retry();
    };
    const timer = setInterval(
      look,
      live ? CATCH_UP_INTERVAL_MS : FALLBACK_INTERVAL_MS,
    );
    return () => clearInterval(timer);
  }, [live, retry]);

  return {
    status: result.status,
    error: result.error,
    retry,
    value:
      override && override.over === answer ? override.value : answer?.value,
    set: value => setOverride({ over: answer, value }),
  };
}
