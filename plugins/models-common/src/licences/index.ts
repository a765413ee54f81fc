export * from './types';
export { findLicence, knownLicences } from './licences';
export { licenceSummary } from './licenceSummary';
export type { LicenceSummary } from './licenceSummary';
export { licenceConflicts } from './derivatives';
export type { LicenceConflict } from './derivatives';
