/**
 * Where models of some ids run.
 *
 * @public
 */
export interface ProviderConfig {
  name: string;
  /** A gateway id, or a prefix with `*` at its end, for example `openai/*`. The first provider that matches is used. */
  match: string;
  /** Of the OpenAI-compatible API, for example `https://api.openai.com/v1`. */
  baseUrl: string;
  /** The provider's own key; read from the environment variable that `apiKeyEnv` names. */
  apiKey?: string;
  /** Send the id without what stands before its first slash. */
  stripPrefix: boolean;
  /** The provider's names, by gateway id or `id@version`. */
  models: Record<string, string>;
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
  listen: { host: string; port: number };
  controlPlane: {
    /** Base URLs of the portal's backends, tried in turn. */
    urls: string[];
    /** Single-use, from the portal; needed once. */
    enrolmentToken?: string;
    /** Ids of the snapshot keys to trust; without them, those that enrolment returned. */
    pinnedKeyIds?: string[];
    /** Folder for the identity and the last snapshot. */
    stateDir: string;
  };
  /** Where people request access. */
  portalUrl: string;
  providers: ProviderConfig[];
  limits: GatewayLimits;
}
