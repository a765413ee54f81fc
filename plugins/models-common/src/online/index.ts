export * from './consentText';
export * from './measures';
