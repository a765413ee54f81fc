export type { ChatReply } from './types';
