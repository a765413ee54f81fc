type Flat = string | number | boolean | undefined;

/** Texts that are written in JSON as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A text, as JSON. */
export const quoted = (text: string) =>
  PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);

function valueOf(value: string | number | boolean): string {
  if (typeof value === 'string') {
    return quoted(value);
  }
  return typeof value === 'number' && !Number.isFinite(value)
    ? 'null'
    : `${value}`;
}

/** Names are those of our own types, a few dozen. */
const beginnings = new Map<string, string>();

function beginningOf(name: string): string {
  let beginning = beginnings.get(name);
  if (beginning === undefined) {
    beginning = `${quoted(name)}:`;
    if (beginnings.size < 1_000) {
      beginnings.set(name, beginning);
    }
  }
  return beginning;
}

/**
 * What `JSON.stringify` makes of an object without objects in it, for half of
 * its cost: every call writes several of them.
 *
 * @param beginning - members to put before the others, as `"a":1`
 */
export function flatJson<T extends { [K in keyof T]: Flat }>(
  fields: T,
  beginning = '',
): string {
  let text = `{${beginning}`;
  let comma = beginning === '' ? '' : ',';
  for (const name of Object.keys(fields) as Array<keyof T & string>) {
    const value: Flat = fields[name];
    if (value !== undefined) {
      text += comma + beginningOf(name) + valueOf(value);
      comma = ',';
    }
  }
  return `${text}}`;
}
