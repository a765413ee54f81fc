import {
  aFlag,
  aNumber,
  flagOf,
  oneOfTexts,
  paramsProblem,
  wordOf,
  type Params,
} from '../params';
import {
  EXTRACT,
  answerText,
  referenceProblem,
  referencesOf,
} from '../text/answer';
import type { CaseScore, Scorer } from '../types';
import {
  addBleuCounts,
  bleuCounts,
  bleuOf,
  type BleuCounts,
  type Smoothing,
} from './bleuFormula';
import { BLEU_TOKENISERS, bleuTokens, type BleuTokeniser } from './bleuTokens';

const smoothingOf = (params: Params) => ({
  smoothing: wordOf<Smoothing>(params, 'smoothing', 'exp'),
  ...(typeof params.smoothingValue === 'number' && {
    smoothingValue: params.smoothingValue,
  }),
});

const ORDERS = [1, 2, 3, 4];

const partsOf = (counts: BleuCounts): Record<string, number> => ({
  ...Object.fromEntries(
    ORDERS.flatMap(order => [
      [`correct${order}`, counts.correct[order - 1]],
      [`total${order}`, counts.total[order - 1]],
    ]),
  ),
  length: counts.length,
  referenceLength: counts.referenceLength,
});

function countsOf({ parts }: CaseScore): BleuCounts[] {
  if (parts?.length === undefined) return [];
  return [
    {
      correct: ORDERS.map(order => Number(parts[`correct${order}`])),
      total: ORDERS.map(order => Number(parts[`total${order}`])),
      length: Number(parts.length),
      referenceLength: Number(parts.referenceLength),
    },
  ];
}

/** Runs of words that the answer shares with references, over a whole corpus. */
export const bleu: Scorer = {
  type: 'bleu',
  title: 'BLEU',
  about:
    'Precision of runs of up to four tokens with brevity penalty (Papineni et al. 2002), 0 to 1: a hundredth of what sacreBLEU prints. The metric is that of the corpus, not the mean of its cases; a case alone has the smoothed BLEU of its sentence.',
  unit: 'ratio',
  direction: 'higher',
  problem: paramsProblem('bleu', {
    ...EXTRACT,
    tokenise: oneOfTexts(...BLEU_TOKENISERS),
    smoothing: oneOfTexts('exp', 'none', 'floor', 'add-k'),
    smoothingValue: aNumber(0, 1_000),
    ignoreCase: aFlag,
  }),
  caseProblem: referenceProblem,
  score(input) {
    const { params } = input;
    const tokens = (text: string) =>
      bleuTokens(
        flagOf(params, 'ignoreCase', false) ? text.toLowerCase() : text,
        wordOf<BleuTokeniser>(params, 'tokenise', '13a'),
      );
    const counts = bleuCounts(
      tokens(answerText(input)),
      referencesOf(input.case).map(tokens),
    );
    return {
      value: bleuOf(counts, { ...smoothingOf(params), effectiveOrder: true }),
      parts: partsOf(counts),
    };
  },
  aggregates: [
    {
      suffix: '',
      title: 'BLEU',
      unit: 'ratio',
      direction: 'higher',
      of(scores, params) {
        const counts = scores.flatMap(countsOf);
        return counts.length > 0
          ? bleuOf(addBleuCounts(counts), smoothingOf(params))
          : undefined;
      },
    },
  ],
};
