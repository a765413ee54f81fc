export * from './createWaiversRoom';
export type { WaiverService } from './WaiverService';
