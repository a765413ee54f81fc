import { unescapePython } from './unescape';

/** The template is no Jinja from here on. */
export class TemplateError extends Error {
  constructor(message: string, readonly at: number) {
    super(message);
  }
}

export interface Token {
  kind: 'name' | 'text' | 'number' | 'sign';
  /** Texts without quotes and escapes. */
  value: string;
  at: number;
  /** A text of which plain letters are written as escapes. */
  isDisguised?: boolean;
}

/** What stands between a pair of delimiters. */
export interface Section {
  kind: 'output' | 'statement';
  tokens: Token[];
  at: number;
}

export interface Template {
  sections: Section[];
  /** What is put out as it stands. */
  texts: Array<{ value: string; at: number }>;
}

const OPENING = /\{[{%#]/g;
const RAW = /^\{%[-+]?\s*raw\s*-?%\}/;
const END_RAW = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;
const TOKEN =
  /\s+|(?<number>0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)|(?<name>[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{N}\p{M}\p{Pc}]*)|'(?<single>[^'\\]*(?:\\[\s\S][^'\\]*)*)'|"(?<double>[^"\\]*(?:\\[\s\S][^"\\]*)*)"|(?<sign>\/\/|\*\*|[=!<>]=|[-+*/%~[\](){}<>=.:|,;])/uy;
const CLOSES = { output: /-?\}\}/y, statement: /[-+]?%\}/y };
/** Brackets within brackets. */
const DEEPEST = 100;
const PAIRS: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/**
 * Takes a template apart as Jinja does.
 *
 * Source: Jinja 3.1, `lexer.py`, with its standard delimiters.
 *
 * @throws TemplateError
 */
export function readTemplate(source: string): Template {
  const template: Template = { sections: [], texts: [] };
  const text = (from: number, to: number) => {
    if (to > from) {
      template.texts.push({ value: source.slice(from, to), at: from });
    }
  };
  let at = 0;
  for (;;) {
    OPENING.lastIndex = at;
    const found = OPENING.exec(source);
    text(at, found?.index ?? source.length);
    if (!found) return template;
    const start = found.index;
    if (found[0] === '{#') {
      const end = source.indexOf('#}', start + 2);
      if (end < 0) throw new TemplateError('a comment does not end', start);
      at = end + 2;
      continue;
    }
    const raw = RAW.exec(source.slice(start, start + 64));
    if (raw) {
      END_RAW.lastIndex = start + raw[0].length;
      const end = END_RAW.exec(source);
      if (!end) throw new TemplateError('a raw block does not end', start);
      text(start + raw[0].length, end.index);
      at = end.index + end[0].length;
      continue;
    }
    const kind = found[0] === '{{' ? 'output' : 'statement';
    const section = { kind, tokens: [], at: start } as Section;
    at = readSection(source, section);
    template.sections.push(section);
  }
}

/** Returns where the section ends. */
function readSection(source: string, section: Section): number {
  const open: string[] = [];
  const closes = CLOSES[section.kind];
  let at = section.at + 2;
  if ('-+'.includes(source[at] ?? ' ')) at += 1;
  while (at < source.length) {
    closes.lastIndex = at;
    const end = open.length === 0 ? closes.exec(source) : undefined;
    if (end) return at + end[0].length;
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(source);
    if (!found?.groups) {
      throw new TemplateError(
        'there is a character that Jinja does not know',
        at,
      );
    }
    const { number, name, single, double, sign } = found.groups;
    if (number !== undefined) {
      section.tokens.push({ kind: 'number', value: number, at });
    } else if (name !== undefined) {
      section.tokens.push({ kind: 'name', value: name.normalize('NFKC'), at });
    } else if (sign !== undefined) {
      if (PAIRS[sign]) {
        open.push(PAIRS[sign]);
        if (open.length > DEEPEST) {
          throw new TemplateError('brackets are nested too deep', at);
        }
      }
      if (')]}'.includes(sign) && open.pop() !== sign) {
        throw new TemplateError(`there is a ${sign} too many`, at);
      }
      section.tokens.push({ kind: 'sign', value: sign, at });
    } else if (single !== undefined || double !== undefined) {
      const { text, isDisguised } = unescapePython(single ?? double);
      section.tokens.push({ kind: 'text', value: text, at, isDisguised });
    }
    at += found[0].length;
  }
  throw new TemplateError('what begins here does not end', section.at);
}
