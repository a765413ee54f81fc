/** Where a member of the outermost object stands in the text. */
export interface MemberRange {
  start: number;
  end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Objects with more keys than this get a `Set`. */
const MOST_IN_LIST = 12;

class Keys {
  readonly #list: string[] = [];
  #set: Set<string> | undefined;

  /** @returns whether it was not there */
  add(key: string): boolean {
    if (this.#set) {
      return this.#set.size !== this.#set.add(key).size;
    }
    if (this.#list.includes(key)) {
      return false;
    }
    this.#list.push(key);
    if (this.#list.length > MOST_IN_LIST) {
      this.#set = new Set(this.#list);
    }
    return true;
  }
}

/**
 * Looks through a text that is known to be JSON for a key that occurs twice in
 * one object, at any depth, and notes where the value of one outermost member
 * stands. Readers differ on which of two values counts.
 *
 * @param member - name of the outermost member to find; its value must be a text
 * @throws SyntaxError that names the key
 */
export function scanJson(
  text: string,
  member: string,
): MemberRange | undefined {
  const open: Array<Keys | undefined> = [];
  let keys: Keys | undefined;
  let keyMayFollow = false;
  let isMember = false;
  let found: MemberRange | undefined;
  const { length } = text;
  for (let index = 0; index < length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x7b: // {
        open.push(keys);
        keys = new Keys();
        keyMayFollow = true;
        isMember = false;
        break;
      case 0x5b: // [
        open.push(keys);
        keys = undefined;
        keyMayFollow = false;
        isMember = false;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        keys = open.pop();
        keyMayFollow = false;
        break;
      case 0x2c: // ,
        keyMayFollow = keys !== undefined;
        isMember = false;
        break;
      case QUOTE: {
        const end = endOfString(text, index);
        if (keyMayFollow && keys) {
          const key = keyAt(text, index, end);
          if (!keys.add(key)) {
            throw new SyntaxError(
              `The key '${key}' occurs twice in one object`,
            );
          }
          keyMayFollow = false;
          isMember = open.length === 1 && key === member;
        } else if (isMember) {
          found = { start: index, end: end + 1 };
          isMember = false;
        }
        index = end;
        break;
      }
      default:
    }
  }
  return found;
}

function keyAt(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  return raw.includes('\\') ? JSON.parse(text.slice(start, end + 1)) : raw;
}

/** Index of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (text.charCodeAt(end - 1) === BACKSLASH) {
    let backslashes = 1;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) {
      return end;
    }
    end = text.indexOf('"', end + 1);
  }
  return end;
}
