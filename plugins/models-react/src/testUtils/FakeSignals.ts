import type { SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';

type Listener = (message: JsonObject) => void;

/**
 * Signals that a test sends by itself.
 *
 * @public
 */
export class FakeSignals implements SignalApi {
  readonly #listeners = new Map<string, Set<Listener>>();

  subscribe<T extends JsonObject>(
    channel: string,
    onMessage: (message: T) => void,
  ) {
    const listeners = this.#listeners.get(channel) ?? new Set<Listener>();
    this.#listeners.set(channel, listeners);
    const listener = onMessage as Listener;
    listeners.add(listener);
    return { unsubscribe: () => listeners.delete(listener) };
  }

  send(channel: string, message: JsonObject): void {
    this.#listeners.get(channel)?.forEach(listener => listener(message));
  }
}
