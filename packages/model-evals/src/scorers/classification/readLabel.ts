import type { CaseAnswer } from '../types';
import {
  flagOf,
  isObject,
  textOf,
  textsOf,
  wordOf,
  type Params,
} from '../params';
import { jsonIn, valueAt } from '../text/json';
import { stripped } from '../text/normalise';
import { safeRegex } from '../text/safeRegex';

/** What people and models put around a word. */
const AROUND = ' "\'“”‘’*_`.,:;!?()[]{}-';

/** A label with the words that mean it. */
interface Spelling {
  label: string;
  words: string;
}

const prepared = (text: string, ignoreCase: boolean) => {
  const it = text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  return ignoreCase ? it.toLowerCase() : it;
};

/** The labels of a classification; none where every text is one. */
export const labelsOf = (params: Params): string[] =>
  textsOf(params, 'labels') ?? [];

function spellingsOf(labels: string[], params: Params): Spelling[] {
  const ignoreCase = flagOf(params, 'ignoreCase', true);
  const aliases = isObject(params.aliases) ? params.aliases : {};
  const meaning = (label: string) =>
    textsOf(aliases, label) ?? textOf(aliases, label) ?? [];
  return (
    labels
      .flatMap(label =>
        [label, meaning(label)]
          .flat()
          .map(words => ({ label, words: prepared(words, ignoreCase) })),
      )
      // The longest first: “not spam” is not “spam”.
      .sort((a, b) => b.words.length - a.words.length)
  );
}

const isInner = (letter: string | undefined) =>
  letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);

/** Labels in the order in which they stand in a text, none within another. */
function labelsIn(text: string, spellings: Spelling[]): string[] {
  const found: Array<{ label: string; start: number }> = [];
  const isTaken = new Uint8Array(text.length);
  for (const { label, words } of spellings) {
    for (
      let start = words === '' ? -1 : text.indexOf(words);
      start >= 0;
      start = text.indexOf(words, start + words.length)
    ) {
      const end = start + words.length;
      const isWord =
        !(isInner(text[start - 1]) && isInner(text[start])) &&
        !(isInner(text[end]) && isInner(text[end - 1]));
      if (isWord && !isTaken[start] && !isTaken[end - 1]) {
        isTaken.fill(1, start, end);
        found.push({ label, start });
      }
    }
  }
  return found.sort((a, b) => a.start - b.start).map(({ label }) => label);
}

/** The text that is to hold the label: of a JSON path, of a pattern, or all of it. */
function labelText(text: string, params: Params): string | undefined {
  const path = textOf(params, 'path');
  if (path !== undefined) {
    const json = jsonIn(text);
    const value = json && valueAt(json.value, path);
    return value === undefined || value === null || typeof value === 'object'
      ? undefined
      : String(value);
  }
  const pattern = textOf(params, 'pattern');
  if (pattern === undefined) return text;
  const match = safeRegex(pattern, textOf(params, 'flags'))
    .findAll(text)
    .at(-1);
  return match && (match.slice(1).find(it => it !== undefined) ?? match[0]);
}

/**
 * The label that an answer gives, or nothing where it gives none, or several and
 * `take` is `only`.
 */
export function readLabel(
  answer: CaseAnswer | undefined,
  labels: string[],
  params: Params,
): string | undefined {
  const ignoreCase = flagOf(params, 'ignoreCase', true);
  const raw = labelText(answer?.text ?? '', params);
  if (raw === undefined) return undefined;
  const text = prepared(raw, ignoreCase);
  const spellings = spellingsOf(labels, params);
  const bare = stripped(text, AROUND);
  const whole = spellings.find(({ words }) => words === text || words === bare);
  if (whole) return whole.label;
  const there = labelsIn(text, spellings);
  const take = wordOf<'only' | 'first' | 'last'>(params, 'take', 'only');
  if (take === 'first') return there[0];
  if (take === 'last') return there.at(-1);
  return new Set(there).size === 1 ? there[0] : undefined;
}
