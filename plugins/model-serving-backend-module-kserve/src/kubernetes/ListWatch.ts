import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  KubernetesApi,
  KubernetesObject,
  KubernetesResource,
} from './KubernetesApi';
import { isGone, KubernetesError } from './KubernetesError';
import { pause } from './pause';

/** How a watch goes on. */
export interface WatchTimes {
  /** Seconds after which everything is listed again. */
  resyncSeconds: number;
  /** Milliseconds before it is tried again, doubled up to `longestDelay`. */
  firstDelay: number;
  longestDelay: number;
}

/** As they are without configuration. */
export const defaultWatchTimes: WatchTimes = {
  resyncSeconds: 300,
  firstDelay: 500,
  longestDelay: 30_000,
};

const keyOf = ({ metadata }: KubernetesObject) =>
  `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;

/** The connection ended in the middle: the server has said nothing against going on where it was. */
const isBrokenStream = (error: unknown): boolean =>
  !(error instanceof KubernetesError) &&
  !(error instanceof ServiceUnavailableError);

/**
 * Follows objects of one kind until a signal: lists, watches from there, lists
 * again every few minutes, when the server has forgotten where the watch was,
 * and after failures. What changed while nothing was watched is found by
 * comparing lists.
 */
export class ListWatch {
  static create(options: {
    api: KubernetesApi;
    resource: KubernetesResource;
    labelSelector: string;
    onChange: (object: KubernetesObject) => void;
    logger: LoggerService;
    times?: Partial<WatchTimes>;
  }): ListWatch {
    return new ListWatch(options);
  }

  readonly #options: Parameters<typeof ListWatch.create>[0];
  readonly #times: WatchTimes;
  readonly #known = new Map<string, KubernetesObject>();

  private constructor(options: Parameters<typeof ListWatch.create>[0]) {
    this.#options = options;
    this.#times = { ...defaultWatchTimes, ...options.times };
  }

  async run(signal: AbortSignal): Promise<void> {
    const { logger, resource } = this.#options;
    let delay = this.#times.firstDelay;
    while (!signal.aborted) {
      try {
        const from = await this.#list();
        delay = this.#times.firstDelay;
        await this.#watchUntilResync(from, signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (!isGone(error)) {
          logger.debug(
            `The watch of ${resource.plural} broke off and is begun again: ${error}`,
          );
          await pause(delay * (0.5 + Math.random() / 2), signal).catch(
            () => {},
          );
          delay = Math.min(delay * 2, this.#times.longestDelay);
        }
      }
    }
  }

  /** Lists, and tells what became different since the last thing that was seen. */
  async #list(): Promise<string> {
    const { api, resource, labelSelector } = this.#options;
    const { items, resourceVersion } = await api.list(resource, {
      labelSelector,
    });
    const present = new Map(items.map(item => [keyOf(item), item]));
    for (const [key, object] of [...this.#known]) {
      if (!present.has(key)) {
        this.#forget(key, object);
      }
    }
    for (const object of items) {
      this.#see(object);
    }
    return resourceVersion;
  }

  async #watchUntilResync(from: string, signal: AbortSignal): Promise<void> {
    const { api, resource, labelSelector } = this.#options;
    const until = Date.now() + this.#times.resyncSeconds * 1000;
    let resourceVersion = from;
    let delay = this.#times.firstDelay;
    while (!signal.aborted) {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      if (seconds <= 0) {
        return;
      }
      const before = resourceVersion;
      const events = api.watch(resource, {
        labelSelector,
        resourceVersion,
        timeoutSeconds: seconds,
        signal,
      });
      try {
        for await (const { type, object } of events) {
          resourceVersion = object.metadata?.resourceVersion ?? resourceVersion;
          if (type === 'DELETED') {
            this.#forget(keyOf(object), object);
          } else if (type !== 'BOOKMARK') {
            this.#see(object);
          }
        }
      } catch (error) {
        if (!isBrokenStream(error)) {
          throw error;
        }
      }
      // A server that ends every watch at once is not asked without a pause.
      delay =
        before === resourceVersion
          ? Math.min(delay * 2, this.#times.longestDelay)
          : this.#times.firstDelay;
      if (Date.now() < until) {
        await pause(delay, signal).catch(() => {});
      }
    }
  }

  #see(object: KubernetesObject) {
    const key = keyOf(object);
    const known = this.#known.get(key)?.metadata?.resourceVersion;
    if (known === undefined || known !== object.metadata?.resourceVersion) {
      // Only what tells of changes is kept.
      this.#known.set(key, { metadata: object.metadata });
      this.#options.onChange(object);
    }
  }

  #forget(key: string, object: KubernetesObject) {
    if (this.#known.delete(key)) {
      this.#options.onChange(object);
    }
  }
}
