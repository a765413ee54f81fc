import { detectAll } from 'tinyld/light';

export const UNSURE = 'und';

/** Fewer letters say too little. */
const LEAST_LETTERS = 12;

/** Of scripts whose letters are words or syllables. */
const LEAST_SYLLABLES = 4;

/** So much surer than of the next one it has to be. */
const MARGIN = 1.1;

const CODE = /```[\s\S]*?(?:```|$)|https?:\/\/\S+|[{}[\]<>=;_\\|]/g;
const SYLLABLES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

const countOf = (text: string, pattern: RegExp) =>
  text.match(pattern)?.length ?? 0;

/** ISO 639-1 of a text, or `und`: codes, tables and single words are no language. */
export function languageOf(text: string): string {
  const words = text.replace(CODE, ' ');
  const isEnough =
    countOf(words, /\p{L}/gu) >= LEAST_LETTERS ||
    countOf(words, SYLLABLES) >= LEAST_SYLLABLES;
  if (!isEnough) {
    return UNSURE;
  }
  const [first, second] = detectAll(words);
  const isSure =
    first !== undefined &&
    (second === undefined || first.accuracy >= second.accuracy * MARGIN);
  return isSure && /^[a-z]{2}$/.test(first.lang) ? first.lang : UNSURE;
}
