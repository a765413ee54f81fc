export * from './createOnlineRoom';
export { FEATURES_HEADER } from './Fleet';
export type { OnlineIngest } from './OnlineIngest';
export type { OnlineService } from './OnlineService';
