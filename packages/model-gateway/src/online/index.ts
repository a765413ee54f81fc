export { EVALUATION_HEADER, OnlineRoom } from './OnlineRoom';
export type { OnlineTrial } from './types';
