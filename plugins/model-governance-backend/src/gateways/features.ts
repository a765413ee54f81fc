/** What gateways say that they know, in the header of their requests. */
export const FEATURES_HEADER = 'x-modelhub-gateway-features';

/** What a gateway may know beyond the first format of the allowlist. */
export type GatewayFeature = 'experiments' | 'endpoint-keys';

export const knows = (
  features: string | undefined,
  feature: GatewayFeature,
): boolean => (features ?? '').split(/[ ,]+/).includes(feature);
