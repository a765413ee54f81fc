import Ajv from 'ajv';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { EndpointsInFile, toEndpoints } from '../endpoints/EndpointsConfig';
import { OidcIssuerInFile, toOidcIssuers } from '../identity/OidcConfig';
import {
  ClientTls,
  ServerTlsInFile,
  toClientTls,
  toServerTls,
} from '../tls/TlsConfig';
import { TelemetryInFile, toTelemetry } from '../telemetry/TelemetryConfig';
import { CONTENT_KEY } from '../content/ContentKeys';
import { toUsage, UsageInFile } from '../usage/UsageConfig';
import type {
  AliasConfig,
  AliasTarget,
  FlagsConfig,
  GatewayConfig,
  GatewayLimits,
  ProviderConfig,
  RoutingConfig,
} from './GatewayConfig';
import { PRESETS } from './presets';
import { SCHEMA } from './schema';

type ProviderInFile = Partial<Omit<ProviderConfig, 'apiKey'>> & {
  preset?: string;
  apiKeyEnv?: string;
};

interface AliasInFile {
  targets: Array<AliasTarget & { weight?: number }>;
  fallbacks?: AliasTarget[];
  sticky?: AliasConfig['sticky'];
}

interface ConfigFile {
  name?: string;
  listen?: {
    host?: string;
    port?: number;
    tls?: ServerTlsInFile;
    http1?: 'strict' | 'node';
  };
  controlPlane?: {
    url?: string | string[];
    enrolmentToken?: string;
    pinnedKeyIds?: string[];
    stateDir?: string;
    tls?: ClientTls;
  };
  portalUrl?: string;
  providers: ProviderInFile[];
  aliases?: Record<string, AliasInFile>;
  endpoints?: EndpointsInFile;
  routing?: Partial<RoutingConfig>;
  flags?: Partial<FlagsConfig>;
  oidc?: OidcIssuerInFile[];
  telemetry?: TelemetryInFile;
  batches?: { secretEnv?: string };
  limits?: Partial<GatewayLimits>;
  usage?: UsageInFile;
  cache?: { maxBytes?: number };
}

const DEFAULT_CACHE_BYTES = 64 * 1024 * 1024;

const DEFAULT_LIMITS: GatewayLimits = {
  maxBodyBytes: 10 * 1024 * 1024,
  maxConcurrent: 1024,
  maxConnections: 16_384,
  requestTimeoutMs: 60_000,
  upstreamTimeoutMs: 120_000,
  upstreamIdleMs: 120_000,
  drainMs: 30_000,
};

const DEFAULT_ROUTING: RoutingConfig = {
  retries: 1,
  retryBudget: 0.2,
  maxRetryWaitMs: 2_000,
  circuitFailures: 10,
  circuitWindowMs: 10_000,
  circuitOpenMs: 15_000,
};

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

type Environment = Record<string, string | undefined>;

/**
 * Reads the configuration file and what the environment puts in place of it.
 *
 * @throws Error that names the file, the setting and what is expected
 *
 * @public
 */
export function readConfig(file: string, env: Environment): GatewayConfig {
  let content: string;
  try {
    content = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `Cannot read the configuration file: ${(error as Error).message}`,
    );
  }
  try {
    return parseConfig(content, env, path.dirname(path.resolve(file)));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}

/**
 * As {@link readConfig}, from the text of a file.
 *
 * @param folder - that relative paths start from
 */
