export * from './Organisation';
export * from './CatalogOrganisation';
