export {
  bootstrapInterval,
  meanInterval,
  type IntervalOptions,
} from './bootstrap';
export { shareInterval } from './shares';
export * from './online';
export * from './types';
