export { parseConfig, readConfig } from './readConfig';
export type {
  GatewayConfig,
  GatewayLimits,
  ProviderConfig,
} from './GatewayConfig';
