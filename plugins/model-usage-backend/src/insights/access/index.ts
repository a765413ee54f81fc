export * from './CatalogModels';
export * from './ComponentOwners';
export * from './InsightAccess';
export * from './Grants';
