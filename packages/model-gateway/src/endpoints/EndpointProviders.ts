import {
  BoundEndpoint,
  Placement,
  endpointBaseUrlProblem,
  endpointToken,
} from '@modelhub/governance-protocol';
import type { GatewayLimits, RoutingConfig } from '../config';
import { ApiError } from '../http/ApiError';
import { Circuit } from '../routing/Circuit';
import type { GatewayLogger } from '../telemetry';
import { Connector, connectorFor } from '../tls';
import { UpstreamPool } from '../upstream/http1';
import type { Provider } from '../upstream/Providers';
import { EndpointsConfig, hostPatterns } from './EndpointsConfig';
import { guardedLookup } from './guardedLookup';
import { HostPattern, isAllowedHost } from './hosts';

/** How endpoints are called in metrics, usage records and errors; the key of a call says which. */
export const ENDPOINT_PROVIDER = 'evaluation-endpoint';

/** Pools that nobody has used for so long are closed when another one opens. */
const UNUSED_MS = 10 * 60_000;

/** An endpoint with its open connections. */
export interface OpenEndpoint {
  provider: Provider;
  circuit: Circuit;
}

interface Entry extends OpenEndpoint {
  id: string;
  /** By `performance.now()`. */
  usedAt: number;
}

/** Evaluation endpoints as providers: each with a pool and a circuit of its own. */
export class EndpointProviders {
  readonly #config: EndpointsConfig | undefined;
  readonly #hosts: HostPattern[];
  readonly #limits: GatewayLimits;
  readonly #routing: RoutingConfig;
  readonly #connector: Connector | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  /** @throws Error when certificates cannot be used */
  constructor(options: {
    config: EndpointsConfig | undefined;
    limits: GatewayLimits;
    routing: RoutingConfig;
    logger: GatewayLogger;
    /** In milliseconds; never goes back. */
    now?: () => number;
  }) {
    const { config, limits, logger, now = () => performance.now() } = options;
    this.#config = config;
    this.#limits = limits;
    this.#routing = options.routing;
    this.#now = now;
    this.#hosts = config ? hostPatterns(config) : [];
    this.#connector =
      config &&
      connectorFor(
        config.tls,
        Math.min(5_000, limits.upstreamTimeoutMs),
        logger,
        { lookup: guardedLookup() },
      );
  }

  /** Where endpoints process and for how long they keep prompts. */
  get bounds(): Placement {
    const { regions, retentionDays } = this.#config ?? {};
    return {
      ...(regions && { regions }),
      ...(retentionDays !== undefined && { retentionDays }),
    };
  }

  /**
   * @throws ApiError 503 when this gateway calls no endpoints, 403 when this
   * one is where it may not call
   */
  of({ id, baseUrl }: BoundEndpoint): OpenEndpoint {
    if (!this.#config || !this.#connector) {
      throw new ApiError(
        503,
        'endpoints_not_configured',
        'This gateway is not set up to call evaluation endpoints. Tell whoever runs it to set endpoints.allowedHosts and MODELHUB_ENDPOINT_SECRET.',
      );
    }
    const name = `${id} ${baseUrl}`;
    let entry = this.#entries.get(name);
    if (!entry) {
      this.#closeUnused();
      entry = this.#open(id, baseUrl, this.#config, this.#connector);
      this.#entries.set(name, entry);
    }
    entry.usedAt = this.#now();
    return entry;
  }

  /** State of every circuit that is not closed. */
  openCircuits(): Array<{ provider: string; model: string; state: string }> {
    return [...this.#entries.values()]
      .filter(({ circuit }) => circuit.state !== 'closed')
      .map(({ id, provider, circuit }) => ({
        provider: provider.name,
        model: id,
        state: circuit.state,
      }));
  }

  /** Lets calls in progress end. */
  async retire(): Promise<void> {
    this.#connector?.close();
    await Promise.all(
      [...this.#entries.values()].map(({ provider }) => provider.pool.close()),
    );
  }

  async close(): Promise<void> {
    this.#connector?.close();
    await Promise.all(
      [...this.#entries.values()].map(({ provider }) =>
        provider.pool.destroy(),
      ),
    );
  }

  #open(
    id: string,
    baseUrl: string,
    { secret, timeoutMs }: EndpointsConfig,
    { connect }: Connector,
  ): Entry {
    const url = this.#checked(id, baseUrl);
    const { maxConcurrent, upstreamTimeoutMs, upstreamIdleMs } = this.#limits;
    const pool = new UpstreamPool(url.origin, {
      connections: maxConcurrent,
      headersTimeout: timeoutMs ?? upstreamTimeoutMs,
      bodyTimeout: upstreamIdleMs,
      connect,
      headers: [
        'user-agent',
        'modelhub-gateway',
        'authorization',
        `Bearer ${endpointToken(secret, id)}`,
      ],
    });
    return {
      id,
      usedAt: this.#now(),
      circuit: new Circuit(this.#routing),
      provider: {
        name: ENDPOINT_PROVIDER,
        pool,
        basePath: url.pathname.replace(/\/+$/, ''),
        apis: ['openai'],
        bounds: this.bounds,
        placement: undefined,
        apiKey: undefined,
      },
    };
  }

  /** @throws ApiError 403 */
  #checked(id: string, baseUrl: string): URL {
    const problem = endpointBaseUrlProblem(baseUrl);
    const url = problem === undefined ? new URL(baseUrl) : undefined;
    if (!url || !isAllowedHost(url, this.#hosts)) {
      throw new ApiError(
        403,
        'endpoint_host_not_allowed',
        `Evaluation endpoint '${id}' is at ${
          url ? `host '${url.host}'` : 'an address'
        } that this gateway may not call. Tell whoever runs the gateway: endpoints.allowedHosts lists where endpoints run.`,
        { type: 'permission_error' },
      );
    }
    return url;
  }

  #closeUnused(): void {
    const unused = this.#now() - UNUSED_MS;
    for (const [name, { usedAt, provider }] of this.#entries) {
      if (usedAt < unused) {
        this.#entries.delete(name);
        void provider.pool.close();
      }
    }
  }
}
