import { aNumber, numberOf, paramsProblem } from '../params';
import {
  EXTRACT,
  answerText,
  mismatch,
  referenceProblem,
  referencesOf,
} from '../text/answer';
import type { Scorer } from '../types';

/** The cosine of the angle between two vectors; nothing where one has no length. */
export function cosine(left: number[], right: number[]): number | undefined {
  if (left.length === 0 || left.length !== right.length) return undefined;
  let product = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  left.forEach((value, place) => {
    product += value * right[place];
    leftSquares += value * value;
    rightSquares += right[place] * right[place];
  });
  const lengths = Math.sqrt(leftSquares) * Math.sqrt(rightSquares);
  // Rounding may lead a hair beyond the ends.
  return lengths > 0 && Number.isFinite(product / lengths)
    ? Math.max(-1, Math.min(1, product / lengths))
    : undefined;
}

/** The answer means what was expected. */
export const embeddingSimilarity: Scorer = {
  type: 'embedding-similarity',
  title: 'Similarity of meaning',
  about:
    'Cosine of the vectors of the answer and of the nearest expected text, by the embedding model that the run pins. With a threshold, the share of cases that reach it is a metric too.',
  unit: '1',
  direction: 'higher',
  asks: 'embeddings',
  problem: paramsProblem('embedding-similarity', {
    ...EXTRACT,
    threshold: aNumber(-1, 1),
  }),
  caseProblem: referenceProblem,
  async score(input) {
    const { params, models, signal } = input;
    const references = referencesOf(input.case);
    const text = answerText(input);
    // Embedding models refuse empty texts.
    if (text.trim() === '') {
      return { value: 0, failure: mismatch(references, text) };
    }
    const vectors = await models.embed({
      texts: [text, ...references],
      signal,
    });
    const [answer, ...wanted] = vectors;
    const found = wanted.flatMap(it => cosine(answer, it) ?? []);
    if (found.length !== references.length) {
      return {
        note: 'The embedding model gave vectors that cannot be compared: of no length, or not equally long.',
      };
    }
    const value = Math.max(...found);
    const threshold = numberOf(params, 'threshold', -1);
    return {
      value,
      parts: { reached: value >= threshold ? 1 : 0 },
      ...(value < threshold && {
        failure: `Similarity ${value.toFixed(
          2,
        )} is below ${threshold}. ${mismatch(references, text)}`,
      }),
    };
  },
  aggregates: [
    {
      suffix: 'reached',
      title: 'Cases that reach the threshold',
      unit: 'ratio',
      direction: 'higher',
      of(scores, params) {
        const known = scores.filter(it => it.value !== undefined);
        return params.threshold === undefined || known.length === 0
          ? undefined
          : known.filter(it => it.parts?.reached === 1).length / known.length;
      },
    },
  ],
};
