import parse from 'spdx-expression-parse';
import { findLicence } from './licences';
import type { LicenceTerms } from './types';

/** A licence expression whose leaves were looked up. */
export type LicenceNode =
  | { type: 'licence'; id: string; terms?: LicenceTerms; exception?: string }
  | { type: 'and' | 'or'; left: LicenceNode; right: LicenceNode };

const OPERATORS = ['and', 'or', 'with'];

const asLicenseRef = (id: string) =>
  `LicenseRef-${id
    .replace(/^LicenseRef-/i, '')
    .replace(/\+/g, '-plus')
    .replace(/[^A-Za-z0-9.-]+/g, '-')}`;

/**
 * Parse an SPDX expression whose parts may be Hugging Face ids. Undefined when
 * it is no expression.
 */
export function parseLicence(text: string): LicenceNode | undefined {
  const whole = findLicence(text);
  if (whole) return { type: 'licence', id: whole.id, terms: whole };

  // What SPDX does not know parses as LicenseRef-…, and is looked up again below.
  const written = new Map<string, string>();
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let afterWith = false;
  const spdx = tokens.map(token => {
    const lower = token.toLowerCase();
    if (token === '(' || token === ')') return token;
    if (OPERATORS.includes(lower)) {
      afterWith = lower === 'with';
      return lower.toUpperCase();
    }
    if (afterWith) {
      afterWith = false;
      return token;
    }
    const found = findLicence(token);
    const id = found?.id ?? token;
    if (isSpdx(id)) return id;
    const ref = asLicenseRef(id);
    written.set(ref, id);
    return ref;
  });
  try {
    return lookUp(parse(spdx.join(' ')), written);
  } catch {
    return undefined;
  }
}

function isSpdx(id: string): boolean {
  try {
    parse(id);
    return true;
  } catch {
    return false;
  }
}

type Parsed = ReturnType<typeof parse> & { exception?: string };

function lookUp(info: Parsed, written: Map<string, string>): LicenceNode {
  if ('conjunction' in info) {
    return {
      type: info.conjunction,
      left: lookUp(info.left, written),
      right: lookUp(info.right, written),
    };
  }
  const id = written.get(info.license) ?? info.license;
  const terms =
    (info.plus && findLicence(`${id}+`)) || findLicence(id) || undefined;
  return {
    type: 'licence',
    id: terms?.id ?? `${id}${info.plus ? '+' : ''}`,
    ...(terms && { terms }),
    ...(info.exception && { exception: info.exception }),
  };
}
