import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  type Grant,
  type ModelGovernanceClient,
  type PlaygroundTarget,
  type PlaygroundTargets,
} from '@modelhub/backstage-plugin-models-common';
import type { EndpointAccess, Person } from '../../access';
import type { GatewayCalls } from '../gateway/GatewayCalls';
import type { PlaygroundKeys } from '../keys/PlaygroundKeys';
import type { People } from '../People';
import type { PlaygroundConfig } from '../readPlaygroundConfig';
import { SCORER_CHOICES } from '../files/scorerChoices';
import { converses } from './modelPrice';
import { hosted, onEndpoint, type TargetService } from './TargetService';

/** A gateway that is slower keeps nobody from the endpoints. */
const GATEWAY_MS = 2000;

export interface TargetListOptions {
  people: People;
  targets: Pick<TargetService, 'profiles' | 'profile' | 'ownToken'>;
  endpoints: EndpointAccess;
  governance: Pick<ModelGovernanceClient, 'getAllowlist'>;
  catalog: CatalogService;
  keys: Pick<PlaygroundKeys, 'kept'>;
  calls: Pick<GatewayCalls, 'models'>;
  config: Pick<PlaygroundConfig, 'purpose' | 'limits'>;
  logger: LoggerService;
}

/** What a person can prompt. */
export class TargetList {
  static create(options: TargetListOptions): TargetList {
    return new TargetList(options);
  }

  readonly #options: TargetListOptions;

  private constructor(options: TargetListOptions) {
    this.#options = options;
  }

  async list(
    query: { profile?: string },
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<PlaygroundTargets> {
    const { people, targets, endpoints, config } = this.#options;
    const person = await people.ofCaller(credentials);
    const [own, usable] = await Promise.all([
      targets.profiles(credentials),
      endpoints.usable(person),
    ]);
    const profile =
      query.profile !== undefined || own.length > 0
        ? (await targets.profile(query.profile, credentials)).id
        : undefined;
    const models =
      profile === undefined
        ? { items: [], problem: undefined }
        : await this.#hosted(person, profile, credentials);
    return {
      // Each has an access profile of its own, whichever is chosen.
      items: [...usable.map(onEndpoint), ...models.items],
      profiles: own.map(({ id, title }) => ({ id, title })),
      ...(profile !== undefined && { profile }),
      purpose: config.purpose,
      ...(models.problem !== undefined && { problem: models.problem }),
      limits: config.limits,
      scorers: SCORER_CHOICES.map(it => ({ ...it })),
    };
  }

  async #hosted(
    person: Person,
    profile: string,
    credentials: BackstageCredentials,
  ): Promise<{ items: PlaygroundTarget[]; problem?: string }> {
    let grants: Grant[];
    try {
      grants = await this.#grants(profile);
    } catch (error) {
      this.#options.logger.warn(
        `Hosted models are missing in the playground: ${stringifyError(error)}`,
      );
      return {
        items: [],
        problem:
          'Hosted models cannot be listed, because governance does not answer. Endpoints work all the same.',
      };
    }
    if (grants.length === 0) return { items: [] };
    const [{ items }, routed] = await Promise.all([
      this.#options.catalog.getEntitiesByRefs(
        {
          entityRefs: grants.map(({ entityRef }) => entityRef),
          fields: ['kind', 'apiVersion', 'metadata', 'spec'],
        },
        { credentials },
      ),
      this.#routed(person, profile),
    ]);
    return {
      items: grants.flatMap((grant, place) => {
        const entity = items[place];
        if (!entity || !isModelEntity(entity) || !converses(entity)) return [];
        const target = hosted(entity, grant);
        return routed && !routed.has(grant.gatewayId)
          ? [
              {
                ...target,
                available: false,
                reason:
                  'The gateway has no provider for it, or does not let it through. Start an evaluation endpoint for it, or ask the team that runs the gateway.',
              },
            ]
          : [target];
      }),
    };
  }

  /**
   * One for each version that is approved for the profile. Few may read the
   * whole allowlist; what is open to a profile, its members may know: their keys
   * call it.
   */
  async #grants(profile: string): Promise<Grant[]> {
    const { governance, targets, config } = this.#options;
    const { items } = await governance.getAllowlist({
      token: await targets.ownToken(),
    });
    const versions = new Map<string, Grant>();
    for (const grant of items) {
      if (grant.profile === profile && grant.purpose === config.purpose) {
        versions.set(`${grant.gatewayId}@${grant.modelVersion}`, grant);
      }
    }
    return [...versions.values()].sort((a, b) =>
      `${a.gatewayId}@${a.modelVersion}`.localeCompare(
        `${b.gatewayId}@${b.modelVersion}`,
      ),
    );
  }

  /**
   * What the gateway lets through, where there is a key to ask with already: one
   * is not made only to look.
   */
  async #routed(
    person: Person,
    profile: string,
  ): Promise<Set<string> | undefined> {
    const { keys, calls, logger } = this.#options;
    try {
      const key = await keys.kept(person.ref, profile);
      return (
        key && (await calls.models(key.secret, AbortSignal.timeout(GATEWAY_MS)))
      );
    } catch (error) {
      logger.debug(
        `The gateway does not say what it lets through: ${stringifyError(
          error,
        )}`,
      );
      return undefined;
    }
  }
}
