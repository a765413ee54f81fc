/**
 * Finds keys, tokens and passwords of common services in a text.
 *
 * @packageDocumentation
 */
export { SecretRules, type SecretMatch } from './SecretRules';
