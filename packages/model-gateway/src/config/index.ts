export { ConfigFile } from './ConfigFile';
export { parseConfig, readConfig } from './readConfig';
export type {
  AliasConfig,
  AliasTarget,
  FlagsConfig,
  GatewayConfig,
  GatewayLimits,
  ProviderApi,
  ProviderAuth,
  ProviderConfig,
  ProviderPlacement,
  RoutingConfig,
} from './GatewayConfig';
