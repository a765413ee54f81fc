import * as pep440 from '@renovatebot/pep440';
import semver from 'semver';

/** Less than, equal, greater than 0; undefined when the two have no order. */
export type Compare = (a: string, b: string) => number | undefined;

const pypi: Compare = (a, b) =>
  pep440.valid(a) && pep440.valid(b) ? pep440.compare(a, b) : undefined;

/** `v1.2.3` of tags, and `1.2` of people, are read as they are meant. */
const plain = (version: string) => {
  const bare = version.trim().replace(/^v(?=\d)/i, '');
  const [, numbers, rest] =
    /^(\d+(?:\.\d+){0,2})((?:[-+].*)?)$/.exec(bare) ?? [];
  if (numbers === undefined) return undefined;
  const padded = [...numbers.split('.'), '0', '0'].slice(0, 3).join('.');
  return semver.parse(`${padded}${rest}`) ?? undefined;
};

const semantic: Compare = (a, b) => {
  const [left, right] = [plain(a), plain(b)];
  return left && right ? semver.compare(left, right) : undefined;
};

/** Ecosystems of OSV whose versions are semantic ones. */
const SEMANTIC = new Set(['npm', 'go', 'crates.io', 'hex', 'pub', 'swifturl']);

/**
 * How versions of an ecosystem are ordered: Python's by PEP 440, those of npm,
 * Go and their like by Semantic Versioning. Others have no order here; for them
 * the versions that an advisory lists count.
 */
export function orderOf(
  rangeType: string,
  ecosystem: string | undefined,
): Compare | undefined {
  // `Debian:12`, `Ubuntu:22.04`: what follows the colon is a release.
  const family = ecosystem?.split(':')[0].toLowerCase() ?? '';
  if (rangeType === 'SEMVER') return semantic;
  if (rangeType !== 'ECOSYSTEM') return undefined;
  if (family === 'pypi') return pypi;
  return SEMANTIC.has(family) ? semantic : undefined;
}

/** Two spellings of one version: `1.0` and `1.0.0` of Python, `v1` and `1`. */
export function sameVersion(
  ecosystem: string | undefined,
  a: string,
  b: string,
): boolean {
  if (a === b) return true;
  return ecosystem?.toLowerCase() === 'pypi' ? pypi(a, b) === 0 : false;
}