export function parseConfig(
  content: string,
  env: Environment,
  folder: string,
): GatewayConfig {
  const file: unknown = parse(content);
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile<ConfigFile>(SCHEMA);
  if (!validate(file)) {
    throw new Error(
      (validate.errors ?? [])
        .map(({ instancePath, message, params }) =>
          `${
            instancePath.slice(1).replaceAll('/', '.') || 'the file'
          } ${message} ${params.additionalProperty ?? ''}`.trim(),
        )
        .join('; '),
    );
  }
  const urls = listOf(
    env.MODELHUB_CONTROL_PLANE_URL ?? file.controlPlane?.url,
  ).map(withoutSlash);
  if (urls.length === 0) {
    throw new Error(
      'controlPlane.url is missing: set it, or MODELHUB_CONTROL_PLANE_URL, to the base URL of the portal',
    );
  }
  for (const url of urls) {
    if (!URL.canParse(url)) {
      throw new Error(`controlPlane.url '${url}' is not a URL`);
    }
  }
  const stateDir = path.resolve(
    folder,
    env.MODELHUB_GATEWAY_STATE_DIR ??
      file.controlPlane?.stateDir ??
      './gateway-state',
  );
  return {
    name: env.MODELHUB_GATEWAY_NAME ?? file.name ?? 'model-gateway',
    listen: {
      host: env.MODELHUB_GATEWAY_HOST ?? file.listen?.host ?? '127.0.0.1',
      port: portOf(env.MODELHUB_GATEWAY_PORT) ?? file.listen?.port ?? 4000,
      ...(file.listen?.tls && { tls: toServerTls(file.listen.tls, folder) }),
      http1: file.listen?.http1 ?? 'strict',
    },
    controlPlane: {
      urls,
      enrolmentToken:
        env.MODELHUB_ENROLMENT_TOKEN ?? file.controlPlane?.enrolmentToken,
      pinnedKeyIds: env.MODELHUB_PINNED_KEY_IDS
        ? listOf(env.MODELHUB_PINNED_KEY_IDS)
        : file.controlPlane?.pinnedKeyIds,
      stateDir,
      ...(file.controlPlane?.tls && {
        tls: toClientTls(file.controlPlane.tls, folder),
      }),
    },
    portalUrl: withoutSlash(
      env.MODELHUB_PORTAL_URL ?? file.portalUrl ?? urls[0],
    ),
    providers: file.providers.map((provider, index) =>
      toProvider(provider, index, env, folder),
    ),
    aliases: Object.fromEntries(
      Object.entries(file.aliases ?? {}).map(([name, alias]) => [
        name,
        toAlias(name, alias),
      ]),
    ),
    endpoints: toEndpoints(file.endpoints, env, folder),
    routing: { ...DEFAULT_ROUTING, ...file.routing },
    flags: { ...file.flags, flags: file.flags?.flags ?? {} },
    oidc: toOidcIssuers(file.oidc),
    telemetry: toTelemetry(file.telemetry),
    batchSecret: secretOf(
      'The secret of batches',
      file.batches?.secretEnv,
      env,
    ),
    contentKey: env[CONTENT_KEY],
    cache: { maxBytes: file.cache?.maxBytes ?? DEFAULT_CACHE_BYTES },
    limits: { ...DEFAULT_LIMITS, ...file.limits },
    usage: toUsage(file.usage, folder, stateDir),
  };
}

function toProvider(
  { preset, apiKeyEnv, ...given }: ProviderInFile,
  index: number,
  env: Environment,
  folder: string,
): ProviderConfig {
  const provider = {
    auth: 'bearer' as const,
    apis: ['openai' as const],
    stripPrefix: false,
    models: {},
    ...(preset !== undefined && { name: preset, ...PRESETS[preset] }),
    ...given,
    headers: { ...(preset && PRESETS[preset].headers), ...given.headers },
  };
  const { name, match, baseUrl } = provider;
  for (const [field, value] of Object.entries({ name, match, baseUrl })) {
    if (!value) {
      throw new Error(
        `providers.${index} must have required property '${field}'`,
      );
    }
  }
  return {
    ...provider,
    name: name!,
    match: match!,
    baseUrl: withoutSlash(baseUrl!),
    ...(provider.tls && { tls: toClientTls(provider.tls, folder) }),
    apiKey: secretOf(`The key of provider '${name}'`, apiKeyEnv, env),
  };
}

function toAlias(name: string, alias: AliasInFile): AliasConfig {
  const targets = alias.targets.map(it => ({ ...it, weight: it.weight ?? 1 }));
  if (!targets.some(({ weight }) => weight > 0)) {
    throw new Error(`aliases.${name} needs a target with a weight above 0`);
  }
  return {
    targets,
    fallbacks: alias.fallbacks ?? [],
    sticky: alias.sticky ?? 'key',
  };
}

function listOf(value: string | string[] | undefined): string[] {
  const list = typeof value === 'string' ? value.split(',') : value ?? [];
  return list.map(item => item.trim()).filter(Boolean);
}

function portOf(value: string | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`MODELHUB_GATEWAY_PORT '${value}' is not a port`);
  }
  return port;
}

function secretOf(
  what: string,
  name: string | undefined,
  env: Environment,
): string | undefined {
  if (name !== undefined && !env[name]) {
    throw new Error(`${what} is missing: set the environment variable ${name}`);
  }
  return name === undefined ? undefined : env[name];
}
