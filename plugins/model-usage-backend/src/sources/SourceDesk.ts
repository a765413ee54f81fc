import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  modelGatewayManagePermission,
  type UsageSourceState,
} from '@modelhub/backstage-plugin-models-common';
import type { UsageSource } from '@modelhub/backstage-plugin-models-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Visibility } from '../access';
import type { SourceService } from './SourceService';

/** For so long whoever asks for a retry waits for how it went. */
const WAIT_MS = 10_000;

/** A retry is given up after so long; the schedule goes on. */
const RETRY_MS = 10 * 60_000;

/** What those who run the portal see of sources, and do. */
export class SourceDesk {
  static create(options: {
    service: Pick<SourceService, 'ask' | 'states'>;
    /** Those that are asked here. */
    sources: UsageSource[];
    visibility: Pick<Visibility, 'demand'>;
  }): SourceDesk {
    return new SourceDesk(options);
  }

  readonly #options: Parameters<typeof SourceDesk.create>[0];
  /** What runs here because somebody asked for it, by id of the source. */
  readonly #retries = new Map<string, Promise<void>>();

  private constructor(options: Parameters<typeof SourceDesk.create>[0]) {
    this.#options = options;
  }

  /**
   * How each source is, also of those that are asked no more.
   *
   * @throws NotAllowedError
   */
  async list(credentials: BackstageCredentials): Promise<UsageSourceState[]> {
    await this.#demand(credentials);
    return this.#states();
  }

  /**
   * Asks a source now. What takes longer than ten seconds goes on by itself.
   *
   * @throws NotFoundError for one that is not asked here
   */
  async retry(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<UsageSourceState> {
    await this.#demand(credentials);
    const source = this.#options.sources.find(it => it.id === id);
    if (!source) {
      throw new NotFoundError(
        `There is no source '${id}' in the configuration of this portal.`,
      );
    }
    const waited = new AbortController();
    await Promise.race([
      this.#run(source),
      sleep(WAIT_MS, undefined, { signal: waited.signal }).catch(() => {}),
    ]).finally(() => waited.abort());
    const states = await this.#states();
    return (
      states.find(it => it.id === id) ?? { id, isConfigured: true, taken: 0 }
    );
  }

  /** Once at a time here; what another replica counts meanwhile counts once. */
  #run(source: UsageSource): Promise<void> {
    const running =
      this.#retries.get(source.id) ??
      this.#options.service
        .ask(source, AbortSignal.timeout(RETRY_MS))
        .finally(() => this.#retries.delete(source.id));
    this.#retries.set(source.id, running);
    return running;
  }

  async #demand(credentials: BackstageCredentials): Promise<void> {
    await this.#options.visibility.demand(
      credentials,
      modelGatewayManagePermission,
    );
  }

  async #states(): Promise<UsageSourceState[]> {
    const { service, sources } = this.#options;
    const states = await service.states();
    const ids = new Set([...states, ...sources].map(({ id }) => id));
    return [...ids].sort().map(id => {
      const { cursor, ...state } = states.find(it => it.id === id) ?? {
        id,
        taken: 0,
      };
      const source = sources.find(it => it.id === id);
      const upTo =
        cursor === undefined
          ? undefined
          : source?.upTo?.(cursor)?.toISOString();
      return {
        ...state,
        isConfigured: source !== undefined,
        ...(upTo !== undefined && { upTo }),
      };
    });
  }
}
