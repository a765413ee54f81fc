import Ajv, { SchemaObject } from 'ajv';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { GatewayConfig, GatewayLimits } from './GatewayConfig';

interface ConfigFile {
  name?: string;
  listen?: { host?: string; port?: number };
  controlPlane?: {
    url?: string | string[];
    enrolmentToken?: string;
    pinnedKeyIds?: string[];
    stateDir?: string;
  };
  portalUrl?: string;
  providers: Array<{
    name: string;
    match: string;
    baseUrl: string;
    apiKeyEnv?: string;
    stripPrefix?: boolean;
    models?: Record<string, string>;
  }>;
  limits?: Partial<GatewayLimits>;
}

const DEFAULT_LIMITS: GatewayLimits = {
  maxBodyBytes: 10 * 1024 * 1024,
  maxConcurrent: 1024,
  requestTimeoutMs: 60_000,
  upstreamTimeoutMs: 120_000,
  upstreamIdleMs: 120_000,
  drainMs: 30_000,
};

const text = { type: 'string', minLength: 1 } as const;
const optionalText = { ...text, nullable: true } as const;
const optionalCount = {
  type: 'integer',
  minimum: 1,
  nullable: true,
} as const;

const SCHEMA: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  required: ['providers'],
  properties: {
    name: optionalText,
    listen: {
      type: 'object',
      nullable: true,
      additionalProperties: false,
      properties: {
        host: optionalText,
        port: { type: 'integer', minimum: 0, maximum: 65535, nullable: true },
      },
    },
    controlPlane: {
      type: 'object',
      nullable: true,
      additionalProperties: false,
      properties: {
        url: {
          type: ['string', 'array'],
          minLength: 1,
          minItems: 1,
          items: text,
        },
        enrolmentToken: optionalText,
        pinnedKeyIds: {
          type: 'array',
          nullable: true,
          minItems: 1,
          items: { type: 'string', pattern: '^[0-9a-f]{16}$' },
        },
        stateDir: optionalText,
      },
    },
    portalUrl: optionalText,
    providers: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'match', 'baseUrl'],
        properties: {
          name: text,
          match: { type: 'string', pattern: '^[^*]*\\*?$', minLength: 1 },
          baseUrl: { type: 'string', pattern: '^https?://' },
          apiKeyEnv: optionalText,
          stripPrefix: { type: 'boolean', nullable: true },
          models: {
            type: 'object',
            nullable: true,
            additionalProperties: text,
          },
        },
      },
    },
    limits: {
      type: 'object',
      nullable: true,
      additionalProperties: false,
      properties: {
        maxBodyBytes: optionalCount,
        maxConcurrent: optionalCount,
        requestTimeoutMs: optionalCount,
        upstreamTimeoutMs: optionalCount,
        upstreamIdleMs: optionalCount,
        drainMs: optionalCount,
      },
    },
  },
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
  return {
    name: env.MODELHUB_GATEWAY_NAME ?? file.name ?? 'model-gateway',
    listen: {
      host: env.MODELHUB_GATEWAY_HOST ?? file.listen?.host ?? '127.0.0.1',
      port: portOf(env.MODELHUB_GATEWAY_PORT) ?? file.listen?.port ?? 4000,
    },
    controlPlane: {
      urls,
      enrolmentToken:
        env.MODELHUB_ENROLMENT_TOKEN ?? file.controlPlane?.enrolmentToken,
      pinnedKeyIds: env.MODELHUB_PINNED_KEY_IDS
        ? listOf(env.MODELHUB_PINNED_KEY_IDS)
        : file.controlPlane?.pinnedKeyIds,
      stateDir: path.resolve(
        folder,
        env.MODELHUB_GATEWAY_STATE_DIR ??
          file.controlPlane?.stateDir ??
          './gateway-state',
      ),
    },
    portalUrl: withoutSlash(
      env.MODELHUB_PORTAL_URL ?? file.portalUrl ?? urls[0],
    ),
    providers: file.providers.map(({ apiKeyEnv, ...provider }) => ({
      ...provider,
      baseUrl: withoutSlash(provider.baseUrl),
      apiKey: secretOf(provider.name, apiKeyEnv, env),
      stripPrefix: provider.stripPrefix ?? false,
      models: provider.models ?? {},
    })),
    limits: { ...DEFAULT_LIMITS, ...file.limits },
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
  provider: string,
  name: string | undefined,
  env: Environment,
): string | undefined {
  if (name !== undefined && !env[name]) {
    throw new Error(
      `The key of provider '${provider}' is missing: set the environment variable ${name}`,
    );
  }
  return name === undefined ? undefined : env[name];
}
