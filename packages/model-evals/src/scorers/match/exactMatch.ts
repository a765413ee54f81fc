import { aFlag, flagOf, paramsProblem } from '../params';
import {
  EXTRACT,
  answerText,
  mismatch,
  referenceProblem,
  referencesOf,
} from '../text/answer';
import type { Scorer } from '../types';

/** The answer is the expected text. */
export const exactMatch: Scorer = {
  type: 'exact-match',
  title: 'Exact match',
  about:
    'The answer is one of the expected texts, letter by letter; white space at its ends does not count.',
  unit: 'ratio',
  direction: 'higher',
  problem: paramsProblem('exact-match', {
    ...EXTRACT,
    ignoreCase: aFlag,
    trim: aFlag,
  }),
  caseProblem: referenceProblem,
  score(input) {
    const { params } = input;
    const prepared = (text: string) => {
      const trimmed = flagOf(params, 'trim', true) ? text.trim() : text;
      return flagOf(params, 'ignoreCase', false)
        ? trimmed.toLowerCase()
        : trimmed;
    };
    const references = referencesOf(input.case);
    const text = answerText(input);
    return references.some(it => prepared(it) === prepared(text))
      ? { value: 1 }
      : { value: 0, failure: mismatch(references, text) };
  },
};
