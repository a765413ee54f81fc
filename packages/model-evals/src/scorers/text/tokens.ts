import { porterStem } from './porterStem';

/**
 * Scripts that put no spaces between words. A letter of them is a token, so that
 * the same text gives the same tokens wherever it is read; dictionaries of
 * words differ from one release of Unicode's data to the next.
 */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';

const UNSPACED_LETTER = new RegExp(
  `(?=[${UNSPACED}])[\\p{L}\\p{N}]\\p{M}*`,
  'gu',
);

const TOKEN = new RegExp(
  `(?=[${UNSPACED}])[\\p{L}\\p{N}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`,
  'gu',
);

/**
 * Small words and numbers of a text. Of ASCII they are those of Google's
 * rouge-score (`[a-z0-9]+`); a letter of Chinese, Japanese, Thai and the like is
 * a token of its own.
 */
export function wordTokens(text: string, stem = false): string[] {
  const tokens = text.normalize('NFKC').toLowerCase().match(TOKEN) ?? [];
  // As rouge-score does, words of up to three letters stay as they are.
  return stem
    ? tokens.map(token => (token.length > 3 ? porterStem(token) : token))
    : tokens;
}

/** The words of a text between spaces; letters of unspaced scripts stand alone. */
export const spacedTokens = (text: string): string[] =>
  text.replace(UNSPACED_LETTER, ' $& ').split(/\s+/u).filter(Boolean);

/** How often each run of `size` tokens comes. */
export function ngrams(tokens: string[], size: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + size <= tokens.length; start++) {
    const key = tokens.slice(start, start + size).join('\u0000');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** How many runs two texts share, each counted as often as in the one with fewer. */
export function overlap(
  left: Map<string, number>,
  right: Map<string, number>,
): number {
  let shared = 0;
  for (const [key, count] of left) {
    shared += Math.min(count, right.get(key) ?? 0);
  }
  return shared;
}

/** Precision and recall made one: their harmonic mean, recall β times as heavy. */
export function fMeasure(precision: number, recall: number, beta = 1): number {
  const square = beta * beta;
  return precision + recall === 0
    ? 0
    : ((1 + square) * precision * recall) / (square * precision + recall);
}

/** The length of the longest subsequence of both, not necessarily in one piece. */
export function commonLength(left: string[], right: string[]): number {
  const [short, long] =
    left.length < right.length ? [left, right] : [right, left];
  let above = new Uint32Array(short.length + 1);
  for (const token of long) {
    const row = new Uint32Array(short.length + 1);
    for (let at = 1; at <= short.length; at++) {
      row[at] =
        short[at - 1] === token
          ? above[at - 1] + 1
          : Math.max(above[at], row[at - 1]);
    }
    above = row;
  }
  return above[short.length];
}
