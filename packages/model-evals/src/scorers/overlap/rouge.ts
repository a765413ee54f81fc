import {
  aFlag,
  aNumber,
  flagOf,
  numberOf,
  oneOfTexts,
  paramsProblem,
  wordOf,
} from '../params';
import {
  EXTRACT,
  answerText,
  referenceProblem,
  referencesOf,
} from '../text/answer';
import {
  commonLength,
  fMeasure,
  ngrams,
  overlap,
  wordTokens,
} from '../text/tokens';
import type { Scorer } from '../types';

interface Overlap {
  precision: number;
  recall: number;
}

const share = (shared: number, of: number) => (of > 0 ? shared / of : 0);

const runs =
  (size: number) =>
  (wanted: string[], got: string[]): Overlap => {
    const shared = overlap(ngrams(wanted, size), ngrams(got, size));
    return {
      precision: share(shared, got.length - size + 1),
      recall: share(shared, wanted.length - size + 1),
    };
  };

const subsequence = (wanted: string[], got: string[]): Overlap => {
  const shared = commonLength(wanted, got);
  return {
    precision: share(shared, got.length),
    recall: share(shared, wanted.length),
  };
};

/** Longer answers and references are cut: the time goes with their product. */
const MOST_TOKENS = 10_000;

function rouge(
  type: string,
  title: string,
  what: string,
  compare: (wanted: string[], got: string[]) => Overlap,
): Scorer {
  return {
    type,
    title,
    about: `${what} that answer and expected text share, as F-measure (Lin 2004, ROUGE). Tokens are those of Google's rouge-score; the best of several expected texts counts.`,
    unit: 'ratio',
    direction: 'higher',
    problem: paramsProblem(type, {
      ...EXTRACT,
      beta: aNumber(0.01, 100),
      stem: aFlag,
      measure: oneOfTexts('f', 'precision', 'recall'),
    }),
    caseProblem: referenceProblem,
    score(input) {
      const { params } = input;
      const stem = flagOf(params, 'stem', false);
      const beta = numberOf(params, 'beta', 1);
      const tokens = (text: string) =>
        wordTokens(text, stem).slice(0, MOST_TOKENS);
      const got = tokens(answerText(input));
      const measure = wordOf<'f' | 'precision' | 'recall'>(
        params,
        'measure',
        'f',
      );
      return {
        value: Math.max(
          ...referencesOf(input.case).map(reference => {
            const found = compare(tokens(reference), got);
            return measure === 'f'
              ? fMeasure(found.precision, found.recall, beta)
              : found[measure];
          }),
        ),
      };
    },
  };
}

/** Words in common. */
export const rouge1 = rouge('rouge-1', 'ROUGE-1', 'Words', runs(1));

/** Pairs of words in common. */
export const rouge2 = rouge('rouge-2', 'ROUGE-2', 'Pairs of words', runs(2));

/** The longest sequence of words in common. */
export const rougeL = rouge(
  'rouge-l',
  'ROUGE-L',
  'The longest sequence of words, gaps allowed,',
  subsequence,
);
