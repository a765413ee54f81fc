/**
 * What the gateway tells of itself. Traces and metrics go out over OTLP when
 * the standard `OTEL_*` environment says where to.
 *
 * @public
 */
export interface TelemetryConfig {
  /** A listener of its own for `/metrics`, `/healthz` and `/readyz`; without, they are where calls are. */
  listen?: { host: string; port: number };
  /** Names of the providers that get the trace context of calls; `*` stands for all. */
  propagateTraceTo: string[];
}

/** As in the configuration file. */
export interface TelemetryInFile {
  listen?: { host?: string; port: number };
  propagateTraceTo?: string[];
}

const text = { type: 'string', minLength: 1 } as const;

/** JSON Schema of `telemetry` in the configuration file. */
export const TELEMETRY_SCHEMA = {
  type: 'object',
  nullable: true,
  additionalProperties: false,
  properties: {
    listen: {
      type: 'object',
      nullable: true,
      additionalProperties: false,
      required: ['port'],
      properties: {
        host: { ...text, nullable: true },
        port: { type: 'integer', minimum: 0, maximum: 65535 },
      },
    },
    propagateTraceTo: { type: 'array', nullable: true, items: text },
  },
} as const;

/** Fills in what the file does not say. */
export function toTelemetry(inFile: TelemetryInFile = {}): TelemetryConfig {
  const { listen, propagateTraceTo = [] } = inFile;
  return {
    ...(listen && {
      listen: { host: listen.host ?? '127.0.0.1', port: listen.port },
    }),
    propagateTraceTo,
  };
}
