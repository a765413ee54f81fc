/**
 * Parses JSON and refuses objects that name a key twice, at any depth. Readers
 * differ on which of two values counts, so such a text can show one value to a
 * check and another to what comes after it.
 *
 * @throws SyntaxError when the text is no JSON or names a key twice
 *
 * @public
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const twice = findDuplicateKey(text);
  if (twice !== undefined) {
    throw new SyntaxError(`The key '${twice}' occurs twice in one object`);
  }
  return value;
}

/** Scans a text that is known to be JSON. */
function findDuplicateKey(text: string): string | undefined {
  // The keys of each open object; undefined for an open list.
  const open: Array<Set<string> | undefined> = [];
  let keyMayFollow = false;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x7b: // {
        open.push(new Set());
        keyMayFollow = true;
        break;
      case 0x5b: // [
        open.push(undefined);
        keyMayFollow = false;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        open.pop();
        keyMayFollow = false;
        break;
      case 0x2c: // ,
        keyMayFollow = open[open.length - 1] !== undefined;
        break;
      case 0x22: {
        // "
        const end = endOfString(text, index);
        const keys = open[open.length - 1];
        if (keyMayFollow && keys) {
          const raw = text.slice(index, end + 1);
          const key: string = raw.includes('\\')
            ? JSON.parse(raw)
            : raw.slice(1, -1);
          if (keys.has(key)) {
            return key;
          }
          keys.add(key);
          keyMayFollow = false;
        }
        index = end;
        break;
      }
      default:
    }
  }
  return undefined;
}

/** Index of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  for (;;) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) {
      return end;
    }
    end = text.indexOf('"', end + 1);
  }
}
