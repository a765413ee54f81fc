/** The fields of a head by their names in lower case. */
export type Fields = Record<string, string | string[]>;

/** Makes the error that says what cannot be read, or can be read in two ways. */
export type Refuse = (message: string) => Error;

const DIGITS = /^\d{1,15}$/;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;

/** What a character may be part of. */
const OF_NAME = 1;
const OF_VALUE = 2;
/** Of a name that has to be written in lower case. */
const CAPITAL = 4;

/**
 * By the codes of Latin-1. What else is in a value may end it for one reader and
 * not for another.
 */
const CHARACTERS = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return (
    (/[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(character) ? OF_NAME : 0) |
    (/[\t\x20-\x7e\x80-\xff]/.test(character) ? OF_VALUE : 0) |
    (/[A-Z]/.test(character) ? CAPITAL : 0)
  );
});

const isBlank = (code: number) => code === SPACE || code === TAB;

/**
 * Reads the fields of a head as RFC 9112 has them, without any of the leniency
 * that it allows: no bare line feeds, no folded lines, no space before a colon.
 *
 * @param text - the whole head in Latin-1, without the empty line at its end; its
 * first line is known to be well-formed
 * @param options - `from`: where its first line ends, below 0 where that is all;
 * `repeat`: what a field means that occurs again
 * @throws what `refuse` makes
 */
export function readFields(
  text: string,
  options: {
    from: number;
    refuse: Refuse;
    repeat: (fields: Fields, name: string, value: string) => void;
  },
): Fields {
  const { refuse, repeat } = options;
  const fields: Fields = {};
  const { length } = text;
  let at = options.from;
  while (at >= 0 && at < length) {
    const start = at + 2;
    let seen = 0;
    at = start;
    while (at < length && CHARACTERS[text.charCodeAt(at)] & OF_NAME) {
      seen |= CHARACTERS[text.charCodeAt(at)];
      at += 1;
    }
    if (at === start || at >= length || text.charCodeAt(at) !== COLON) {
      throw refuse('a line of its head has no name, or no colon behind it');
    }
    const name = text.slice(start, at);
    let from = at + 1;
    while (from < length && isBlank(text.charCodeAt(from))) from += 1;
    at = from;
    while (at < length && CHARACTERS[text.charCodeAt(at)] & OF_VALUE) at += 1;
    if (
      at < length &&
      (text.charCodeAt(at) !== CR || text.charCodeAt(at + 1) !== LF)
    ) {
      throw refuse('its head has characters that do not belong there');
    }
    let to = at;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
    const value = text.slice(from, to);
    const key = seen & CAPITAL ? name.toLowerCase() : name;
    const before: unknown = fields[key];
    // `constructor` is there before anybody named it.
    if (before === undefined || typeof before === 'function') {
      fields[key] = value;
    } else {
      repeat(fields, key, value);
    }
  }
  return fields;
}

/**
 * How many bytes a body has.
 *
 * @throws what `refuse` makes where that is not one number
 */
export function lengthOf(field: string | string[], refuse: Refuse): number {
  if (typeof field !== 'string' || !DIGITS.test(field)) {
    throw refuse('its length is not one number');
  }
  return Number(field);
}

/**
 * The only transfer coding that is known.
 *
 * @throws what `refuse` makes for others and for lists of them
 */
export function checkChunked(field: string | string[], refuse: Refuse): void {
  if (typeof field !== 'string' || field.toLowerCase() !== 'chunked') {
    throw refuse('its transfer encoding is not known');
  }
}
