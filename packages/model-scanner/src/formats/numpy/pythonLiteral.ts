/** What a literal of Python can be in a header of numpy. */
export type Literal =
  | string
  | number
  | boolean
  | undefined
  | Literal[]
  | Map<string, Literal>;

const DEEPEST = 32;

/**
 * Reads a Python literal of dicts, lists, tuples, texts, numbers, `True`,
 * `False` and `None`. Nothing is evaluated.
 *
 * @throws SyntaxError for anything else
 */
export function readLiteral(text: string): Literal {
  const tokens =
    text.match(
      /[{}()[\],:]|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[+-]?\d+L?|[A-Za-z]+|\S/g,
    ) ?? [];
  let at = 0;
  const fail = () =>
    new SyntaxError(`'${tokens[at] ?? 'the end'}' is no literal`);
  const sequence = (end: string, depth: number): Literal[] => {
    const items: Literal[] = [];
    while (tokens[at] !== end) {
      items.push(value(depth + 1));
      if (tokens[at] === ',') at += 1;
      else if (tokens[at] !== end) throw fail();
    }
    at += 1;
    return items;
  };
  const dict = (depth: number): Map<string, Literal> => {
    const fields = new Map<string, Literal>();
    while (tokens[at] !== '}') {
      const key = value(depth + 1);
      if (typeof key !== 'string' || tokens[at] !== ':' || fields.has(key)) {
        throw fail();
      }
      at += 1;
      fields.set(key, value(depth + 1));
      if (tokens[at] === ',') at += 1;
      else if (tokens[at] !== '}') throw fail();
    }
    at += 1;
    return fields;
  };
  function value(depth: number): Literal {
    const token = tokens[at];
    if (token === undefined || depth > DEEPEST) throw fail();
    at += 1;
    if (token === '{') return dict(depth);
    if (token === '[') return sequence(']', depth);
    if (token === '(') return sequence(')', depth);
    if (token === 'True') return true;
    if (token === 'False') return false;
    if (token === 'None') return undefined;
    if (/^['"].*['"]$/.test(token) && token.length > 1) {
      return token.slice(1, -1);
    }
    if (/^[+-]?\d+L?$/.test(token)) return Number(token.replace('L', ''));
    at -= 1;
    throw fail();
  }
  const whole = value(0);
  if (at !== tokens.length) throw fail();
  return whole;
}
