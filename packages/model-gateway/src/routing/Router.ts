import { BoundEndpoint, boundEndpoint } from '@modelhub/governance-protocol';
import { createHash } from 'node:crypto';
import type { Gatekeeper } from '../allowlist/Gatekeeper';
import type { AliasConfig, AliasTarget, RoutingConfig } from '../config';
import type { EndpointProviders } from '../endpoints';
import { ApiError } from '../http/ApiError';
import type { Admission, Caller } from '../pipeline';
import type { Provider, Providers } from '../upstream/Providers';
import { Circuit } from './Circuit';
import type { Flags } from './Flags';
import { RetryBudget } from './RetryBudget';

/** A target that was admitted: whom to ask, for what. */
export interface Candidate {
  admission: Admission;
  provider: Provider;
  /** The provider's name of the model. */
  model: string;
  circuit: Circuit;
}

/** What became of one target of a model or alias. */
export interface Considered {
  target: AliasTarget;
  candidate?: Candidate;
  refusal?: ApiError;
}

/** Which targets a model or an alias stands for, each admitted by itself. */
export class Router {
  readonly providers: Providers;
  readonly config: RoutingConfig;
  readonly budget: RetryBudget;
  readonly #gatekeeper: Gatekeeper;
  readonly #endpoints: EndpointProviders;
  readonly #aliases: ReadonlyMap<string, AliasConfig>;
  readonly #flags: Flags;
  readonly #asksFlag: boolean;
  readonly #circuits = new Map<Provider, Map<string, Circuit>>();

  constructor(options: {
    gatekeeper: Gatekeeper;
    providers: Providers;
    endpoints: EndpointProviders;
    aliases: Record<string, AliasConfig>;
    config: RoutingConfig;
    flags: Flags;
  }) {
    this.#gatekeeper = options.gatekeeper;
    this.providers = options.providers;
    this.#endpoints = options.endpoints;
    this.#aliases = new Map(Object.entries(options.aliases));
    this.config = options.config;
    this.#flags = options.flags;
    this.budget = new RetryBudget(options.config.retryBudget);
    this.#asksFlag =
      options.flags.choosePlacement && options.providers.havePlacements;
  }

  /** Names of all aliases. */
  get aliases(): Iterable<string> {
    return this.#aliases.keys();
  }

  /**
   * A model of the hub always goes before an alias of the same name. The key of
   * an endpoint has no aliases: it stands for one model.
   */
  aliasOf(caller: Caller, name: string): AliasConfig | undefined {
    return this.#aliases.size > 0 &&
      !caller.key.endpoint &&
      caller.index.model(name) === undefined
      ? this.#aliases.get(name)
      : undefined;
  }

