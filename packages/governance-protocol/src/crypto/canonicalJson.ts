import canonicalize from 'canonicalize';

/**
 * The RFC 8785 (JSON Canonicalization Scheme) text of a JSON value: sorted
 * keys, no white space, one spelling for each number and string. Properties
 * that are `undefined` are left out, as `JSON.stringify` does.
 *
 * @throws TypeError when the value has no canonical form: `undefined`,
 * functions, NaN and infinities, strings with lone surrogates
 *
 * @public
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
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
