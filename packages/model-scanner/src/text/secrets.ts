import { SecretRules } from '@modelhub/secret-rules';

/** Something found in a text. */
export interface TextMatch {
  what: string;
  index: number;
}

const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----\s{0,8}[A-Za-z0-9+/=\\]{40}/g;

const WORDS: Record<string, string> = {
  'gateway-key': 'a key of Model Hub',
  jwt: 'a JSON web token',
};

/** Keys, tokens and passwords of common services. */
export class SecretSearch {
  readonly #rules = SecretRules.create();

  find(content: string): TextMatch[] {
    return [
      ...this.#rules.find(content).map(({ type, start }) => ({
        what: WORDS[type] ?? `a secret of kind ${type}`,
        index: start,
      })),
      ...Array.from(content.matchAll(PRIVATE_KEY), ({ index }) => ({
        what: 'a private key',
        index,
      })),
    ];
  }
}
