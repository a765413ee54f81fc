import type { RuleId } from '../../rules';
import type { Section, Token } from './lexer';
import type { Origins } from './Origins';
import { judgeText } from './output';
import { closing, endsValue, isName, isSign, splitAt } from './tokens';
import {
  BY_ATTRIBUTE,
  DANGEROUS_ATTRIBUTES,
  DANGEROUS_METHODS,
  FILTERS,
  FUNCTIONS,
  INCLUDES,
  isPieceOfMember,
  METHODS,
  namesMember,
  ODD_GLOBALS,
  STATEMENTS,
} from './vocabulary';

/** Repetitions that no prompt has. */
const VERY_MANY = 1_000_000;
const SHOWN = 60;
/** Texts that stand side by side. */
const MOST_PIECES = 64;

export type TemplateRule = Extract<RuleId, `template-${string}`>;

export type TemplateReport = (
  rule: TemplateRule,
  at: number,
  what: string,
) => void;

const isVeryMany = (token: Token | undefined) =>
  token?.kind === 'number' &&
  !(Number(token.value.replace(/_/g, '')) < VERY_MANY);

const show = (text: string) =>
  JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** Judges what stands between delimiters. */
export class Judge {
  readonly #origins: Origins;
  readonly #report: TemplateReport;
  /** How many texts stand before this one in a row. */
  #row = 0;

  constructor(origins: Origins, report: TemplateReport) {
    this.#origins = origins;
    this.#report = report;
  }

  section({ kind, tokens, at }: Section): void {
    if (kind === 'statement') this.#statement(tokens, at);
    tokens.forEach((token, index) => {
      if (token.kind === 'text') this.#text(tokens, index);
      else if (token.kind === 'name') this.#name(tokens, index);
      else if (isSign(token, '[')) this.#subscript(tokens, index);
      else if (isSign(token, '(')) this.#call(tokens, index);
      else if (isSign(token, '*') || isSign(token, '**')) {
        this.#repetition(tokens, index);
      }
    });
  }

