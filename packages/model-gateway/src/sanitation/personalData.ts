import { findPersonalData } from '@modelhub/secret-rules';
import type { Detector } from './Detector';

/**
 * Addresses of mail, numbers of telephones (international, and American ones
 * with separators), payment cards, bank accounts and American social security.
 * Names and postal addresses take a language model and are not looked for.
 */
export const createPersonalDataDetector = (): Detector => ({
  kind: 'personal-data',
  find: findPersonalData,
});
