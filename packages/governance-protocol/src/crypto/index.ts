export { canonicalJson } from './canonicalJson';
export { parseStrictJson } from './parseStrictJson';
export { sha256Hex } from './sha256';
export { generateSigningKey, keyIdOf, trustKeys } from './keys';
export type { SigningKey, TrustedKeys } from './keys';
export { followKeySuccessions, signKeySuccession } from './succession';
export type { AnnouncedKey, KeySuccession, SigningKeyUse } from './succession';
