export type { ApiClientOptions, ApiRequestOptions } from './request';
