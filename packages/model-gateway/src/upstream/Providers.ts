import { Pool } from 'undici';
import type { Admission } from '../allowlist/Gatekeeper';
import type { GatewayLimits, ProviderConfig } from '../config';

/** A provider with its open connections. */
export interface Provider {
  name: string;
  pool: Pool;
  /** Path that stands before the routes of the API. */
  basePath: string;
  apiKey: string | undefined;
}

/** Which provider runs a model, and under which name. */
export interface Target {
  provider: Provider;
  model: string;
}

/** Finds the provider of a model by the patterns of the configuration. */
export class Providers {
  readonly #providers: Array<{ config: ProviderConfig; provider: Provider }>;

  constructor(configs: ProviderConfig[], limits: GatewayLimits) {
    this.#providers = configs.map(config => {
      const url = new URL(config.baseUrl);
      return {
        config,
        provider: {
          name: config.name,
          basePath: url.pathname.replace(/\/$/, ''),
          apiKey: config.apiKey,
          pool: new Pool(url.origin, {
            connections: limits.maxConcurrent,
            headersTimeout: limits.upstreamTimeoutMs,
            bodyTimeout: limits.upstreamIdleMs,
            connect: { timeout: Math.min(5_000, limits.upstreamTimeoutMs) },
          }),
        },
      };
    });
  }

  has(gatewayId: string): boolean {
    return this.#find(gatewayId) !== undefined;
  }

  /**
   * An approval that is pinned to a provider's own model id is sent with
   * exactly that; others with the configured name of the version or the model.
   */
  targetOf({ gatewayId, grant }: Admission): Target | undefined {
    const found = this.#find(gatewayId);
    if (!found) {
      return undefined;
    }
    const { models, stripPrefix } = found.config;
    const named = (id: string) =>
      Object.hasOwn(models, id) ? models[id] : undefined;
    const model =
      grant?.providerModelId ??
      (grant && named(`${gatewayId}@${grant.version}`)) ??
      named(gatewayId) ??
      (stripPrefix ? gatewayId.slice(gatewayId.indexOf('/') + 1) : gatewayId);
    return { provider: found.provider, model };
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#providers.map(({ provider }) => provider.pool.destroy()),
    );
  }

  #find(gatewayId: string) {
    return this.#providers.find(({ config: { match } }) =>
      match.endsWith('*')
        ? gatewayId.startsWith(match.slice(0, -1))
        : gatewayId === match,
    );
  }
}
