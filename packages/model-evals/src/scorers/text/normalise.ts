/** The articles that SQuAD's script takes away. */
const ENGLISH_ARTICLES = ['a', 'an', 'the'];

export interface NormaliseOptions {
  /** Letters are made small. Default true. */
  ignoreCase?: boolean;
  /** Punctuation goes. Default true. */
  ignorePunctuation?: boolean;
  /** These words go; `true` are the English articles, which is the default. */
  articles?: boolean | string[];
  /** White space is one space, and none at the ends. Default true. */
  ignoreSpace?: boolean;
  /** Unicode's compatibility forms are made one (NFKC). Default true. */
  unicode?: boolean;
  /** Marks above and below letters go. Default false. */
  ignoreAccents?: boolean;
}

/** Python's `string.punctuation`, and whatever else Unicode calls punctuation. */
const PUNCTUATION = /[!-/:-@[-`{-~]|\p{P}/gu;

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * A text as SQuAD's evaluation compares it: small letters, no punctuation, no
 * articles, single spaces. For ASCII it does what `normalize_answer` does.
 *
 * @see Rajpurkar et al. 2016, arXiv:1606.05250, evaluate-v2.0.py
 */
export function normalise(
  text: string,
  options: NormaliseOptions = {},
): string {
  const {
    ignoreCase = true,
    ignorePunctuation = true,
    articles = true,
    ignoreSpace = true,
    unicode = true,
    ignoreAccents = false,
  } = options;
  let it = unicode ? text.normalize('NFKC') : text;
  if (ignoreAccents) {
    it = it
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .normalize('NFC');
  }
  if (ignoreCase) it = it.toLowerCase();
  if (ignorePunctuation) it = it.replace(PUNCTUATION, '');
  const words = articles === true ? ENGLISH_ARTICLES : articles || [];
  if (words.length > 0) {
    const small = words.map(word => (ignoreCase ? word.toLowerCase() : word));
    it = it.replace(
      new RegExp(
        `(?<![\\p{L}\\p{N}_])(?:${small
          .map(escaped)
          .join('|')})(?![\\p{L}\\p{N}_])`,
        'gu',
      ),
      ' ',
    );
  }
  return ignoreSpace ? it.split(/\s+/u).filter(Boolean).join(' ') : it;
}

/**
 * A text without these letters at its ends. (A pattern such as `[x]+$` takes
 * time with the square of a run of x that is not at the end.)
 */
export function stripped(text: string, letters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && letters.includes(text[start])) start++;
  while (end > start && letters.includes(text[end - 1])) end--;
  return text.slice(start, end);
}
