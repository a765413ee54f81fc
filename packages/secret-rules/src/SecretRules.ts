import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type {
  SecretLintRuleContext,
  SecretLintSourceCode,
} from '@secretlint/types';

/**
 * A secret in a text; never the secret itself.
 *
 * @public
 */
export interface SecretMatch {
  /** What it is: `github`, `gateway-key`, `jwt` … */
  type: string;
  /** First character, and the one behind the last. */
  start: number;
  end: number;
}

/**
 * The first lets a text switch off its own inspection; the second takes time
 * with the square of the length of a text.
 */
const LEFT_OUT = /-(filter-comments|privatekey)$/;
/** An id, not a secret. */
const NO_SECRETS = new Set(['AWSAccountID']);

const PATTERNS: Array<[type: string, pattern: RegExp]> = [
  ['gateway-key', /(?<![A-Za-z0-9_-])mh_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g],
  [
    'jwt',
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,4096}\.eyJ[A-Za-z0-9_-]{2,8192}\.[A-Za-z0-9_-]{20,2048}(?![A-Za-z0-9_-])/g,
  ],
];

/**
 * Keys, tokens and passwords of common services, by the rules of secretlint's
 * recommended preset. They are run one after the other without its linter, which
 * waits for promises and lets a comment switch the inspection off.
 *
 * @public
 */
export class SecretRules {
  static create(): SecretRules {
    return new SecretRules();
  }

  #found: SecretMatch[] = [];
  readonly #handlers;

  private constructor() {
    this.#handlers = rules
      .filter(rule => !LEFT_OUT.test(rule.meta.id))
      .map(rule => {
        const type = rule.meta.id.split('secretlint-rule-').pop() ?? 'secret';
        return rule.create(this.#contextFor(type), { enableIDScanRule: true });
      });
  }

  /** In the order of the rules; matches of several rules may overlap. */
  find(content: string): SecretMatch[] {
    this.#found = [];
    const source = sourceOf(content);
    for (const handler of this.#handlers) handler.file?.(source);
    for (const [type, pattern] of PATTERNS) {
      for (const { 0: text, index } of content.matchAll(pattern)) {
        this.#found.push({ type, start: index, end: index + text.length });
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
      report: ({ message, range: [start, end] }) => {
        if (!NO_SECRETS.has(message.messageId)) {
          this.#found.push({ type, start, end });
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
