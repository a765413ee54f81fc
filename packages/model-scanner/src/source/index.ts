export type { ByteSource } from './ByteSource';
export { FileSource } from './FileSource';
export { MemorySource } from './MemorySource';
export { SliceSource } from './SliceSource';
