import type { Json } from '../../pack/types';

/** Beginnings of JSON that are tried; a text of nothing but `[` would take for ever. */
const MOST_TRIES = 50;

const parsed = (text: string): { value: Json } | undefined => {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
};

/** Where the bracket that opens at `start` closes, outside of texts in quotes. */
function closing(text: string, start: number): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (isQuoted) {
      if (letter === '\\') at++;
      else if (letter === '"') isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === '{' || letter === '[') depth++;
    else if (letter === '}' || letter === ']') {
      depth--;
      if (depth === 0) return at;
    }
  }
  return undefined;
}

/** What stands between lines of three backticks, in order. */
export function fencedBlocks(text: string): string[] {
  const blocks: string[] = [];
  let open: string[] | undefined;
  for (const line of text.split('\n')) {
    if (!line.trimStart().startsWith('```')) {
      open?.push(line);
    } else if (open) {
      blocks.push(open.join('\n'));
      open = undefined;
    } else {
      open = [];
    }
  }
  return blocks;
}

/**
 * JSON in an answer: all of it, a block in a fence, or the first object or list
 * among other words. Nothing where there is none.
 */
export function jsonIn(text: string): { value: Json } | undefined {
  const whole = parsed(text.trim());
  if (whole) return whole;
  for (const block of fencedBlocks(text)) {
    const found = parsed(block.trim());
    if (found) return found;
  }
  let tries = 0;
  for (let at = 0; at < text.length && tries < MOST_TRIES; at++) {
    if (text[at] !== '{' && text[at] !== '[') continue;
    tries++;
    const end = closing(text, at);
    const found =
      end === undefined ? undefined : parsed(text.slice(at, end + 1));
    if (found) return found;
  }
  return undefined;
}

/** What lies at a path: `label`, `result.0.name`. */
export function valueAt(value: Json, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((it, name) => {
    if (typeof it !== 'object' || it === null) return undefined;
    const inner = it as Record<string, Json>;
    return Object.hasOwn(inner, name) ? inner[name] : undefined;
  }, value);
}