  #statement(tokens: Token[], at: number): void {
    const tag = tokens[0]?.value ?? '';
    if (INCLUDES.has(tag)) {
      this.#report('template-includes-files', at, `has a statement ${tag}`);
    } else if (!STATEMENTS.has(tag)) {
      this.#report('template-unknown-call', at, `has a statement ${show(tag)}`);
    }
    if (tag === 'filter' && tokens[1]) this.#filter(tokens, 1);
  }

  #text(tokens: Token[], index: number): void {
    const { value, at, isDisguised } = tokens[index];
    if (isDisguised) {
      this.#report(
        'template-disguised-text',
        at,
        `writes ${show(value)} in escapes`,
      );
    }
    const whole = this.#joined(tokens, index);
    if (namesMember(whole)) {
      this.#report('template-dangerous-name', at, `names ${show(whole)}`);
    } else if (isPieceOfMember(value) && this.#isPart(tokens, index)) {
      this.#report(
        'template-computed-name',
        at,
        `puts a name together from ${show(value)}`,
      );
    }
    judgeText(value, at, this.#report);
  }

  /** A text with those that follow it, of long rows not at each of them. */
  #joined(tokens: Token[], index: number): string {
    const behind = (at: number) =>
      isSign(tokens[at], '~') || isSign(tokens[at], '+') ? at - 1 : at;
    const isLater = tokens[behind(index - 1)]?.kind === 'text';
    this.#row = isLater ? this.#row + 1 : 0;
    let whole = tokens[index].value;
    if (this.#row % (MOST_PIECES / 2) !== 0) return whole;
    const ahead = (at: number) =>
      isSign(tokens[at], '~') || isSign(tokens[at], '+') ? at + 1 : at;
    let next = ahead(index + 1);
    for (let pieces = 0; pieces < MOST_PIECES; pieces++) {
      if (tokens[next]?.kind !== 'text') break;
      whole += tokens[next].value.slice(0, MOST_PIECES);
      next = ahead(next + 1);
    }
    return whole;
  }

  /** Whether a text is one of several that are put together, or a key. */
  #isPart(tokens: Token[], index: number): boolean {
    const signs = ['~', '+', '*', '%'];
    return (
      [tokens[index - 1], tokens[index + 1]].some(
        token => token?.kind === 'text' || signs.some(it => isSign(token, it)),
      ) ||
      (isSign(tokens[index - 1], '[') && endsValue(tokens[index - 2]))
    );
  }

  #name(tokens: Token[], index: number): void {
    const { value, at } = tokens[index];
    const before = tokens[index - 1];
    if (namesMember(value)) {
      this.#report('template-dangerous-name', at, `names ${show(value)}`);
    } else if (isSign(before, '.')) {
      if (DANGEROUS_ATTRIBUTES.has(value)) {
        this.#report('template-dangerous-name', at, `reaches for .${value}`);
      } else if (value.startsWith('__')) {
        this.#report('template-computed-name', at, `reaches for .${value}`);
      }
    } else if (isSign(before, '|')) this.#filter(tokens, index);
    else if (
      ODD_GLOBALS.has(value) &&
      !isSign(tokens[index + 1], '=') &&
      !this.#origins.isDefined(value)
    ) {
      this.#report('template-dangerous-name', at, `uses ${value}`);
    }
  }

  #filter(tokens: Token[], index: number): void {
    const { value, at } = tokens[index];
    const args = isSign(tokens[index + 1], '(')
      ? splitAt(tokens.slice(index + 2, closing(tokens, index + 1)), ',')
      : [];
    if (value === 'attr') {
      this.#report('template-dangerous-name', at, 'uses the filter attr');
    } else if (!FILTERS.has(value)) {
      this.#report('template-unknown-call', at, `uses a filter ${show(value)}`);
    } else if (BY_ATTRIBUTE.has(value)) {
      this.#byAttribute(value, args);
    }
  }

  /** `map('upper')` and `map(attribute='name')` name a filter and an attribute. */
  #byAttribute(filter: string, args: Token[][]): void {
    args.forEach((arg, index) => {
      const isNamed = isName(arg[0]) && isSign(arg[1], '=');
      const isAttribute = isNamed
        ? arg[0].value === 'attribute'
        : index === 0 &&
          !['sort', 'unique', 'min', 'max', 'join'].includes(filter);
      const [value, ...more] = isNamed ? arg.slice(2) : arg;
      if (!isAttribute || !value) return;
      if (value.kind !== 'text' || more.length > 0) {
        if (value.kind !== 'number') {
          this.#report(
            'template-computed-name',
            value.at,
            `${filter} takes a name that is not written out`,
          );
        }
      } else if (filter === 'map' && !isNamed && !FILTERS.has(value.value)) {
        this.#report(
          value.value === 'attr'
            ? 'template-dangerous-name'
            : 'template-unknown-call',
          value.at,
          `uses a filter ${show(value.value)}`,
        );
      }
    });
  }

  #subscript(tokens: Token[], index: number): void {
    if (!endsValue(tokens[index - 1])) return;
    const key = tokens.slice(index + 1, closing(tokens, index));
    const isSlice = splitAt(key, ':').length > 1;
    if (isSlice || key.every(({ kind }) => kind === 'text')) return;
    // Of a text there are letters by number, and what Python hides behind it.
    const isOfText =
      tokens[index - 1].kind === 'text' &&
      !key.some(({ kind }) => kind === 'number');
    if (isOfText || this.#origins.isBuilt(key)) {
      this.#report(
        'template-computed-name',
        tokens[index].at,
        'takes an item by a name that is put together',
      );
    }
  }

  #call(tokens: Token[], index: number): void {
    const callee = tokens[index - 1];
    if (!endsValue(callee)) return;
    const { value, at } = callee;
    const before = tokens[index - 2];
    const isTest =
      isName(before, 'is') ||
      (isName(before, 'not') && isName(tokens[index - 3], 'is'));
    if (callee.kind !== 'name') {
      this.#report('template-unknown-call', at, 'calls what it computed');
    } else if (isSign(before, '.')) this.#method(tokens, index);
    else if (
      !isSign(before, '|') &&
      !isTest &&
      !isName(before, 'macro') &&
      !isName(before, 'filter') &&
      !isName(before, 'block')
    ) {
      if (!FUNCTIONS.has(value) && !this.#origins.isMacro(value)) {
        this.#report('template-unknown-call', at, `calls ${show(value)}`);
      }
      if (value === 'range') this.#range(tokens, index);
    }
  }

  #method(tokens: Token[], index: number): void {
    const { value, at } = tokens[index - 1];
    if (DANGEROUS_METHODS.has(value)) {
      this.#report('template-dangerous-name', at, `calls .${value}()`);
    } else if (value === 'format' || value === 'format_map') {
      const owner = tokens[index - 3];
      const isPlain =
        owner?.kind === 'text' && !/\{[^{}]*[.[]/.test(owner.value);
      if (!isPlain) {
        this.#report(
          'template-computed-name',
          at,
          'formats a text that may reach for attributes',
        );
      }
    } else if (!METHODS.has(value)) {
      this.#report('template-unknown-call', at, `calls .${show(value)}()`);
    }
  }

  #range(tokens: Token[], index: number): void {
    const inner = tokens.slice(index + 1, closing(tokens, index));
    if (inner.some(isVeryMany)) {
      this.#report('template-exhausts', tokens[index].at, 'counts very far');
    }
  }

  #repetition(tokens: Token[], index: number): void {
    const around = [tokens[index - 1], tokens[index + 1]];
    const isPower = isSign(tokens[index], '**');
    if (around.some(isVeryMany) || (isPower && endsValue(around[0]))) {
      this.#report(
        'template-exhausts',
        tokens[index].at,
        'multiplies very far',
      );
    }
  }
}
