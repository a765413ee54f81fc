export * from './countingResults';
export * from './judgeCriteria';
export * from './judgePacks';
export * from './packParams';
export * from './resolvePacks';
