import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type {
  SecretLintRuleContext,
  SecretLintSourceCode,
} from '@secretlint/types';

/** Something found in a text. */
export interface TextMatch {
  what: string;
  index: number;
}

/**
 * The first lets a text switch off its own inspection; the second takes time
 * with the square of the length of a text, and has a replacement below.
 */
const LEFT_OUT = /-(filter-comments|privatekey)$/;
/** An id, not a secret. */
const NO_SECRETS = new Set(['AWSAccountID']);

const PATTERNS: Array<[what: string, pattern: RegExp]> = [
  [
    'a private key',
    /-----BEGIN [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----\s{0,8}[A-Za-z0-9+/=\\]{40}/g,
  ],
  [
    'a key of Model Hub',
    /(?<![A-Za-z0-9_-])mh_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g,
  ],
  [
    'a JSON web token',
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,4096}\.eyJ[A-Za-z0-9_-]{2,8192}\.[A-Za-z0-9_-]{20,2048}(?![A-Za-z0-9_-])/g,
  ],
];

/**
 * Keys, tokens and passwords of common services, by secretlint's rules without
 * its linter: that one lets a comment switch the inspection off.
 */
export class SecretSearch {
  #found: TextMatch[] = [];
  readonly #handlers = rules
    .filter(rule => !LEFT_OUT.test(rule.meta.id))
    .map(rule => {
      const type = rule.meta.id.split('secretlint-rule-').pop() ?? 'secret';
      return rule.create(this.#contextFor(type), { enableIDScanRule: true });
    });

  find(content: string): TextMatch[] {
    this.#found = [];
    const source = sourceOf(content);
    for (const handler of this.#handlers) handler.file?.(source);
    for (const [what, pattern] of PATTERNS) {
      for (const { index } of content.matchAll(pattern)) {
        this.#found.push({ what, index });
      }
    }
    return this.#found;
  }

  #contextFor(type: string): SecretLintRuleContext {
    return {
      sharedOptions: {},
      // What a rule would say is not wanted: it holds the secret.
      createTranslator: () => messageId => ({
        message: '',
        messageId: String(messageId),
        data: undefined,
      }),
      report: ({ message, range: [index] }) => {
        if (!NO_SECRETS.has(message.messageId)) {
          this.#found.push({ what: `a secret of kind ${type}`, index });
        }
      },
      ignore: () => {},
    };
  }
}

function sourceOf(content: string): SecretLintSourceCode {
  const nowhere = { line: 1, column: 0 };
  return {
    content,
    hasBOM: false,
    filePath: undefined,
    physicalFilePath: undefined,
    contentType: 'text',
    ext: '.txt',
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: () => [0, 0],
    rangeToLocation: () => ({ start: nowhere, end: nowhere }),
    positionToIndex: () => 0,
    indexToPosition: () => nowhere,
  };
}
