/** A piece of Python. */
export interface Token {
  kind: 'name' | 'text' | 'number' | 'mark' | 'line';
  /** As Python takes it: names normalised, texts without quotes. */
  text: string;
  at: number;
  /** A text of bytes, in which escapes count. */
  isRaw?: boolean;
}

/** What is no Python. */
export class PythonError extends Error {
  constructor(message: string, readonly at: number) {
    super(message);
  }
}

const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_]*/uy;
const NUMBER = /(?:\d|\.\d)[\w.]*(?:(?<=[eE])[+-]\w*)?/y;
const BLANK = /(?:[ \t\f\r]|\\\r?\n|#[^\n]*)+/y;
const PREFIX = /^([rbuft]{1,2})$/i;
const MARKS = /\*\*|\/\/|<<|>>|[=!<>:+\-*/%&|^@]=|->|[^\s]/uy;
const DEEPEST = 60;

class Lexer {
  constructor(readonly source: string, readonly tokens: Token[]) {}

  /** Reads code up to a closing brace, or to the end; returns where that is. */
  code(start: number, end: '}' | undefined, depth: number): number {
    const { source, tokens } = this;
    if (depth > DEEPEST) throw new PythonError('is too deep', start);
    let open = 0;
    for (let at = start; at < source.length; ) {
      const char = source[at];
      const blank = match(BLANK, source, at);
      if (blank) {
        at += blank.length;
        continue;
      }
      if (char === '\n') {
        if (open === 0 && end === undefined) {
          tokens.push({ kind: 'line', text: '', at });
        }
        at += 1;
        continue;
      }
      if (end && open === 0 && char === end) return at;
      const name = match(NAME, source, at);
      const quoteAt = at + (name?.length ?? 0);
      if (isQuote(source[quoteAt]) && (!name || PREFIX.test(name))) {
        at = this.#text(quoteAt, (name ?? '').toLowerCase(), depth);
        continue;
      }
      if (name) {
        tokens.push({ kind: 'name', text: name.normalize('NFKC'), at });
        at += name.length;
        continue;
      }
      const number = match(NUMBER, source, at);
      const text = number ?? match(MARKS, source, at) ?? char;
      tokens.push({ kind: number ? 'number' : 'mark', text, at });
      if (!number && '([{'.includes(text)) open += 1;
      if (!number && ')]}'.includes(text)) open = Math.max(0, open - 1);
      at += text.length;
    }
    if (end) throw new PythonError('has braces without an end', start);
    return source.length;
  }

  #text(start: number, prefix: string, depth: number): number {
    const { source, tokens } = this;
    const quote = source[start];
    const isLong = source.startsWith(quote.repeat(3), start);
    const close = isLong ? quote.repeat(3) : quote;
    const isFormatted = /[ft]/.test(prefix);
    const inner: Token[] = [];
    let begin = start + close.length;
    let text = '';
    for (let at = begin; at < source.length; ) {
      if (source.startsWith(close, at)) {
        text += source.slice(begin, at);
        const isRaw = prefix.includes('r');
        tokens.push({ kind: 'text', text, at: start, isRaw }, ...inner);
        return at + close.length;
      }
      const char = source[at];
      if (char === '\\') at += 2;
      else if (char === '\n' && !isLong) break;
      else if (isFormatted && char === '{') {
        if (source[at + 1] === '{') {
          at += 2;
          continue;
        }
        text += source.slice(begin, at);
        const lexer = new Lexer(source, inner);
        at = lexer.code(at + 1, '}', depth + 1) + 1;
        begin = at;
      } else at += 1;
    }
    throw new PythonError('has a text without an end', start);
  }
}

/**
 * Cuts Python into names, texts and marks; comments are left out, and what
 * stands in braces of a formatted text is code.
 *
 * @throws PythonError where a text has no end
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  new Lexer(source, tokens).code(0, undefined, 0);
  return tokens;
}

function isQuote(char: string | undefined) {
  return char === '"' || char === "'";
}

function match(pattern: RegExp, source: string, at: number) {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
