import {
  aFlag,
  flagOf,
  oneOfTexts,
  paramsProblem,
  someTexts,
  textsOf,
  wordOf,
} from '../params';
import {
  EXTRACT,
  answerText,
  quoted,
  referenceProblem,
  referencesOf,
} from '../text/answer';
import type { Scorer } from '../types';

const isWordPart = (text: string) => /^[\p{L}\p{N}_]$/u.test(text);

/** Where the part stands, not within another word where words are asked for. */
function holds(text: string, part: string, wholeWords: boolean): boolean {
  if (part === '') return true;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
    const after = [...text.slice(at + part.length, at + part.length + 2)][0];
    if (!wholeWords || (!isWordPart(before) && !isWordPart(after ?? ''))) {
      return true;
    }
  }
  return false;
}

/** The answer holds what is expected, among other words. */
export const contains: Scorer = {
  type: 'contains',
  title: 'Contains',
  about:
    'The answer holds one of the expected texts (or all of them, or none), whatever stands around.',
  unit: 'ratio',
  direction: 'higher',
  problem: paramsProblem('contains', {
    ...EXTRACT,
    values: someTexts,
    mode: oneOfTexts('any', 'all', 'none'),
    ignoreCase: aFlag,
    wholeWords: aFlag,
  }),
  caseProblem: (it, params) =>
    params.values === undefined ? referenceProblem(it) : undefined,
  score(input) {
    const { params } = input;
    const mode = wordOf<'any' | 'all' | 'none'>(params, 'mode', 'any');
    const wanted = textsOf(params, 'values') ?? referencesOf(input.case);
    const prepared = (text: string) => {
      const it = text.normalize('NFC');
      return flagOf(params, 'ignoreCase', true) ? it.toLowerCase() : it;
    };
    const text = answerText(input);
    const there = wanted.filter(it =>
      holds(prepared(text), prepared(it), flagOf(params, 'wholeWords', false)),
    );
    const words = (parts: string[]) =>
      parts.map(it => quoted(it, 60)).join(', ');
    if (mode === 'none') {
      return there.length === 0
        ? { value: 1 }
        : { value: 0, failure: `The answer must not hold ${words(there)}.` };
    }
    const missing = wanted.filter(it => !there.includes(it));
    const isRight = mode === 'any' ? there.length > 0 : missing.length === 0;
    return isRight
      ? { value: 1 }
      : {
          value: 0,
          failure: `The answer lacks ${words(missing)}: ${quoted(text)}.`,
        };
  },
};
