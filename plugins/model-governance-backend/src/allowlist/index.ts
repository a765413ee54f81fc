export * from './AllowlistPublisher';
export * from './AllowlistService';
export * from './CatalogModels';
export * from './ContentReader';
export * from './GrantsSource';
export { listedClaimants } from './ListingStore';
export * from './ModelListings';
export * from './createAllowlistRoom';
