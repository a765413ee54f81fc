import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  type AccessProfile,
  type ModelEntityV1alpha1,
  type ModelGovernanceClient,
  type PlaygroundTarget,
} from '@modelhub/backstage-plugin-models-common';
import type { EndpointAccess, Person, UsableEndpoint } from '../../access';
import type { OpenKey, PlaygroundKeys } from '../keys/PlaygroundKeys';
import { pinOf, priceOf } from './modelPrice';
import { formatTargetId, parseTargetId } from './targetId';

/** A target with what a call needs; the secret is never kept or sent on. */
export interface OpenTarget {
  target: PlaygroundTarget;
  /** As calls of the gateway name it. */
  model: string;
  secret: string;
  /** What the version is, where the catalog says it. */
  pin?: string;
  /** Of a hosted model: who calls with which key. */
  key?: { person: string; profile: string } & OpenKey;
}

export interface TargetServiceOptions {
  auth: AuthService;
  catalog: CatalogService;
  governance: Pick<ModelGovernanceClient, 'checkAccess' | 'listAccessProfiles'>;
  endpoints: EndpointAccess;
  keys: PlaygroundKeys;
  purpose: string;
}

/** Opens targets: says what is called, with which key, as whom. */
export class TargetService {
  static create(options: TargetServiceOptions): TargetService {
    return new TargetService(options);
  }

  readonly #options: TargetServiceOptions;

  private constructor(options: TargetServiceOptions) {
    this.#options = options;
  }

  /**
   * For somebody who is there.
   *
   * @throws InputError, NotAllowedError, NotFoundError, ConflictError
   */
  async open(
    asked: { id: string; profile?: string },
    by: { person: Person; credentials: BackstageCredentials },
  ): Promise<OpenTarget> {
    const { endpoints, governance, keys, purpose } = this.#options;
    const { person, credentials } = by;
    const id = parseTargetId(asked.id);
    if (id.kind === 'endpoint') {
      const endpoint = await endpoints.open(person, id.id);
      return this.#ofEndpoint(endpoint, credentials);
    }
    const profile = (await this.profile(asked.profile, credentials)).id;
    const token = await this.token(credentials);
    const called = `${id.gatewayId}@${id.modelVersion}`;
    const decision = await governance.checkAccess(
      { body: { gatewayId: called, tier: 'sandbox', purpose, profile } },
      { token },
    );
    if (!decision.allowed || !decision.entityRef) {
      throw new NotAllowedError(
        `${decision.message}${
          decision.requestUrl ? ` Request access: ${decision.requestUrl}` : ''
        }`,
      );
    }
    const model = await this.#model(decision.entityRef, credentials);
    if (!model) {
      throw new NotAllowedError(
        `You may not see ${decision.entityRef} in the catalog. Ask its owner.`,
      );
    }
    const key = await keys.forCaller(person.ref, profile, credentials);
    return {
      target: hosted(model, { ...id, entityRef: decision.entityRef }),
      model: called,
      secret: key.secret,
      pin: pinOf(model, id.modelVersion),
      key: { person: person.ref, profile, ...key },
    };
  }

  /**
   * Of work that goes on without the person. What has changed since is refused
   * by the gateway, at each call.
   *
   * @throws NotFoundError, ConflictError
   */
  async reopen(
    target: Pick<PlaygroundTarget, 'id'>,
    by: { person: Person; profile?: string },
  ): Promise<Pick<OpenTarget, 'model' | 'secret' | 'key'>> {
    const { endpoints, keys } = this.#options;
    const id = parseTargetId(target.id);
    if (id.kind === 'endpoint') {
      return endpoints.open(by.person, id.id);
    }
    const profile = by.profile ?? '';
    const key = await keys.forWork(by.person.ref, profile);
    return {
      model: `${id.gatewayId}@${id.modelVersion}`,
      secret: key.secret,
      key: { person: by.person.ref, profile, ...key },
    };
  }

  /** The gateway did not know the key. */
  async refused({ key }: Pick<OpenTarget, 'key'>): Promise<void> {
    if (key) await this.#options.keys.refused(key.person, key.profile, key);
  }

  /** Access profiles of the caller. */
  async profiles(credentials: BackstageCredentials): Promise<AccessProfile[]> {
    const { governance } = this.#options;
    const { items } = await governance.listAccessProfiles({
      token: await this.token(credentials),
    });
    return items.filter(({ mine }) => mine);
  }

  /**
   * The one that was asked for, or the first.
   *
   * @throws InputError where there is none, NotAllowedError for one that is not the caller's
   */
  async profile(
    id: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<AccessProfile> {
    const own = await this.profiles(credentials);
    if (own.length === 0) {
      throw new InputError(
        'You are in no access profile, and models are called for one. Ask the owner of an access profile to add you or your team.',
      );
    }
    const found = id === undefined ? own[0] : own.find(it => it.id === id);
    if (found) return found;
    throw new NotAllowedError(
      `You are not a member of access profile '${id}'. Yours: ${own
        .map(it => it.id)
        .join(', ')}.`,
    );
  }

  /** Of this room, for what it looks up on behalf of nobody. */
  async ownToken(): Promise<string> {
    return this.token(await this.#options.auth.getOwnServiceCredentials());
  }

  async token(credentials: BackstageCredentials): Promise<string> {
    const { token } = await this.#options.auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'model-governance',
    });
    return token;
  }

  async #ofEndpoint(
    endpoint: UsableEndpoint & { secret: string },
    credentials: BackstageCredentials,
  ): Promise<OpenTarget> {
    const model = await this.#model(endpoint.entityRef, credentials);
    return {
      target: onEndpoint(endpoint),
      model: endpoint.model,
      secret: endpoint.secret,
      pin: model && pinOf(model, endpoint.modelVersion),
    };
  }

  async #model(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ModelEntityV1alpha1 | undefined> {
    const entity = await this.#options.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    return entity && isModelEntity(entity) ? entity : undefined;
  }
}

/** An endpoint as a target. */
export function onEndpoint(endpoint: UsableEndpoint): PlaygroundTarget {
  const { id, perHour, team, endsAt } = endpoint;
  const { entityRef, title, gatewayId, modelVersion } = endpoint;
  return {
    id: formatTargetId({ kind: 'endpoint', id }),
    kind: 'endpoint',
    title,
    entityRef,
    gatewayId,
    modelVersion,
    available: true,
    endpoint: { id, team, endsAt },
    ...(perHour && {
      price: {
        basis: 'time' as const,
        currency: perHour.currency,
        perHour: perHour.amount,
      },
    }),
  };
}

/** A hosted model as a target. */
export function hosted(
  model: ModelEntityV1alpha1,
  it: { entityRef: string; gatewayId: string; modelVersion: string },
): PlaygroundTarget {
  const { entityRef, gatewayId, modelVersion } = it;
  const price = priceOf(model);
  return {
    id: formatTargetId({ kind: 'model', gatewayId, modelVersion }),
    kind: 'model',
    title: model.metadata.title ?? model.metadata.name,
    entityRef,
    gatewayId,
    modelVersion,
    available: true,
    ...(price && { price }),
  };
}
