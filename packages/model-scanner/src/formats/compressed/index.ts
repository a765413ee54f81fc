export { compressedReaders } from './compressedReaders';
export { unreadReaders } from './unreadReaders';
