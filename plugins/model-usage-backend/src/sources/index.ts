export * from './configuredSources';
export * from './reported';
export * from './SourceDesk';
export * from './SourceService';
