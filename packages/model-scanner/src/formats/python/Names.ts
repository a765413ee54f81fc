import { BUILTINS } from './dangerousNames';
import type { Token } from './tokens';

/** A name as it is used, by what it was imported as. */
export interface UsedName {
  path: string;
  at: number;
  previous: Token | undefined;
  next: Token | undefined;
}

const MOST_ALIASES = 20_000;

/** What names of a file stand for. */
export class Names {
  readonly #aliases = new Map<string, string>();
  readonly #stars: string[] = [];

  /** Takes note of what a line imports or renames. */
  learn(tokens: Token[]): void {
    let begin = 0;
    for (let i = 0; i <= tokens.length; i++) {
      const text = tokens[i]?.text;
      if (i < tokens.length && text !== ';' && text !== ':') continue;
      this.#statement(tokens.slice(begin, i));
      begin = i + 1;
    }
  }

  #statement(tokens: Token[]): void {
    if (this.#aliases.size > MOST_ALIASES) return;
    const [first, second] = tokens;
    if (first?.text === 'import') this.#imports(tokens.slice(1), '');
    else if (first?.text === 'from') {
      const at = tokens.findIndex(({ text }) => text === 'import');
      if (at < 0) return;
      const module = tokens
        .slice(1, at)
        .map(({ text }) => text)
        .join('');
      const names = tokens
        .slice(at + 1)
        .filter(({ text }) => !'()'.includes(text));
      if (names[0]?.text === '*') this.#stars.push(module);
      else this.#imports(names, `${module}.`);
    } else if (first?.kind === 'name' && second?.text === '=') {
      const path = this.#chainAt(tokens, 2);
      if (path && path.end === tokens.length) {
        const known = this.resolve(path.name);
        if (known) this.#aliases.set(first.text, known);
      }
    }
  }

  #imports(tokens: Token[], prefix: string): void {
    let at = 0;
    while (at < tokens.length) {
      const chain = this.#chainAt(tokens, at);
      if (!chain) return;
      at = chain.end;
      if (tokens[at]?.text === 'as' && tokens[at + 1]) {
        this.#aliases.set(tokens[at + 1].text, prefix + chain.name);
        at += 2;
      } else if (prefix) this.#aliases.set(chain.name, prefix + chain.name);
      else {
        const [top] = chain.name.split('.');
        this.#aliases.set(top, top);
      }
      if (tokens[at]?.text !== ',') return;
      at += 1;
    }
  }

  /** What a dotted name stands for; nothing where that is not known. */
  resolve(name: string): string | undefined {
    const [head, ...rest] = name.split('.');
    if (this.#aliases.has(head)) {
      return [this.#aliases.get(head), ...rest].join('.');
    }
    if (
      head === 'builtins' ||
      head === '__builtin__' ||
      head === '__builtins__'
    ) {
      return ['builtins', ...rest].join('.');
    }
    return BUILTINS.has(head) ? `builtins.${name}` : undefined;
  }

  /** Every name that a line uses and that stands for something outside. */
  usedIn(tokens: Token[]): UsedName[] {
    const used: UsedName[] = [];
    for (let i = 0; i < tokens.length; ) {
      const chain = this.#chainAt(tokens, i);
      const previous = tokens[i - 1];
      if (!chain) {
        i += 1;
        continue;
      }
      const places = { at: tokens[i].at, previous, next: tokens[chain.end] };
      const isAttribute = previous?.text === '.';
      const path = isAttribute ? chain.name : this.resolve(chain.name);
      if (path && !isAttribute) used.push({ path, ...places });
      else {
        if (/__\w+__|f_globals|f_back|gi_frame/.test(chain.name)) {
          used.push({ path: chain.name, ...places });
        }
        for (const star of isAttribute ? [] : this.#stars) {
          used.push({ path: `${star}.${chain.name}`, ...places });
        }
      }
      i = chain.end;
    }
    return used;
  }

  #chainAt(
    tokens: Token[],
    start: number,
  ): { name: string; end: number } | undefined {
    if (tokens[start]?.kind !== 'name') return undefined;
    let name = tokens[start].text;
    let end = start + 1;
    while (tokens[end]?.text === '.' && tokens[end + 1]?.kind === 'name') {
      name += `.${tokens[end + 1].text}`;
      end += 2;
    }
    return { name, end };
  }
}
