export { UpstreamPool } from './UpstreamPool';
export type {
  UpstreamController,
  UpstreamHandler,
  UpstreamRequest,
} from './types';
