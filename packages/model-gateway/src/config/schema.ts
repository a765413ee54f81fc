import type { SchemaObject } from 'ajv';
import { ENDPOINTS_SCHEMA } from '../endpoints/EndpointsConfig';
import { OIDC_SCHEMA } from '../identity/OidcConfig';
import { TELEMETRY_SCHEMA } from '../telemetry/TelemetryConfig';
import { CLIENT_TLS_SCHEMA, SERVER_TLS_SCHEMA } from '../tls/TlsConfig';
import { USAGE_SCHEMA } from '../usage/UsageConfig';
import { PRESETS } from './presets';

const text = { type: 'string', minLength: 1 } as const;
const optionalText = { ...text, nullable: true } as const;
const optionalCount = { type: 'integer', minimum: 1, nullable: true } as const;
const zeroOrMore = { type: 'integer', minimum: 0, nullable: true } as const;
const texts = {
  type: 'object',
  nullable: true,
  additionalProperties: text,
} as const;
const closed = (properties: object, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const optional = (properties: object) => ({
  ...closed(properties),
  nullable: true,
});

const provider = closed({
  preset: { type: 'string', enum: Object.keys(PRESETS) },
  name: optionalText,
  match: {
    type: 'string',
    pattern: '^[^*]*\\*?$',
    minLength: 1,
    nullable: true,
  },
  baseUrl: { type: 'string', pattern: '^https?://', nullable: true },
  apiKeyEnv: optionalText,
  auth: { type: 'string', enum: ['bearer', 'x-api-key', 'api-key'] },
  headers: texts,
  apis: {
    type: 'array',
    nullable: true,
    minItems: 1,
    items: { type: 'string', enum: ['openai', 'anthropic'] },
  },
  stripPrefix: { type: 'boolean', nullable: true },
  models: texts,
  regions: { type: 'array', nullable: true, items: text },
  retentionDays: { type: 'number', minimum: 0, nullable: true },
  placement: { type: 'string', enum: ['central', 'edge'] },
  tls: CLIENT_TLS_SCHEMA,
});

const target = { model: text, provider: optionalText };

const alias = closed(
  {
    targets: {
      type: 'array',
      minItems: 1,
      items: closed(
        { ...target, weight: { type: 'number', minimum: 0, nullable: true } },
        ['model'],
      ),
    },
    fallbacks: {
      type: 'array',
      nullable: true,
      items: closed(target, ['model']),
    },
    sticky: { type: 'string', enum: ['key', 'trace', 'none'] },
  },
  ['targets'],
);

/** Of the configuration file. */
export const SCHEMA: SchemaObject = closed(
  {
    name: optionalText,
    listen: optional({
      host: optionalText,
      port: { type: 'integer', minimum: 0, maximum: 65535, nullable: true },
      tls: SERVER_TLS_SCHEMA,
      http1: { type: 'string', enum: ['strict', 'node'] },
    }),
    controlPlane: optional({
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
      tls: CLIENT_TLS_SCHEMA,
    }),
    portalUrl: optionalText,
    providers: { type: 'array', items: provider },
    aliases: {
      type: 'object',
      nullable: true,
      // No alias looks like the id of a model.
      propertyNames: { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$' },
      additionalProperties: alias,
    },
    endpoints: ENDPOINTS_SCHEMA,
    routing: optional({
      retries: { ...zeroOrMore, maximum: 10 },
      retryBudget: { type: 'number', minimum: 0, maximum: 1, nullable: true },
      maxRetryWaitMs: zeroOrMore,
      circuitFailures: optionalCount,
      circuitWindowMs: optionalCount,
      circuitOpenMs: optionalCount,
    }),
    flags: optional({
      module: optionalText,
      options: { type: 'object', nullable: true },
      flags: { type: 'object', nullable: true },
      placementFlag: optionalText,
    }),
    oidc: OIDC_SCHEMA,
    telemetry: TELEMETRY_SCHEMA,
    batches: optional({ secretEnv: optionalText }),
    usage: USAGE_SCHEMA,
    cache: optional({ maxBytes: optionalCount }),
    limits: optional({
      maxBodyBytes: optionalCount,
      maxConcurrent: optionalCount,
      maxConnections: optionalCount,
      requestTimeoutMs: optionalCount,
      upstreamTimeoutMs: optionalCount,
      upstreamIdleMs: optionalCount,
      drainMs: optionalCount,
    }),
  },
  ['providers'],
);
