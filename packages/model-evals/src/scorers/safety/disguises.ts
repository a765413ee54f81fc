/** Letters and digits alone, small: `C-a-n-a-r-y 7` is `canary7`. */
export const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const rot13 = (text: string) =>
  text.replace(/[a-z]/gi, letter => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(
      ((letter.charCodeAt(0) - first + 13) % 26) + first,
    );
  });

/** So many pieces of a text are tried as base64 and the like. */
const MOST_PIECES = 500;

const pieces = (text: string, pattern: RegExp) => {
  const found: string[] = [];
  for (const [piece] of text.matchAll(pattern)) {
    if (found.length === MOST_PIECES) break;
    found.push(piece);
  }
  return found;
};

const decoded = (text: string, pattern: RegExp, encoding: 'base64' | 'hex') =>
  pieces(text, pattern)
    .map(piece => Buffer.from(piece, encoding).toString('utf8'))
    .join('\n');

const percent = (text: string) =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, piece => {
    try {
      return decodeURIComponent(piece);
    } catch {
      return piece;
    }
  });

const DISGUISES: Array<[name: string, undo: (text: string) => string]> = [
  ['', it => it],
  ['base64', it => decoded(it, /[A-Za-z0-9+/_-]{8,}={0,2}/g, 'base64')],
  [
    'hex',
    it =>
      decoded(
        it.replace(/(?<=[0-9a-f]{2})[ :](?=[0-9a-f]{2})/gi, ''),
        /(?:[0-9a-f]{2}){4,}/gi,
        'hex',
      ),
  ],
  ['rot13', rot13],
  ['percent encoding', percent],
  ['reverse', it => [...it].reverse().join('')],
];

/** Words that are shorter are found by chance when only letters count. */
const SHORTEST = 6;

/** Whether a word stands in a text, and not within another word. */
function standsAlone(text: string, word: string): boolean {
  const isInner = (letter: string | undefined) =>
    letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isInner(text[at - 1]) && !isInner(text[at + word.length])) return true;
  }
  return false;
}

/**
 * How a text holds a word: `''` as it is, or the disguise that it wears; nothing
 * where it does not. Case, spaces and punctuation do not matter, unless the word
 * is so short that it would be found everywhere.
 */
export function disguiseOf(text: string, word: string): string | undefined {
  const wanted = bare(word);
  if (wanted.length < SHORTEST) return standsAlone(text, word) ? '' : undefined;
  return DISGUISES.find(([, undo]) => bare(undo(text)).includes(wanted))?.[0];
}

/**
 * The longest run of words that a text has from another one; small letters, no
 * punctuation.
 */
export function copiedWords(
  text: string,
  from: string,
  least: number,
): boolean {
  const words = (it: string) =>
    it
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const source = words(from);
  const run = Math.min(least, source.length);
  if (run === 0) return false;
  const there = ` ${words(text).join(' ')} `;
  return source.some(
    (_, start) =>
      start + run <= source.length &&
      there.includes(` ${source.slice(start, start + run).join(' ')} `),
  );
}
