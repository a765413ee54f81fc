import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';
import { useEffect, useRef } from 'react';

/**
 * Channel on which the governance backend says that something changed, and not
 * what: everybody hears it.
 *
 * @public
 */
export const MODEL_GOVERNANCE_SIGNAL = 'model-governance';

/**
 * Channel on which the usage backend says that something changed, and not what.
 *
 * @public
 */
export const MODEL_USAGE_SIGNAL = 'model-usage';

/**
 * Channel on which the reviews backend says that something changed, and not
 * what.
 *
 * @public
 */
export const MODEL_REVIEWS_SIGNAL = 'model-reviews';

/**
 * Channel on which the serving backend says that an endpoint or a batch
 * changed, and not which.
 *
 * @public
 */
export const MODEL_SERVING_SIGNAL = 'model-serving';

/**
 * Channel on which the backend of model cards says that the list of models
 * changed: entities, approvals or ratings.
 *
 * @public
 */
export const MODEL_CARDS_SIGNAL = 'model-cards';

/**
 * Call `onSignal` for each signal of a channel. Does nothing in portals
 * without signals; `live` tells.
 *
 * @public
 */
export function useModelSignal<T extends JsonObject = JsonObject>(
  channel: string,
  onSignal: (message: T) => void,
): { live: boolean } {
  const signals = useApiHolder().get(signalApiRef);
  const latest = useRef(onSignal);
  latest.current = onSignal;

  useEffect(() => {
    if (!signals) return undefined;
    const { unsubscribe } = signals.subscribe<T>(channel, message =>
      latest.current(message),
    );
    return unsubscribe;
  }, [signals, channel]);

  return { live: Boolean(signals) };
}
