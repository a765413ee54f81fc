type Environment = Record<string, string | undefined>;

/** What of OpenTelemetry is switched on. */
export interface OpenTelemetrySwitch {
  traces: boolean;
  metrics: boolean;
  /** What the environment asks for and the gateway cannot do. */
  warning?: string;
}

/**
 * Reads the standard environment. A signal is sent when an endpoint is known or
 * its exporter is `otlp`, and not when it is `none`.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 * @returns nothing when everything is off
 */
export function openTelemetrySwitch(
  env: Environment,
): OpenTelemetrySwitch | undefined {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') {
    return undefined;
  }
  const isOn = (signal: 'TRACES' | 'METRICS') => {
    const exporter = env[`OTEL_${signal}_EXPORTER`];
    return exporter
      ? exporter.split(',').includes('otlp')
      : Boolean(
          env.OTEL_EXPORTER_OTLP_ENDPOINT ??
            env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`],
        );
  };
  const traces = isOn('TRACES');
  const metrics = isOn('METRICS');
  if (!traces && !metrics) {
    return undefined;
  }
  const protocol = env.OTEL_EXPORTER_OTLP_PROTOCOL;
  return {
    traces,
    metrics,
    ...(protocol !== undefined &&
      protocol !== 'http/json' && {
        warning: `OTEL_EXPORTER_OTLP_PROTOCOL is '${protocol}', but this gateway sends http/json: give the collector's HTTP endpoint (port 4318)`,
      }),
  };
}
