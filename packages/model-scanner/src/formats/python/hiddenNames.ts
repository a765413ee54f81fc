import { dangerOf, DECODES, SENSITIVE } from './dangerousNames';
import type { Names } from './Names';
import type { Token } from './tokens';

const LOOKS_UP = new Set([
  'getattr',
  'globals',
  'locals',
  'vars',
  '__import__',
  '__dict__',
  'import_module',
]);
const MOST_ARGUMENTS = 200;

/** Names that are looked up in a way that hides them. */
export function hiddenNames(
  tokens: Token[],
  names: Names,
): Array<{ what: string; at: number }> {
  const found: Array<{ what: string; at: number }> = [];
  tokens.forEach((token, i) => {
    if (token.kind !== 'name' || !LOOKS_UP.has(token.text)) return;
    const next = tokens[i + 1]?.text;
    const say = (what: string) => found.push({ what, at: token.at });
    if (token.text === '__dict__') {
      if (next === '[' && isComputed(inBrackets(tokens, i + 1))) {
        say('computes a name that it looks up in __dict__');
      }
      return;
    }
    if (next !== '(' || tokens[i - 1]?.text === 'def') return;
    const inside = inBrackets(tokens, i + 1);
    if (token.text === 'getattr') judgeGetattr(inside, names, say);
    else if (token.text === '__import__' || token.text === 'import_module') {
      judgeImport(inside, tokens, i, token.text, say);
    } else if (inside.length === 0) {
      const after = tokens[i + 3];
      const key = after?.text === '[' ? inBrackets(tokens, i + 3) : [];
      if (
        isComputed(key) ||
        /^__(builtins|import)__$/.test(key[0]?.text ?? '')
      ) {
        say(`looks up a name in ${token.text}()`);
      }
    }
  });
  return found;
}

type Say = (what: string) => void;

function judgeGetattr(inside: Token[], names: Names, say: Say): void {
  const comma = topLevel(inside, ',');
  if (comma < 0) return;
  const object = inside.slice(0, comma);
  const rest = inside.slice(comma + 1);
  const end = topLevel(rest, ',');
  const name = end < 0 ? rest : rest.slice(0, end);
  const path = names.resolve(object.map(({ text }) => text).join('')) ?? '';
  // What a call gives back is not the module that the call belongs to.
  const [top] = /^[\w.]+$/.test(path) ? path.split('.') : [''];
  if (isComputed(name)) say('computes the name of an attribute');
  else if (name.every(({ kind }) => kind === 'text')) {
    const whole = `${path}.${name.map(({ text }) => text).join('')}`;
    if (dangerOf(whole)) say(`reaches ${whole} by getattr`);
  } else if (SENSITIVE.has(top)) say(`looks up a name in ${path}`);
}

function judgeImport(
  inside: Token[],
  tokens: Token[],
  at: number,
  how: string,
  say: Say,
): void {
  const comma = topLevel(inside, ',');
  const name = comma < 0 ? inside : inside.slice(0, comma);
  if (isComputed(name)) {
    say('computes the name of a module');
    return;
  }
  const isPlain = name.length > 0 && name.every(({ kind }) => kind === 'text');
  const module = name.map(({ text }) => text).join('');
  if (!isPlain || !SENSITIVE.has(module.split('.')[0])) return;
  const after = tokens[at + inside.length + 3];
  if (how === '__import__' || after?.text === '.') {
    say(`reaches ${module} by ${how}`);
  }
}

/** Put together from pieces, decoded, turned around. */
function isComputed(tokens: Token[]): boolean {
  const hasText = tokens.some(({ kind }) => kind === 'text');
  return tokens.some(({ kind, text, isRaw }, i) => {
    if (kind === 'mark') {
      const isSlice =
        text === ':' &&
        tokens[i + 1]?.text === ':' &&
        tokens[i + 2]?.text === '-';
      return (
        isSlice ||
        ((text === '+' || text === '%') && hasText && isBetweenTexts(tokens, i))
      );
    }
    if (kind === 'name') {
      return DECODES.test(text) || text === 'chr' || text === 'join';
    }
    return kind === 'text' && !isRaw && /\\(x|u|U|N|[0-7])/.test(text);
  });
}

/** Names of layers are put together from texts and numbers, which is common. */
function isBetweenTexts(tokens: Token[], i: number) {
  return tokens[i - 1]?.kind === 'text' && tokens[i + 1]?.kind === 'text';
}

/** Tokens between a bracket and the one that closes it. */
function inBrackets(tokens: Token[], open: number): Token[] {
  let depth = 0;
  for (let i = open; i < tokens.length && i < open + MOST_ARGUMENTS; i++) {
    if ('([{'.includes(tokens[i].text) && tokens[i].kind === 'mark') depth += 1;
    if (')]}'.includes(tokens[i].text) && tokens[i].kind === 'mark') depth -= 1;
    if (depth === 0) return tokens.slice(open + 1, i);
  }
  return tokens.slice(open + 1, open + MOST_ARGUMENTS);
}

/** Where a mark stands outside of all brackets. */
function topLevel(tokens: Token[], mark: string): number {
  let depth = 0;
  return tokens.findIndex(({ kind, text }) => {
    if (kind !== 'mark') return false;
    if ('([{'.includes(text)) depth += 1;
    if (')]}'.includes(text)) depth -= 1;
    return depth === 0 && text === mark;
  });
}
