/**
 * Finds keys, tokens and passwords of common services in a text, and personal
 * data.
 *
 * @packageDocumentation
 */
export { findPersonalData } from './personalData';
export { SecretRules, type SecretMatch } from './SecretRules';
