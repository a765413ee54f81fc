import canonicalize from 'canonicalize';

/** A value that only the `canonicalize` package writes rightly. */
const ODD = Symbol('odd');

/**
 * The RFC 8785 (JSON Canonicalization Scheme) text of a JSON value: sorted
 * keys, no white space, one spelling for each number and string. Properties
 * that are `undefined` are left out, as `JSON.stringify` does.
 *
 * Snapshots are tens of megabytes, so ordinary values are put in order and
 * written by `JSON.stringify`, three times as fast as the `canonicalize`
 * package, which writes the rest.
 *
 * @throws TypeError when the value has no canonical form: `undefined`,
 * functions, NaN and infinities, strings with lone surrogates
 *
 * @public
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    const copy = ordered(value);
    text = copy === ODD ? canonicalize(value) : JSON.stringify(copy);
  } catch (error) {
    throw new TypeError(`Not a JSON value: ${(error as Error).message}`);
  }
  if (text === undefined) {
    throw new TypeError(`Not a JSON value: ${typeof value}`);
  }
  // JSON.stringify escapes lone surrogates, for which RFC 8785 has no form.
  if (/\\ud[89a-f]/.test(text) && hasLoneSurrogate(text)) {
    throw new TypeError('Not a JSON value: a string holds a lone surrogate');
  }
  return text;
}

/** Whether an escape of a surrogate is one, and not an escaped backslash before plain text. */
function hasLoneSurrogate(text: string): boolean {
  for (const [escape] of text.matchAll(/\\(?:u[0-9a-f]{4}|.)/g)) {
    if (/^\\ud[89a-f]/.test(escape)) {
      return true;
    }
  }
  return false;
}

/**
 * A copy whose keys `JSON.stringify` meets in canonical order.
 *
 * @returns {@link ODD} for what it would meet in another order or write in
 * another way: array indices as keys, `__proto__`, own `toJSON`, and whatever
 * is no JSON
 */
function ordered(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : ODD;
  }
  if (value === null) {
    return null;
  }
  if (typeof value !== 'object') {
    return ODD;
  }
  return Array.isArray(value)
    ? orderedList(value)
    : orderedRecord(value as Record<string, unknown>);
}

function orderedList(list: unknown[]): unknown {
  const copy: unknown[] = [];
  for (const item of list) {
    const part = ordered(item);
    if (part === ODD) {
      return ODD;
    }
    copy.push(part);
  }
  return copy;
}

function orderedRecord(record: Record<string, unknown>): unknown {
  if (record.toJSON !== undefined) {
    return ODD;
  }
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(record).sort()) {
    const first = name.charCodeAt(0);
    if ((first >= 0x30 && first <= 0x39) || name === '__proto__') {
      return ODD;
    }
    const field = record[name];
    if (field !== undefined) {
      const part = ordered(field);
      if (part === ODD) {
        return ODD;
      }
      copy[name] = part;
    }
  }
  return copy;
}
