export type { ByteSource } from './ByteSource';
export { FileSource } from './FileSource';
export { MemorySource } from './MemorySource';
export { SliceSource } from './SliceSource';
export { ArtifactError } from './ArtifactSource';
export type {
  ArtifactErrorReason,
  ArtifactFile,
  ArtifactProblem,
  ArtifactSource,
} from './ArtifactSource';
export type { AccessRules, ArtifactScheme } from './AccessRules';
export type { OpenArtifactOptions, RegistryLogin } from './OpenOptions';
export { openArtifact, openOciReferrers } from './openArtifact';
