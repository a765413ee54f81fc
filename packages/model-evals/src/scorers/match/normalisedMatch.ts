import {
  aFlag,
  flagOf,
  paramsProblem,
  someTexts,
  textsOf,
  type ParamCheck,
  type Params,
} from '../params';
import {
  EXTRACT,
  answerText,
  mismatch,
  referenceProblem,
  referencesOf,
} from '../text/answer';
import { normalise, type NormaliseOptions } from '../text/normalise';
import type { Scorer } from '../types';

/** Parameters that say what normalisation takes away. */
export const NORMALISATION: Record<string, ParamCheck> = {
  ignoreCase: aFlag,
  ignorePunctuation: aFlag,
  ignoreSpace: aFlag,
  ignoreAccents: aFlag,
  unicode: aFlag,
  articles: value =>
    typeof value === 'boolean' || someTexts(value) === undefined
      ? undefined
      : 'must be true, false or a list of words',
};

export const normalisationOf = (params: Params): NormaliseOptions => ({
  ignoreCase: flagOf(params, 'ignoreCase', true),
  ignorePunctuation: flagOf(params, 'ignorePunctuation', true),
  ignoreSpace: flagOf(params, 'ignoreSpace', true),
  ignoreAccents: flagOf(params, 'ignoreAccents', false),
  unicode: flagOf(params, 'unicode', true),
  articles: textsOf(params, 'articles') ?? flagOf(params, 'articles', true),
});

/** The answer is the expected text but for case, punctuation and articles. */
export const normalisedMatch: Scorer = {
  type: 'normalised-match',
  title: 'Match after normalisation',
  about:
    "The answer is one of the expected texts when case, punctuation, articles and white space are left out, as SQuAD's exact match does (Rajpurkar et al. 2016).",
  unit: 'ratio',
  direction: 'higher',
  problem: paramsProblem('normalised-match', { ...EXTRACT, ...NORMALISATION }),
  caseProblem: referenceProblem,
  score(input) {
    const options = normalisationOf(input.params);
    const references = referencesOf(input.case);
    const text = answerText(input);
    const answer = normalise(text, options);
    return references.some(it => normalise(it, options) === answer)
      ? { value: 1 }
      : { value: 0, failure: mismatch(references, text) };
  },
};
