import type { Placement } from '@modelhub/governance-protocol';
import type {
  GatewayLimits,
  ProviderApi,
  ProviderConfig,
  ProviderPlacement,
} from '../config';
import type { Admission } from '../pipeline';
import type { GatewayLogger } from '../telemetry';
import { Connector, connectorFor } from '../tls';
import { UpstreamPool } from './http1';

/** A provider with its open connections. */
export interface Provider {
  name: string;
  pool: UpstreamPool;
  /** Path that stands before the routes of the API. */
  basePath: string;
  apis: readonly ProviderApi[];
  /** Where it processes and for how long it keeps prompts. */
  bounds: Placement;
  placement: ProviderPlacement | undefined;
  apiKey: string | undefined;
}

interface Entry {
  connector: Connector;
  config: ProviderConfig;
  provider: Provider;
}

/** Ids that are asked for again and again are found without a search. */
const MOST_REMEMBERED = 20_000;

/** Finds the provider of a model by the patterns of the configuration. */
export class Providers {
  readonly #entries: Entry[];
  readonly #found = new Map<string, Entry[]>();

  /** @throws Error when certificates of a provider cannot be used */
  constructor(
    configs: ProviderConfig[],
    limits: GatewayLimits,
    logger: GatewayLogger,
  ) {
    this.#entries = configs.map(config => {
      const timeout = Math.min(5_000, limits.upstreamTimeoutMs);
      const connector = connectorFor(config.tls, timeout, logger);
      const provider = open(config, limits, connector);
      return { config, connector, provider };
    });
  }

  /** Every provider that a model could run at, in the order of preference. */
  of(gatewayId: string): readonly Provider[] {
    return this.#find(gatewayId).map(({ provider }) => provider);
  }

  has(gatewayId: string): boolean {
    return this.#find(gatewayId).length > 0;
  }

  named(name: string): Provider | undefined {
    return this.#entries.find(it => it.provider.name === name)?.provider;
  }

  /** Whether any provider has a placement to choose by. */
  get havePlacements(): boolean {
    return this.#entries.some(({ config }) => config.placement);
  }

  /**
   * The provider to use, by its name or its placement where one is wished.
   */
  choose(
    gatewayId: string,
    wish: { name?: string; placement?: string },
  ): Provider | undefined {
    const found = this.#find(gatewayId);
    if (wish.name !== undefined) {
      return found.find(it => it.provider.name === wish.name)?.provider;
    }
    const placed =
      wish.placement === undefined
        ? undefined
        : found.find(it => it.provider.placement === wish.placement);
    return (placed ?? found[0])?.provider;
  }

  /**
   * The provider's name for what was admitted. An approval that is pinned to a
   * provider's own model id is sent with exactly that; others with the
   * configured name of the version or the model.
   */
  modelName(provider: Provider, { gatewayId, grant }: Admission): string {
    const { models, stripPrefix } = this.#find(gatewayId).find(
      it => it.provider === provider,
    )!.config;
    const named = (id: string) =>
      Object.hasOwn(models, id) ? models[id] : undefined;
    return (
      grant?.providerModelId ??
      (grant && named(`${gatewayId}@${grant.version}`)) ??
      named(gatewayId) ??
      (stripPrefix ? gatewayId.slice(gatewayId.indexOf('/') + 1) : gatewayId)
    );
  }

  /** Lets calls in progress end. */
  async retire(): Promise<void> {
    this.#closeConnectors();
    await Promise.all(
      this.#entries.map(({ provider }) => provider.pool.close()),
    );
  }

  async close(): Promise<void> {
    this.#closeConnectors();
    await Promise.all(
      this.#entries.map(({ provider }) => provider.pool.destroy()),
    );
  }

  #closeConnectors(): void {
    for (const { connector } of this.#entries) {
      connector.close();
    }
  }

  #find(gatewayId: string): Entry[] {
    let found = this.#found.get(gatewayId);
    if (!found) {
      found = this.#entries.filter(({ config: { match } }) =>
        match.endsWith('*')
          ? gatewayId.startsWith(match.slice(0, -1))
          : gatewayId === match,
      );
      if (this.#found.size >= MOST_REMEMBERED) {
        this.#found.clear();
      }
      this.#found.set(gatewayId, found);
    }
    return found;
  }
}

function open(
  config: ProviderConfig,
  limits: GatewayLimits,
  { connect }: Connector,
): Provider {
  const url = new URL(config.baseUrl);
  return {
    name: config.name,
    basePath: url.pathname.replace(/\/$/, ''),
    apis: config.apis,
    bounds: {
      ...(config.regions && { regions: config.regions }),
      ...(config.retentionDays !== undefined && {
        retentionDays: config.retentionDays,
      }),
    },
    placement: config.placement,
    apiKey: config.apiKey,
    pool: new UpstreamPool(url.origin, {
      connections: limits.maxConcurrent,
      headersTimeout: limits.upstreamTimeoutMs,
      bodyTimeout: limits.upstreamIdleMs,
      connect,
      headers: [
        'user-agent',
        'modelhub-gateway',
        ...credentials(config),
        ...Object.entries(config.headers).flat(),
      ],
    }),
  };
}

function credentials({ apiKey, auth }: ProviderConfig): string[] {
  if (!apiKey) {
    return [];
  }
  return auth === 'bearer'
    ? ['authorization', `Bearer ${apiKey}`]
    : [auth, apiKey];
}
