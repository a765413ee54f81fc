import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type {
  SecretLintRuleContext,
  SecretLintSourceCode,
} from '@secretlint/types';
import isJWT from 'validator/lib/isJWT';
import { Detector, Finding, matches } from './Detector';

/**
 * The first lets a text switch off its own inspection; the second takes time
 * with the square of the length of a text, and has a replacement below.
 */
const LEFT_OUT = /-(filter-comments|privatekey)$/;
/** An id, not a secret. */
const NO_SECRETS = new Set(['AWSAccountID']);

const GATEWAY_KEY = /(?<![A-Za-z0-9_-])mh_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g;
const JWT =
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,4096}\.eyJ[A-Za-z0-9_-]{2,8192}\.[A-Za-z0-9_-]{20,2048}(?![A-Za-z0-9_-])/g;
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s\\:,.-]{0,16384}?-----END [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----/g;

/**
 * The rules of secretlint's recommended preset, run one after the other without
 * its linter: that one waits for promises, which an answer in progress cannot.
 */
class SecretlintRules {
  #found: Finding[] = [];
  readonly #handlers = rules
    .filter(rule => !LEFT_OUT.test(rule.meta.id))
    .map(rule => {
      const type = rule.meta.id.split('secretlint-rule-').pop() ?? 'secret';
      return rule.create(this.#contextFor(type), { enableIDScanRule: true });
    });

  find(content: string): Finding[] {
    this.#found = [];
    const source = sourceOf(content);
    for (const handler of this.#handlers) {
      handler.file?.(source);
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

/** Keys, tokens and passwords of common services. */
export function createSecretsDetector(): Detector {
  const secretlint = new SecretlintRules();
  return {
    kind: 'secrets',
    find: text => [
      ...secretlint.find(text),
      ...matches(text, PRIVATE_KEY, 'privatekey'),
      ...matches(text, GATEWAY_KEY, 'gateway-key'),
      ...matches(text, JWT, 'jwt', isJWT),
    ],
  };
}
