import type { LoggerService } from '@backstage/backend-plugin-api';
import type { HubClock } from '../clock';
import type { EndpointStore } from '../endpoints/EndpointStore';
import { ownsId } from '../endpoints/endpointId';
import type { EngineDesk } from '../engines';

/** What nobody knows of may be what another replica begins in this moment. */
const GRACE_MS = 60_000;

/**
 * Ends what engines have and nobody wants: after a crash at a bad moment, or
 * with a database of yesterday. What belongs to another hub is left alone.
 */
export class Orphans {
  static create(options: {
    clock: HubClock;
    engines: EngineDesk;
    logger: LoggerService;
    store: Pick<EndpointStore, 'held'>;
  }): Orphans {
    return new Orphans(options);
  }

  readonly #options: Parameters<typeof Orphans.create>[0];
  /** When one was seen first, by engine and id. */
  readonly #seen = new Map<string, number>();

  private constructor(options: Parameters<typeof Orphans.create>[0]) {
    this.#options = options;
  }

  async collect(): Promise<void> {
    const { engines, logger } = this.#options;
    await Promise.all(
      engines.all().map(({ id }) =>
        this.#collectAt(id).catch(error => {
          logger.debug(`What ${id} has is not known: ${error}`);
        }),
      ),
    );
  }

  async #collectAt(engineId: string): Promise<void> {
    const { clock, engines, store, logger } = this.#options;
    const list = await engines.ask(engineId, engine => engine.list());
    const ours = list
      .filter(({ phase, kind }) => phase !== 'gone' && kind !== 'deployment')
      .map(({ id }) => id)
      .filter(id => ownsId(clock.instance, id));
    const held = await store.held(ours);
    const orphans = ours.filter(id => !held.has(id));
    const keys = new Set(orphans.map(id => `${engineId} ${id}`));
    for (const key of this.#seen.keys()) {
      if (key.startsWith(`${engineId} `) && !keys.has(key)) {
        this.#seen.delete(key);
      }
    }
    for (const id of orphans) {
      const key = `${engineId} ${id}`;
      const first = this.#seen.get(key) ?? clock.now();
      this.#seen.set(key, first);
      if (clock.now() - first < GRACE_MS) continue;
      logger.warn(
        `${engines.title(engineId)} has ${id}, which nobody wants: it is ended`,
      );
      await engines.ask(engineId, engine => engine.stop(id));
    }
  }
}
