import type { Token } from './lexer';
import { KEYWORDS } from './vocabulary';

export const isSign = (token: Token | undefined, value: string) =>
  token?.kind === 'sign' && token.value === value;

export const isName = (token: Token | undefined, value?: string) =>
  token?.kind === 'name' && (value === undefined || token.value === value);

/** Whether a value ends with this token, so that a bracket behind it belongs to it. */
export const endsValue = (token: Token | undefined) =>
  token !== undefined &&
  (token.kind === 'text' ||
    token.kind === 'number' ||
    (token.kind === 'name' && !KEYWORDS.has(token.value)) ||
    (token.kind === 'sign' && ')]}'.includes(token.value)));

/** Index of the bracket that closes the one at `from`. */
export function closing(tokens: Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { kind, value } = tokens[at];
    if (kind !== 'sign') continue;
    if ('([{'.includes(value)) depth += 1;
    else if (')]}'.includes(value)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return tokens.length;
}

/** Parts between signs that stand outside of brackets. */
export function splitAt(tokens: Token[], sign: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'sign') {
      if ('([{'.includes(token.value)) depth += 1;
      else if (')]}'.includes(token.value)) depth -= 1;
    }
    if (depth === 0 && isSign(token, sign)) parts.push([]);
    else parts[parts.length - 1].push(token);
  }
  return parts;
}

/** `ns.name`, `name` or nothing, at a token that may begin a value. */
export function pathAt(tokens: Token[], at: number): string | undefined {
  if (!isName(tokens[at]) || KEYWORDS.has(tokens[at].value)) return undefined;
  if (isSign(tokens[at - 1], '.') || isSign(tokens[at - 1], '|')) {
    return undefined;
  }
  return isSign(tokens[at + 1], '.') && isName(tokens[at + 2])
    ? `${tokens[at].value}.${tokens[at + 2].value}`
    : tokens[at].value;
}
