import { NORMALISATION, normalisationOf } from '../match/normalisedMatch';
import { paramsProblem } from '../params';
import {
  EXTRACT,
  answerText,
  referenceProblem,
  referencesOf,
} from '../text/answer';
import { normalise, type NormaliseOptions } from '../text/normalise';
import { fMeasure, ngrams, overlap, spacedTokens } from '../text/tokens';
import type { Scorer } from '../types';

function f1(reference: string, answer: string, options: NormaliseOptions) {
  const wanted = spacedTokens(normalise(reference, options));
  const got = spacedTokens(normalise(answer, options));
  // As evaluate-v2.0.py has it: nothing is right where nothing is expected.
  if (wanted.length === 0 || got.length === 0) {
    return wanted.length === got.length ? 1 : 0;
  }
  const shared = overlap(ngrams(wanted, 1), ngrams(got, 1));
  return fMeasure(shared / got.length, shared / wanted.length);
}

/** Words that answer and reference share. */
export const tokenF1: Scorer = {
  type: 'token-f1',
  title: 'Token F1',
  about:
    "Words that the answer shares with the expected text after normalisation, as SQuAD's F1 counts them (Rajpurkar et al. 2016). The best of several expected texts counts.",
  unit: 'ratio',
  direction: 'higher',
  problem: paramsProblem('token-f1', { ...EXTRACT, ...NORMALISATION }),
  caseProblem: referenceProblem,
  score(input) {
    const options = normalisationOf(input.params);
    const text = answerText(input);
    return {
      value: Math.max(
        ...referencesOf(input.case).map(it => f1(it, text, options)),
      ),
    };
  },
};
