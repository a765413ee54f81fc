export * from './AllowlistPublisher';
export * from './AllowlistService';
export * from './CatalogModels';
export * from './ContentReader';
export * from './GrantsSource';
export * from './ModelListings';
export * from './createAllowlistRoom';
