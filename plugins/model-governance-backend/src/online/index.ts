export * from './createOnlineRoom';
export type { OnlineIngest } from './OnlineIngest';
export type { OnlineService } from './OnlineService';
