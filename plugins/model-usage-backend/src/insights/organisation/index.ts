export * from './adoption';
export * from './AdoptionService';
export * from './AdoptionStore';
export * from './DuplicateService';
export * from './OrganisationService';
export * from './WasteService';
