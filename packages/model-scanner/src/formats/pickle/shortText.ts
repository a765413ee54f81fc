/** Longer texts are no names. */
export const LONGEST_TEXT = 4096;

/** No value of fewer bytes holds a pickle that imports something. */
export const LEAST_PICKLE = 8;

/** Longer ones are decoded by the platform. */
const LONGEST = 96;
const SLOTS = 4096;

/** 1 for what may be part of the name of an import. */
const NAME_CODES = new Uint8Array(256);
for (const char of '._ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789') {
  NAME_CODES[char.charCodeAt(0)] = 1;
}

/**
 * Texts as they come out of a pickle, of which the same few come again and
 * again: these are taken from a table instead of decoded anew.
 */
export class ShortTexts {
  readonly #table: Array<string | undefined> = new Array(SLOTS);

  /** The UTF-8 text of these bytes. */
  decode(bytes: Buffer, start: number, end: number): string {
    if (end - start > LONGEST) return bytes.toString('utf8', start, end);
    let hash = end - start;
    let all = 0;
    for (let i = start; i < end; i++) {
      const code = bytes[i];
      hash = (Math.imul(hash, 31) + code) | 0;
      all |= code;
    }
    if (all > 0x7f) return bytes.toString('utf8', start, end);
    const slot = hash & (SLOTS - 1);
    const known = this.#table[slot];
    if (known !== undefined && isSame(known, bytes, start, end)) return known;
    const text = bytes.toString('latin1', start, end);
    this.#table[slot] = text;
    return text;
  }
}

/** Whether a text may be a part of the name of an import. */
export function mayBeName(text: string): boolean {
  const { length } = text;
  if (length === 0 || length > 512) return false;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    // Python takes letters of every script.
    if (code < 0x80 && NAME_CODES[code] === 0) return false;
  }
  return true;
}

function isSame(text: string, bytes: Buffer, start: number, end: number) {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) !== bytes[start + i]) return false;
  }
  return true;
}
