import { ConflictError, InputError } from '@backstage/errors';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { knows, type GatewayStore } from '../gateways';

/** A gateway that was away for longer says what it knows when it comes back. */
const AWAY_MS = 15 * 60_000;

/**
 * Gateways, as far as experiments concern them. One that is too old to know
 * them refuses every snapshot that holds one, as it refuses anything that it
 * does not understand: so none starts while such a gateway is connected.
 */
export class Fleet {
  static create(options: {
    gateways: Pick<GatewayStore, 'list'>;
    clock: Clock;
  }): Fleet {
    return new Fleet(options);
  }

  readonly #options: Parameters<typeof Fleet.create>[0];

  private constructor(options: Parameters<typeof Fleet.create>[0]) {
    this.#options = options;
  }

  /** @throws ConflictError that names the gateways that are too old */
  async demandReady(): Promise<void> {
    const { gateways, clock } = this.#options;
    const since = clock.now().getTime() - AWAY_MS;
    const old = (await gateways.list()).filter(
      gateway =>
        !gateway.removedAt &&
        Date.parse(gateway.lastSeenAt ?? '') > since &&
        !knows(gateway.features, 'experiments'),
    );
    if (old.length > 0) {
      throw new ConflictError(
        `These gateways do not know experiments, and would refuse the whole allowlist: ${old
          .map(({ name }) => name)
          .join(', ')}. Update them first.`,
      );
    }
  }

  /** Whether a gateway that says this takes an allowlist with experiments. */
  static isReady(features: string): boolean {
    return knows(features, 'experiments');
  }

  /** @throws InputError for an id that is no enrolled gateway's */
  async known(ids: string[]): Promise<string[]> {
    const live = (await this.#options.gateways.list()).filter(
      ({ removedAt }) => !removedAt,
    );
    const stranger = ids.find(id => !live.some(gateway => gateway.id === id));
    if (stranger) {
      throw new InputError(
        `There is no enrolled gateway '${stranger}'. There are: ${live
          .map(({ id, name }) => `${name} (${id})`)
          .join(', ')}.`,
      );
    }
    return [...new Set(ids)].sort();
  }
}
