/** The fields of a head by their names in lower case. */
export type Fields = Record<string, string | string[]>;

/** Makes the error that says what cannot be read, or can be read in two ways. */
export type Refuse = (message: string) => Error;

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Nearly all names are of these characters, and need no look at case. */
const PLAIN_NAME = /^[a-z-]+$/;
/** What else is in a value may end it for one reader and not for another. */
const TEXT = /^[\t\x20-\x7e\x80-\xff]*(?:\r\n[\t\x20-\x7e\x80-\xff]*)*$/;
const DIGITS = /^\d{1,15}$/;
const SPACE = 0x20;
const TAB = 0x09;

const isBlank = (code: number) => code === SPACE || code === TAB;

/**
 * Reads the fields of a head as RFC 9112 has them, without any of the leniency
 * that it allows: no bare line feeds, no folded lines, no space before a colon.
 *
 * @param text - the whole head, without the empty line at its end
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
  if (!TEXT.test(text)) {
    throw refuse('its head has characters that do not belong there');
  }
  const fields: Fields = {};
  let end = options.from;
  while (end >= 0) {
    const start = end + 2;
    end = text.indexOf('\r\n', start);
    const stop = end < 0 ? text.length : end;
    const colon = text.indexOf(':', start);
    if (colon < 0 || colon >= stop) {
      throw refuse('a line of its head has no colon');
    }
    let from = colon + 1;
    let to = stop;
    while (from < to && isBlank(text.charCodeAt(from))) from += 1;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
    const name = text.slice(start, colon);
    const value = text.slice(from, to);
    let key = name;
    if (!PLAIN_NAME.test(name)) {
      if (!NAME.test(name)) {
        throw refuse('the name of a header is not one');
      }
      key = name.toLowerCase();
    }
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
