import { useEffect } from 'react';
import { useBurst } from './useBurst';
import { useModelSignal } from './useModelSignal';

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
 * Ask again whenever a channel of signals says that something changed, and now
 * and then while the page is visible, for what a signal did not tell.
 *
 * @param channel - of signals, e.g. `model-cards`; what they say is not read
 * @param retry - asks again, as of {@link useRoomQuery}
 * @param options - `still` for an answer that a change does not matter to
 *
 * @public
 */
export function useLiveRetry(
  channel: string,
  retry: () => void,
  options: { still?: boolean } = {},
): void {
  const { still = false } = options;
  const onChange = useBurst(retry, BURST_MS);
  const { live } = useModelSignal(channel, () => {
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
}
