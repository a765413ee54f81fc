import { aCount, numberOf, oneOfTexts, paramsProblem, wordOf } from '../params';
import { jsonIn } from '../text/json';
import { stripped } from '../text/normalise';
import type { CaseAnswer, Scorer } from '../types';
import {
  averagePrecision,
  exponentialGain,
  hit,
  linearGain,
  ndcg,
  precision,
  recall,
  reciprocalRank,
  type Ranked,
} from './formulas';

const METRICS = ['ndcg', 'recall', 'precision', 'mrr', 'map', 'hit'] as const;

type RetrievalMetric = (typeof METRICS)[number];

/** Ids in a text: of a list in JSON, or line by line, or between commas. */
function idsIn(text: string): string[] {
  const json = jsonIn(text)?.value;
  const list = Array.isArray(json)
    ? json
    : Object.values(typeof json === 'object' && json ? json : {}).find(it =>
        Array.isArray(it),
      );
  if (Array.isArray(list)) {
    return list.flatMap(it =>
      typeof it === 'string' || typeof it === 'number' ? String(it) : [],
    );
  }
  return text
    .split(/[\n,;]/u)
    .map(line =>
      stripped(
        line.trim().replace(/^(?:\d{1,4}[.)]\s|[-*•]\s)/u, ''),
        ' \t\r"\'`[]()<>.',
      ),
    )
    .filter(Boolean);
}

/** What the answer ranks, each document once: the first place counts. */
const rankingOf = (answer: CaseAnswer | undefined): string[] => [
  ...new Set(answer?.ranking ?? idsIn(answer?.text ?? '')),
];

const formula: Record<RetrievalMetric, (it: Ranked, k: number) => number> = {
  ndcg,
  recall,
  precision,
  mrr: reciprocalRank,
  map: averagePrecision,
  hit,
};

/** Documents that answer a query, as far up as can be. */
export const retrieval: Scorer = {
  type: 'retrieval',
  title: 'Retrieval',
  about:
    'How far up the relevant documents are: nDCG (Järvelin and Kekäläinen 2002, linear gain as in trec_eval and BEIR), recall, precision, reciprocal rank, average precision or hit among the first k.',
  unit: 'ratio',
  direction: 'higher',
  problem: paramsProblem('retrieval', {
    metric: oneOfTexts(...METRICS),
    k: aCount(1, 10_000),
    gain: oneOfTexts('linear', 'exponential'),
  }),
  caseProblem: ({ relevant = {} }) =>
    Object.values(relevant).some(grade => grade > 0)
      ? undefined
      : 'relevant must grade one document at least',
  score({ case: asked, answers, params }) {
    const k = numberOf(params, 'k', 10);
    const metric = wordOf<RetrievalMetric>(params, 'metric', 'ndcg');
    const it = { ranking: rankingOf(answers[0]), grades: asked.relevant ?? {} };
    const value =
      metric === 'ndcg'
        ? ndcg(
            it,
            k,
            params.gain === 'exponential' ? exponentialGain : linearGain,
          )
        : formula[metric](it, k);
    if (value > 0) return { value };
    return {
      value,
      failure: `None of the relevant documents (${Object.keys(it.grades)
        .slice(0, 5)
        .join(', ')}) is among the first ${k}.`,
    };
  },
};
