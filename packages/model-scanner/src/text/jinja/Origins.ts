import type { Section, Token } from './lexer';
import { closing, isName, isSign, pathAt, splitAt } from './tokens';
import { BUILDERS } from './vocabulary';

/** Sets of a template depend on one another no deeper than that. */
const ROUNDS = 12;

/** Whether signs are put in the place of signs, of which no name is made. */
function replacesSigns(tokens: Token[], at: number): boolean {
  if (!isSign(tokens[at + 1], '(')) return false;
  const inner = tokens.slice(at + 2, closing(tokens, at + 1));
  return splitAt(inner, ',').every(
    ([text, ...more]) =>
      text?.kind === 'text' &&
      more.length === 0 &&
      !/[\p{L}_]/u.test(text.value),
  );
}

/** Which names of a template stand for texts that it puts together itself. */
export class Origins {
  readonly #texts = new Set<string>();
  readonly #built = new Set<string>();
  readonly #macros = new Map<string, string[]>();
  readonly #defined = new Set<string>();

  static of(sections: Section[]): Origins {
    const origins = new Origins();
    origins.#define(sections);
    for (let round = 0; round < ROUNDS; round++) {
      const before = origins.#built.size + origins.#texts.size;
      for (const { kind, tokens } of sections) {
        if (kind === 'statement') origins.#follow(tokens);
        origins.#followCalls(tokens);
      }
      if (origins.#built.size + origins.#texts.size === before) break;
    }
    return origins;
  }

  isMacro(name: string): boolean {
    return this.#macros.has(name);
  }

  /** Whether the template itself gives the name its meaning. */
  isDefined(name: string): boolean {
    return this.#defined.has(name);
  }

  /** Whether the value of an expression may be a text that was put together. */
  isBuilt(tokens: Token[]): boolean {
    return tokens.some((token, at) => {
      if (token.kind === 'sign') return this.#isBuilding(tokens, at);
      if (token.kind !== 'name') {
        return token.kind === 'text' && tokens[at + 1]?.kind === 'text';
      }
      const before = tokens[at - 1];
      if (isSign(before, '|') || isSign(before, '.')) {
        return (
          BUILDERS.has(token.value) &&
          !(token.value === 'replace' && replacesSigns(tokens, at))
        );
      }
      if (isSign(tokens[at + 1], '(') && this.#macros.has(token.value)) {
        return true;
      }
      const path = pathAt(tokens, at);
      return (
        path !== undefined &&
        (this.#built.has(path) || this.#built.has(token.value))
      );
    });
  }

  #isBuilding(tokens: Token[], at: number): boolean {
    const { value } = tokens[at];
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    if (value === '~') return true;
    if (value === '%')
      return !(after?.kind === 'number') || before?.kind === 'text';
    if (value === '+' || value === '*') {
      return this.#isText(tokens, at - 1) || this.#isText(tokens, at + 1);
    }
    // A text that is cut or turned round: 'ssalc'[::-1].
    if (value === '[' && before && this.#isText(tokens, at - 1)) {
      return splitAt(tokens.slice(at + 1, closing(tokens, at)), ':').length > 1;
    }
    return false;
  }

  #isText(tokens: Token[], at: number): boolean {
    const token = tokens[at];
    if (token?.kind === 'text') return true;
    if (!isName(token)) return false;
    const owner = isSign(tokens[at - 1], '.') ? at - 2 : at;
    const path = pathAt(tokens, owner);
    return (
      path !== undefined && (this.#texts.has(path) || this.#built.has(path))
    );
  }

  #define(sections: Section[]): void {
    for (const { kind, tokens } of sections) {
      if (kind !== 'statement') continue;
      const [tag, name] = tokens;
      if (isName(tag, 'macro') && isName(name)) {
        const parameters = splitAt(tokens.slice(3, closing(tokens, 2)), ',')
          .map(part => part[0]?.value)
          .filter(it => it !== undefined);
        this.#macros.set(name.value, parameters);
        for (const it of [name.value, ...parameters]) this.#defined.add(it);
      } else if (isName(tag, 'set') || isName(tag, 'for')) {
        for (const token of tokens.slice(1)) {
          if (isSign(token, '=') || isName(token, 'in')) break;
          if (isName(token)) this.#defined.add(token.value);
        }
      }
    }
  }

  #follow(tokens: Token[]): void {
    const [tag] = tokens;
    if (isName(tag, 'set')) this.#set(tokens.slice(1));
    else if (isName(tag, 'with')) {
      for (const part of splitAt(tokens.slice(1), ',')) this.#set(part);
    } else if (isName(tag, 'for')) {
      const at = tokens.findIndex(token => isName(token, 'in'));
      if (at > 0) this.#assign(tokens.slice(1, at), tokens.slice(at + 1));
    }
  }

  #set(tokens: Token[]): void {
    const at = tokens.findIndex(token => isSign(token, '='));
    if (at < 0) {
      // A block: whatever it puts out.
      const path = pathAt(tokens, 0);
      if (path !== undefined) this.#built.add(path);
      return;
    }
    this.#assign(tokens.slice(0, at), tokens.slice(at + 1));
  }

  #assign(targets: Token[], value: Token[]): void {
    const paths = targets
      .map((_, at) => pathAt(targets, at))
      .filter(path => path !== undefined);
    if (isName(value[0], 'namespace') && isSign(value[1], '(')) {
      for (const part of splitAt(value.slice(2, closing(value, 1)), ',')) {
        if (!isName(part[0])) continue;
        this.#note([`${paths[0]}.${part[0].value}`], part.slice(2));
      }
      return;
    }
    this.#note(paths, value);
  }

  #note(paths: string[], value: Token[]): void {
    const isBuilt = this.isBuilt(value);
    const isText =
      this.#isText(value, 0) || this.#isText(value, value.length - 1);
    for (const path of paths) {
      if (isBuilt) this.#built.add(path);
      if (isText) this.#texts.add(path);
    }
  }

  /** What a macro is called with is what its parameters are. */
  #followCalls(tokens: Token[]): void {
    tokens.forEach((token, at) => {
      const parameters = isName(token) && this.#macros.get(token.value);
      if (!parameters || !isSign(tokens[at + 1], '(')) return;
      if (isName(tokens[at - 1], 'macro')) return;
      const inner = tokens.slice(at + 2, closing(tokens, at + 1));
      splitAt(inner, ',').forEach((part, index) => {
        const isNamed = isName(part[0]) && isSign(part[1], '=');
        const name = isNamed ? part[0].value : parameters[index];
        if (name !== undefined) this.#note([name], part.slice(isNamed ? 2 : 0));
      });
    });
  }
}
