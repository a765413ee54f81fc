import { SecretRules } from '@modelhub/secret-rules';
import isJWT from 'validator/lib/isJWT';
import { Detector, matches } from './Detector';

const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s\\:,.-]{0,16384}?-----END [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----/g;

/** Keys, tokens and passwords of common services. */
export function createSecretsDetector(): Detector {
  const rules = SecretRules.create();
  return {
    kind: 'secrets',
    find: text => [
      ...rules
        .find(text)
        .filter(
          ({ type, start, end }) =>
            type !== 'jwt' || isJWT(text.slice(start, end)),
        ),
      ...matches(text, PRIVATE_KEY, 'privatekey'),
    ],
  };
}
