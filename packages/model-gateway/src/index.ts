/**
 * The model gateway: OpenAI-compatible, refuses every model that was not
 * approved.
 *
 * @packageDocumentation
 */
export { Gateway } from './Gateway';
export { runGateway } from './runGateway';
export { readConfig } from './config';
export type { GatewayConfig, GatewayLimits, ProviderConfig } from './config';
export type { GatewayLogger } from './telemetry/Logger';
export { DemoUpstream } from './demo-upstream/DemoUpstream';
export { runDemoUpstream } from './demo-upstream/runDemoUpstream';
export type { EndpointsConfig } from './endpoints';
export type { UsageConfig } from './usage';
export type { OidcIssuerConfig, OidcRule } from './identity';
export type { TelemetryConfig } from './telemetry';
export type { ClientTls, ServerTls } from './tls';