  /**
   * The targets to try, in order. Waits only where a flag is asked.
   *
   * @throws ApiError 403 when none is allowed, 503 when none has a provider
   */
  candidates(
    caller: Caller,
    model: string,
    trace: string | undefined,
  ): Candidate[] | Promise<Candidate[]> {
    if (this.#asksFlag && !caller.key.endpoint) {
      return this.#wish(caller, model).then(placement =>
        this.#admitted(caller, model, trace, placement),
      );
    }
    return this.#admitted(caller, model, trace, undefined);
  }

  /** Whether a call of a model or alias would go to any target. */
  isAdmitted(caller: Caller, model: string): boolean {
    try {
      return this.#admitted(caller, model, undefined, undefined).length > 0;
    } catch (error) {
      if (error instanceof ApiError) {
        return false;
      }
      throw error;
    }
  }

  /** Every target with what speaks for or against it; throws nothing. */
  async explain(
    caller: Caller,
    model: string,
    trace: string | undefined,
  ): Promise<Considered[]> {
    const placement =
      this.#asksFlag && !caller.key.endpoint
        ? await this.#wish(caller, model)
        : undefined;
    return this.#targets(caller, model, trace).map(target => {
      try {
        const candidate = this.#admit(caller, target, placement);
        return { target, candidate };
      } catch (error) {
        if (!(error instanceof ApiError)) {
          throw error;
        }
        return { target, refusal: error };
      }
    });
  }

  /** State of every circuit that is not closed. */
  openCircuits(): Array<{ provider: string; model: string; state: string }> {
    const ofProviders = [...this.#circuits].flatMap(([provider, circuits]) =>
      [...circuits]
        .filter(([, circuit]) => circuit.state !== 'closed')
        .map(([model, circuit]) => ({
          provider: provider.name,
          model,
          state: circuit.state,
        })),
    );
    return [...ofProviders, ...this.#endpoints.openCircuits()];
  }

  /** Lets calls in progress end. */
  async retire(): Promise<void> {
    await Promise.all([this.providers.retire(), this.#endpoints.retire()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.providers.close(), this.#endpoints.close()]);
  }

  #wish(caller: Caller, model: string): Promise<string | undefined> {
    const { id, profile, tier, purpose } = caller.key;
    return this.#flags.placement({ key: id, profile, tier, purpose, model });
  }

  #admitted(
    caller: Caller,
    model: string,
    trace: string | undefined,
    placement: string | undefined,
  ): Candidate[] {
    const targets = this.#targets(caller, model, trace);
    if (targets.length === 1) {
      return [this.#admit(caller, targets[0], placement)];
    }
    const admitted: Candidate[] = [];
    let refusal: ApiError | undefined;
    for (const target of targets) {
      try {
        admitted.push(this.#admit(caller, target, placement));
      } catch (error) {
        if (!(error instanceof ApiError)) {
          throw error;
        }
        refusal ??= error;
      }
    }
    if (admitted.length === 0 && refusal) {
      throw refusal;
    }
    return admitted;
  }

  #targets(
    caller: Caller,
    model: string,
    trace: string | undefined,
  ): AliasTarget[] {
    const alias = this.aliasOf(caller, model);
    return alias
      ? [pick(alias, stickTo(alias, caller, trace)), ...alias.fallbacks]
      : [{ model }];
  }

  #admit(
    caller: Caller,
    target: AliasTarget,
    placement: string | undefined,
  ): Candidate {
    if (caller.key.endpoint) {
      return this.#admitToEndpoint(caller, target, boundEndpoint(caller.key));
    }
    const gatewayId = this.#gatekeeper.idOf(caller, target.model);
    const provider = this.providers.choose(gatewayId, {
      name: target.provider,
      placement,
    });
    const admission = this.#gatekeeper.admit(
      caller,
      target.model,
      provider && this.#gatekeeper.isBounded(caller)
        ? provider.bounds
        : undefined,
    );
    if (!provider) {
      throw new ApiError(
        503,
        'no_provider',
        `No provider is configured for model '${gatewayId}'. Tell whoever runs the gateway.`,
      );
    }
    const model = this.providers.modelName(provider, admission);
    return {
      admission,
      provider,
      model,
      circuit: this.#circuit(provider, model),
    };
  }

  /** Only ever at the endpoint of its key, whatever else serves the model. */
  #admitToEndpoint(
    caller: Caller,
    { model }: AliasTarget,
    endpoint: BoundEndpoint | undefined,
  ): Candidate {
    const admission = this.#gatekeeper.admit(
      caller,
      model,
      this.#gatekeeper.isBounded(caller) ? this.#endpoints.bounds : undefined,
    );
    if (!endpoint) {
      throw new Error('A key without a bound endpoint was admitted');
    }
    const { provider, circuit } = this.#endpoints.of(endpoint);
    return { admission, provider, model: endpoint.model, circuit };
  }

  #circuit(provider: Provider, model: string): Circuit {
    let circuits = this.#circuits.get(provider);
    if (!circuits) {
      circuits = new Map();
      this.#circuits.set(provider, circuits);
    }
    let circuit = circuits.get(model);
    if (!circuit) {
      circuit = new Circuit(this.config);
      circuits.set(model, circuit);
    }
    return circuit;
  }
}

/** A number from 0 to 1, the same for the same caller and task. */
function stickTo(
  { sticky }: AliasConfig,
  caller: Caller,
  trace: string | undefined,
): number {
  const by = sticky === 'trace' && trace !== undefined ? trace : caller.key.id;
  return sticky === 'none'
    ? Math.random()
    : createHash('sha256').update(by).digest().readUInt32BE() / 2 ** 32;
}

/** The target whose share of the weights holds a point from 0 to 1. */
export function pick(
  { targets }: Pick<AliasConfig, 'targets'>,
  point: number,
): AliasTarget {
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  let left = point * total;
  for (const target of targets) {
    left -= target.weight;
    if (left < 0) {
      return target;
    }
  }
  return targets[targets.length - 1];
}
