import {
  aCount,
  numberOf,
  oneOfTexts,
  paramsProblem,
  wordOf,
  type Params,
} from '../params';
import { contains } from '../match/contains';
import { exactMatch } from '../match/exactMatch';
import { normalisedMatch } from '../match/normalisedMatch';
import { regex } from '../match/regex';
import type { Scorer } from '../types';
import { numeric } from './numeric';

const comparisons = {
  exact: exactMatch,
  normalised: normalisedMatch,
  contains,
  numeric,
  regex,
} satisfies Record<string, Scorer>;

type Comparison = keyof typeof comparisons;

/**
 * How likely one of k answers is right, when `correct` of n were: without bias,
 * 1 - C(n - c, k) / C(n, k), as a product that does not overflow.
 *
 * @see Chen et al. 2021, Evaluating Large Language Models Trained on Code, arXiv:2107.03374
 */
export function passAtK(n: number, correct: number, k: number): number {
  if (n - correct < k) return 1;
  let none = 1;
  for (let it = n - correct + 1; it <= n; it++) none *= 1 - k / it;
  return 1 - none;
}

const comparisonOf = (params: Params) =>
  comparisons[wordOf<Comparison>(params, 'compare', 'exact')];

/** Those of the comparison. */
const withoutOwn = ({ k: _k, compare: _compare, ...rest }: Params): Params =>
  rest;

/** One of several answers is right. */
export const passAtKScorer: Scorer = {
  type: 'pass-at-k',
  title: 'pass@k',
  about:
    'How likely one of k answers has the expected output, estimated without bias from all samples (Chen et al. 2021). The pack asks for k samples or more.',
  unit: 'ratio',
  direction: 'higher',
  problem(params) {
    const own = { k: params.k, compare: params.compare };
    const given = Object.fromEntries(
      Object.entries(own).filter(([, value]) => value !== undefined),
    ) as Params;
    const problem = paramsProblem('pass-at-k', {
      k: aCount(1, 1_000),
      compare: oneOfTexts(...Object.keys(comparisons)),
    })(given);
    return problem ?? comparisonOf(params).problem?.(withoutOwn(params));
  },
  caseProblem: (it, params) =>
    comparisonOf(params).caseProblem?.(it, withoutOwn(params)),
  async score(input) {
    const { answers, params } = input;
    const k = numberOf(params, 'k', 1);
    const n = answers.length;
    if (n < k) {
      return {
        note: `pass@${k} needs ${k} answers and there are ${n}; set request.samples to ${k} or more.`,
      };
    }
    let correct = 0;
    let failure: string | undefined;
    for (const answer of answers) {
      const one = await comparisonOf(params).score({
        ...input,
        answers: [answer],
        params: withoutOwn(params),
      });
      if (one.value === 1) correct++;
      failure ??= one.failure;
    }
    return {
      value: passAtK(n, correct, k),
      parts: { n, correct },
      ...(correct === 0 &&
        failure && { failure: `None of ${n} answers is right. ${failure}` }),
    };
  },
};
