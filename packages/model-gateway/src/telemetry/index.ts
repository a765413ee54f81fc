export { createJsonLogger, loggerTo } from './Logger';
export type { BufferedLogger, GatewayLogger, LogFields } from './Logger';
export { registerGauges } from './registerGauges';
export { Telemetry } from './Telemetry';
export { TELEMETRY_SCHEMA, toTelemetry } from './TelemetryConfig';
export type { TelemetryConfig, TelemetryInFile } from './TelemetryConfig';
