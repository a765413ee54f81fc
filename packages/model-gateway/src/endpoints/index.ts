export { ENDPOINT_PROVIDER, EndpointProviders } from './EndpointProviders';
export type { OpenEndpoint } from './EndpointProviders';
export { ENDPOINTS_SCHEMA, toEndpoints } from './EndpointsConfig';
export type { EndpointsConfig, EndpointsInFile } from './EndpointsConfig';
