import type { EndpointsConfig } from '../endpoints/EndpointsConfig';
import type { OidcIssuerConfig } from '../identity/OidcConfig';
import type { ClientTls, ServerTls } from '../tls/TlsConfig';
import type { TelemetryConfig } from '../telemetry/TelemetryConfig';
import type { UsageConfig } from '../usage/UsageConfig';

/**
 * An API that providers and callers speak: OpenAI's routes, or Anthropic's
 * `/v1/messages`.
 *
 * @public
 */
export type ProviderApi = 'openai' | 'anthropic';

/**
 * How the gateway proves itself to a provider: `Authorization: Bearer`,
 * Anthropic's `x-api-key`, or Azure's `api-key`.
 *
 * @public
 */
export type ProviderAuth = 'bearer' | 'x-api-key' | 'api-key';

/**
 * Where a provider's servers stand: in one place for all, or near the callers.
 *
 * @public
 */
export type ProviderPlacement = 'central' | 'edge';

/**
 * Where models of some ids run.
 *
 * @public
 */
export interface ProviderConfig {
  name: string;
  /** A gateway id, or a prefix with `*` at its end, for example `openai/*`. The first provider that matches is used. */
  match: string;
  /** Of the API, for example `https://api.openai.com/v1`. */
  baseUrl: string;
  /** The provider's own key; read from the environment variable that `apiKeyEnv` names. */
  apiKey?: string;
  auth: ProviderAuth;
  /** Sent with every call, for example an API version. */
  headers: Record<string, string>;
  apis: ProviderApi[];
  /** Send the id without what stands before its first slash. */
  stripPrefix: boolean;
  /** The provider's names, by gateway id or `id@version`. */
  models: Record<string, string>;
  /** Where prompts are processed; goes before what the model's card says. */
  regions?: string[];
  /** For how many days the provider keeps prompts. */
  retentionDays?: number;
  placement?: ProviderPlacement;
  tls?: ClientTls;
}

/**
 * One model behind an alias.
 *
 * @public
 */
export interface AliasTarget {
  /** A gateway id, or `id@version`. */
  model: string;
  /** Name of the provider to use; the first that matches without. */
  provider?: string;
}

/**
 * A name that callers use instead of a model: weighted targets, and what to
 * fall back to. Each is admitted by itself.
 *
 * @public
 */
export interface AliasConfig {
  targets: Array<AliasTarget & { weight: number }>;
  /** Tried in this order when a target fails or is not admitted. */
  fallbacks: AliasTarget[];
  /** What keeps a caller at one target. */
  sticky: 'key' | 'trace' | 'none';
}

/**
 * What happens when providers fail.
 *
 * @public
 */
export interface RoutingConfig {
  /** Times that one target is asked again. */
  retries: number;
  /** Retries per call, on the average, that the gateway allows itself. */
  retryBudget: number;
  /** Longest `Retry-After` that is waited for, in milliseconds. */
  maxRetryWaitMs: number;
  /** Failures within the window, half of its calls or more, that open the circuit of a provider's model. */
  circuitFailures: number;
  circuitWindowMs: number;
  /** For how long an open circuit refuses before it lets one call try. */
  circuitOpenMs: number;
}

/**
 * Feature flags, by way of OpenFeature.
 *
 * @public
 */
export interface FlagsConfig {
  /** Module whose default export makes an OpenFeature provider from `options`. */
  module?: string;
  options?: Record<string, unknown>;
  /** Without a module: flags in memory, as OpenFeature's in-memory provider takes them. */
  flags: Record<string, unknown>;
  /** Name of the flag (`central` or `edge`) that chooses between providers with a `placement`. */
  placementFlag?: string;
}

/**
 * Bounds on what the gateway takes and how long it waits.
 *
 * @public
 */
export interface GatewayLimits {
  maxBodyBytes: number;
  /** Calls at one time; more get 503. */
  maxConcurrent: number;
  /** Open connections of callers; more are closed at once. */
  maxConnections: number;
  /** For a client to send its whole request, in milliseconds. */
  requestTimeoutMs: number;
  /** For a provider to begin its answer, in milliseconds. */
  upstreamTimeoutMs: number;
  /** Longest silence within a provider's answer, in milliseconds. */
  upstreamIdleMs: number;
  /** For calls to end after SIGTERM, in milliseconds. */
  drainMs: number;
}

/**
 * Everything that the gateway is told.
 *
 * @public
 */
export interface GatewayConfig {
  /** How people recognise this gateway in the portal. */
  name: string;
  listen: {
    host: string;
    port: number;
    tls?: ServerTls;
    /** Who reads requests: the gateway's own reader, or Node's. */
    http1: 'strict' | 'node';
  };
  controlPlane: {
    /** Base URLs of the portal's backends, tried in turn. */
    urls: string[];
    /** Single-use, from the portal; needed once. */
    enrolmentToken?: string;
    /** Ids of the snapshot keys to trust; without them, those that enrolment returned. */
    pinnedKeyIds?: string[];
    /** Folder for the identity and the last snapshot. */
    stateDir: string;
    tls?: ClientTls;
  };
  /** Where people request access. */
  portalUrl: string;
  providers: ProviderConfig[];
  aliases: Record<string, AliasConfig>;
  /** Of evaluation endpoints; none is called without. */
  endpoints?: EndpointsConfig;
  routing: RoutingConfig;
  flags: FlagsConfig;
  /** Identity providers whose tokens are taken besides keys. */
  oidc: OidcIssuerConfig[];
  telemetry: TelemetryConfig;
  /** Signs the ids of files and batches; the same for all gateways of an organisation. */
  batchSecret?: string;
  /** Encrypts prompts and answers that profiles have kept; several with commas, the first for new ones. */
  contentKey?: string;
  /** Answers that are repeated to equal calls, in memory. */
  cache: { maxBytes: number };
  limits: GatewayLimits;
  usage: UsageConfig;
}
