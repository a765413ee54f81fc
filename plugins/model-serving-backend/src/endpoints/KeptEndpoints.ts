import { ConflictError, NotFoundError } from '@backstage/errors';
import type { SecretBox } from '@modelhub/backstage-plugin-models-node';
import type { EndpointAccess, Person, UsableEndpoint } from '../access';
import type { HubClock } from '../clock';
import type { EndpointStore } from './EndpointStore';
import { modelName } from './present';
import type { EndpointRecord } from './records';

/** More than anybody's teams may have at once. */
const MOST = 100;

/** What the playground gets of endpoints. */
export class KeptEndpoints implements EndpointAccess {
  static create(options: {
    store: EndpointStore;
    clock: HubClock;
    box: SecretBox | undefined;
  }): KeptEndpoints {
    return new KeptEndpoints(options);
  }

  readonly #options: Parameters<typeof KeptEndpoints.create>[0];

  private constructor(options: Parameters<typeof KeptEndpoints.create>[0]) {
    this.#options = options;
  }

  async usable(
    person: Person,
    filter: { profile?: string } = {},
  ): Promise<UsableEndpoint[]> {
    const found = await this.#options.store.list(
      { states: ['ready'], seenBy: { owner: person.ref, teams: person.refs } },
      { limit: MOST },
    );
    return found
      .filter(
        ({ profile }) =>
          filter.profile === undefined || profile === filter.profile,
      )
      .map(endpoint => this.#present(endpoint));
  }

  async open(
    person: Person,
    id: string,
  ): Promise<UsableEndpoint & { secret: string }> {
    const endpoint = await this.#options.store.get(id);
    if (
      !endpoint ||
      !(endpoint.owner === person.ref || person.refs.includes(endpoint.team))
    ) {
      throw new NotFoundError(
        `There is no evaluation endpoint ${id}, or you may not use it.`,
      );
    }
    if (endpoint.state !== 'ready') {
      throw new ConflictError(
        `The evaluation endpoint of ${endpoint.title} is not ready: it is ${endpoint.state}. Wait until it is ready, or start another one.`,
      );
    }
    return { ...this.#present(endpoint), secret: this.#secretOf(endpoint) };
  }

  #secretOf({ id, secret, owner }: EndpointRecord): string {
    try {
      const opened = secret && this.#options.box?.open(secret, id);
      if (opened) return opened;
    } catch {
      // Sealed with another storage key.
    }
    throw new ConflictError(
      `The secret of this endpoint's key cannot be read any more. ${owner} gets a new one on the endpoint's page.`,
    );
  }

  #present(endpoint: EndpointRecord): UsableEndpoint {
    const { clock } = this.#options;
    const { perHour, deadline } = endpoint;
    return {
      id: endpoint.id,
      entityRef: endpoint.entityRef,
      title: endpoint.title,
      gatewayId: endpoint.gatewayId,
      modelVersion: endpoint.modelVersion,
      model: modelName(endpoint),
      team: endpoint.team,
      owner: endpoint.owner,
      profile: endpoint.profile,
      purpose: endpoint.purpose,
      endsAt: clock.shown(deadline ?? clock.now()).toISOString(),
      ...(perHour !== undefined && {
        perHour: { amount: perHour, currency: 'USD' },
      }),
    };
  }
}
