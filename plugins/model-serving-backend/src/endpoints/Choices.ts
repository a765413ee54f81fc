import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import type {
  AccessProfile,
  EndpointChoice,
  EndpointEngineChoice,
  EndpointResources,
  EndpointVersionChoice,
  ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type { EngineModel } from '@modelhub/backstage-plugin-models-node';
import type { ServingConfig } from '../config';
import type { EngineDesk } from '../engines';
import type { Governance } from '../governance';
import {
  engineModel,
  hourlyPrice,
  resourcesFor,
  type HourlyPrice,
  type Models,
} from '../models';
import type { Caller } from '../people';

/** An engine with what the model would take there. */
interface EngineOffer {
  choice: Omit<EndpointEngineChoice, 'queuePosition'>;
  resources?: EndpointResources;
  /** On what it takes. */
  note?: string;
}

/** Everything that somebody can choose, and what is chosen. */
export interface Chosen {
  entity: ModelEntityV1alpha1;
  entityRef: string;
  title: string;
  versions: EndpointVersionChoice[];
  modelVersion?: string;
  model?: EngineModel;
  teams: string[];
  team?: string;
  profiles: AccessProfile[];
  profile?: string;
  offers: EngineOffer[];
  engine?: string;
  resources?: EndpointResources;
  price: HourlyPrice;
  /** Why nothing can be begun with this choice; for people. */
  problem?: string;
}

/** Chooses what a caller left open, as the preview shows it and the start takes it. */
export class Choices {
  static create(options: {
    models: Models;
    governance: Governance;
    engines: EngineDesk;
    config: ServingConfig;
  }): Choices {
    return new Choices(options);
  }

  readonly #options: Parameters<typeof Choices.create>[0];

  private constructor(options: Parameters<typeof Choices.create>[0]) {
    this.#options = options;
  }

  /**
   * @throws NotFoundError for a model that the caller may not see
   * @throws NotAllowedError for a team or profile that is not the caller's
   * @throws InputError for a version or an engine that is not there
   */
  async make(caller: Caller, asked: EndpointChoice): Promise<Chosen> {
    const { models, config } = this.#options;
    const { credentials, teams } = caller;
    const entity = await models.get(asked.entityRef, credentials);
    const { versions, models: runnable } = versionsOf(entity);
    if (
      asked.modelVersion !== undefined &&
      !versions.some(({ name }) => name === asked.modelVersion)
    ) {
      throw new InputError(
        `The model has no version '${asked.modelVersion}'. Choose one of: ${
          versions.map(({ name }) => name).join(', ') || 'none'
        }.`,
      );
    }
    if (asked.team !== undefined && !teams.includes(asked.team)) {
      throw new NotAllowedError(
        `You are not a member of ${asked.team}. Choose one of your own teams.`,
      );
    }
    const profiles = await this.#profiles(credentials, asked.profile);
    const modelVersion =
      asked.modelVersion ?? versions.find(({ usable }) => usable)?.name;
    const model =
      modelVersion === undefined ? undefined : runnable.get(modelVersion);
    const offers = await this.#offers(entity, model);
    if (
      asked.engine !== undefined &&
      !offers.some(({ choice }) => choice.id === asked.engine)
    ) {
      throw new InputError(`There is no engine '${asked.engine}'.`);
    }
    const offer = offers.find(({ choice }) =>
      asked.engine === undefined ? choice.fits : choice.id === asked.engine,
    );
    const chosen = {
      entity,
      entityRef: stringifyEntityRef(entity),
      title: entity.metadata.title ?? entity.metadata.name,
      versions,
      modelVersion,
      model,
      teams,
      team: asked.team ?? teams[0],
      profiles,
      profile: asked.profile ?? profiles[0]?.id,
      offers,
      engine: offer?.choice.id,
      resources: offer?.resources,
    };
    return {
      ...chosen,
      price: priceOf(offer, config),
      problem: this.#problem(chosen, caller, offer),
    };
  }

  async #profiles(
    credentials: BackstageCredentials,
    asked: string | undefined,
  ): Promise<AccessProfile[]> {
    const profiles = await this.#options.governance.profilesOf(credentials);
    if (asked !== undefined && !profiles.some(({ id }) => id === asked)) {
      throw new NotAllowedError(
        `You are not a member of access profile '${asked}'. Choose one of your own, or ask its owner to add your group.`,
      );
    }
    return profiles;
  }

  async #offers(
    entity: ModelEntityV1alpha1,
    model: EngineModel | undefined,
  ): Promise<EngineOffer[]> {
    const { engines } = this.#options;
    const version = (entity.spec.versions ?? []).find(
      ({ name }) => name === model?.version,
    );
    return Promise.all(
      engines.all().map(async engine => {
        const { id, title } = engine;
        const health = await engines.health(id);
        if (!model || !version) {
          const reason = 'There is no version that can be run.';
          return { choice: { id, title, health, fits: false, reason } };
        }
        const fit = engine.fit(model, 'evaluation');
        if (!fit.fits) {
          const { reason } = fit;
          return { choice: { id, title, health, fits: false, reason } };
        }
        const { resources, note } = resourcesFor(
          entity,
          version,
          fit.resources,
        );
        const tooLarge = this.#tooLarge(id, resources, health.gpus?.total);
        return {
          resources,
          note,
          choice: {
            id,
            title,
            health,
            resources,
            fits: tooLarge === undefined,
            ...(tooLarge && { reason: tooLarge }),
          },
        };
      }),
    );
  }

  #tooLarge(
    engine: string,
    { gpus }: EndpointResources,
    total: number | undefined,
  ): string | undefined {
    const most = this.#options.config.engines[engine]?.gpus ?? total;
    return most !== undefined && gpus > most
      ? `It takes ${gpus} GPUs, and there are ${most} for evaluation here.`
      : undefined;
  }

  #problem(
    chosen: Omit<Chosen, 'price' | 'problem'>,
    { mayCreate, person }: Caller,
    offer: EngineOffer | undefined,
  ): string | undefined {
    const { config, engines } = this.#options;
    const { versions, modelVersion, model, team, profile, offers } = chosen;
    if (!person) return 'Only people start evaluation endpoints, not programs.';
    if (!mayCreate) {
      return 'This needs permission model.endpoint.create. Ask the team that runs the model hub.';
    }
    if (!config.gatewayUrl || !config.endpointSecret || !config.storageKey) {
      return 'This portal is not set up for evaluation endpoints. Ask the team that runs it to set modelServing.gatewayUrl, endpointSecret and storageKey.';
    }
    if (versions.length === 0) {
      return 'The card of the model names no version. Ask its owner to add one.';
    }
    if (!model) {
      const version =
        versions.find(({ name }) => name === modelVersion) ?? versions[0];
      return version.reason;
    }
    if (team === undefined) {
      return 'You are not a member of any team, and endpoints count for one. Ask to be added to a group in the catalog.';
    }
    if (profile === undefined) {
      return 'You are not a member of any access profile. Ask the owner of one to add your group.';
    }
    if (engines.all().length === 0) {
      return 'There is no engine to run models in this portal. Ask the team that runs it to configure one.';
    }
    if (!offer) {
      const [{ choice }] = offers;
      return offers.length === 1
        ? choice.reason
        : offers.map(it => `${it.choice.title}: ${it.choice.reason}`).join(' ');
    }
    if (!offer.choice.fits) return offer.choice.reason;
    const gpus = offer.resources?.gpus ?? 0;
    const quota = config.quotaOf(team);
    if (gpus > quota.gpus) {
      return `It takes ${gpus} GPUs, and your team may have ${quota.gpus} at once. Choose a smaller version or another engine, or ask the team that runs the model hub for a higher quota.`;
    }
    if (quota.endpoints < 1) {
      return 'Your team may have no evaluation endpoints. Ask the team that runs the model hub for a quota.';
    }
    return undefined;
  }
}

function versionsOf(entity: ModelEntityV1alpha1) {
  const models = new Map<string, EngineModel>();
  const versions = (entity.spec.versions ?? []).map(
    (version): EndpointVersionChoice => {
      const { name, artifact } = version;
      const model = engineModel(entity, version);
      const facts = {
        name,
        ...(artifact && {
          uri: artifact.uri,
          digest: artifact.digest,
          format: artifact.format,
          sizeBytes: artifact.sizeBytes,
        }),
      };
      if ('reason' in model) {
        return { ...facts, usable: false, reason: model.reason };
      }
      models.set(name, model);
      return { ...facts, usable: true };
    },
  );
  return { versions, models };
}

function priceOf(
  offer: EngineOffer | undefined,
  { engines, gpuPrices }: ServingConfig,
): HourlyPrice {
  if (!offer?.resources) {
    return { basis: 'Not known: there is no engine that it fits.' };
  }
  const { basis, ...price } = hourlyPrice(offer.resources, {
    engine: engines[offer.choice.id],
    gpuPrices,
  });
  return { ...price, basis: offer.note ? `${basis}. ${offer.note}` : basis };
}
