export * from './types';
export { findLicence, knownLicences } from './licences';
export { licenceSummary } from './licenceSummary';
export type { LicenceSummary } from './licenceSummary';
export { licenceConflicts } from './derivatives';
export type { LicenceConflict } from './derivatives';
export { licenceDemands, PURPOSE_USES } from './uses';
export type {
  LicenceApplies,
  LicenceDemands,
  LicenceUse,
  PurposeUse,
} from './uses';
