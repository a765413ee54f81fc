import { RE2JS } from 're2js';
import { isText, type ParamCheck } from '../params';

/** Longer patterns are refused. */
const LONGEST_PATTERN = 2_000;

/** Letters that all searches for one match after the other may read. */
const MOST_READ = 100_000_000;

const FLAGS: Record<string, number> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

/**
 * A pattern that takes time in proportion to the length of the text, whatever
 * either says: RE2's automaton instead of the backtracking of RegExp, for which
 * a pattern of ten letters can take years.
 */
export interface SafeRegex {
  /** The first match; its groups, `undefined` where one took no part. */
  find(text: string): Array<string | undefined> | undefined;
  /** The matches, at most `most` (1,000), fewer in very long texts: each may read the whole text. */
  findAll(text: string, most?: number): Array<Array<string | undefined>>;
  test(text: string): boolean;
  groups: number;
}

const kept = new Map<string, SafeRegex>();

/**
 * Throws where it is no pattern, with words that say so.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function safeRegex(pattern: string, flags = ''): SafeRegex {
  const key = `${flags}/${pattern}`;
  const known = kept.get(key);
  if (known) return known;
  if (pattern.length > LONGEST_PATTERN) {
    throw new Error(`is longer than ${LONGEST_PATTERN} characters`);
  }
  let bits = 0;
  for (const flag of flags) {
    if (flag !== 'u') bits += FLAGS[flag] ?? 0;
  }
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(RE2JS.translateRegExp(pattern), bits);
  } catch (error) {
    throw new Error(
      `is no pattern of RE2 (which has no look-around and no back references): ${
        (error as Error).message
      }`,
    );
  }
  const groups = compiled.groupCount();
  const findAll = (text: string, most = 1_000) => {
    const found: Array<Array<string | undefined>> = [];
    const matcher = compiled.matcher(text);
    const affordable = Math.min(most, 1 + MOST_READ / (text.length + 1));
    while (found.length < affordable && matcher.find()) {
      found.push(
        Array.from(
          { length: groups + 1 },
          (_, group) => matcher.group(group) ?? undefined,
        ),
      );
    }
    return found;
  };
  const made: SafeRegex = {
    groups,
    findAll,
    find: text => findAll(text, 1)[0],
    test: text => compiled.matcher(text).find(),
  };
  if (kept.size > 500) kept.clear();
  kept.set(key, made);
  return made;
}

/** A pattern as {@link safeRegex} takes it. */
export const aPattern: ParamCheck = value => {
  if (!isText(value) || value === '') return 'must be a pattern';
  try {
    safeRegex(value);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

/** Letters of `i`, `m`, `s`, each once at most. */
export const someFlags: ParamCheck = value =>
  isText(value) &&
  [...value].every(
    (flag, place) => flag in FLAGS && value.indexOf(flag) === place,
  )
    ? undefined
    : 'must be made of the letters i (case), m (lines) and s (dot matches line ends)';
