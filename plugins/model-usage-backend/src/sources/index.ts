export * from './configuredSources';
export * from './SourceService';
