import { CLIENT_TLS_SCHEMA, ClientTls, toClientTls } from '../tls/TlsConfig';
import { HostPattern, hostPatternOf } from './hosts';

/** Environment variable of the secret where the file names no other. */
export const ENDPOINT_SECRET = 'MODELHUB_ENDPOINT_SECRET';

const SHORTEST_SECRET = 32;

/**
 * Which evaluation endpoints the gateway calls, and how.
 *
 * @public
 */
export interface EndpointsConfig {
  /** Shared with the serving room: tokens of endpoints are made from it. */
  secret: string;
  /** Host names and addresses of endpoints: `name`, `*.domain`, each with or without `:port`. */
  allowedHosts: string[];
  /** For an endpoint to begin its answer, in milliseconds; that of providers without. */
  timeoutMs?: number;
  /** Where endpoints process prompts; unknown without. */
  regions?: string[];
  /** For how many days they keep prompts; unknown without. */
  retentionDays?: number;
  tls?: ClientTls;
}

/** As in the configuration file. */
export type EndpointsInFile = Omit<EndpointsConfig, 'secret'> & {
  secretEnv?: string;
};

const text = { type: 'string', minLength: 1 } as const;

/** JSON Schema of `endpoints` in the configuration file. */
export const ENDPOINTS_SCHEMA = {
  type: 'object',
  nullable: true,
  additionalProperties: false,
  required: ['allowedHosts'],
  properties: {
    secretEnv: { ...text, nullable: true },
    allowedHosts: { type: 'array', minItems: 1, items: text },
    timeoutMs: { type: 'integer', minimum: 1, nullable: true },
    regions: { type: 'array', nullable: true, items: text },
    retentionDays: { type: 'number', minimum: 0, nullable: true },
    tls: CLIENT_TLS_SCHEMA,
  },
} as const;

/**
 * Relative paths start from the folder of the configuration file.
 *
 * @throws Error when the secret is missing or short, or a host is none
 */
export function toEndpoints(
  inFile: EndpointsInFile | undefined,
  env: Record<string, string | undefined>,
  folder: string,
): EndpointsConfig | undefined {
  if (!inFile) {
    return undefined;
  }
  const { secretEnv = ENDPOINT_SECRET, tls, ...rest } = inFile;
  const secret = env[secretEnv];
  if (!secret || secret.length < SHORTEST_SECRET) {
    throw new Error(
      `The secret of evaluation endpoints is missing or too short: set the environment variable ${secretEnv} to the one of modelServing.endpointSecret, of ${SHORTEST_SECRET} characters or more, or leave endpoints out`,
    );
  }
  const allowedHosts = rest.allowedHosts.map(it => it.trim());
  allowedHosts.forEach(hostPatternOf);
  return {
    ...rest,
    secret,
    allowedHosts,
    ...(tls && { tls: toClientTls(tls, folder) }),
  };
}

/** The hosts of a configuration, ready to compare. */
export const hostPatterns = ({
  allowedHosts,
}: Pick<EndpointsConfig, 'allowedHosts'>): HostPattern[] =>
  allowedHosts.map(hostPatternOf);
