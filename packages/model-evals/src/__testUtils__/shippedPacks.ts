import path from 'node:path';
import type { EvaluationCase, EvaluationPack } from '../pack/types';
import { scoreCase } from '../run/scoreCase';
import { scorerOf } from '../scorers';
import type { CaseAnswer } from '../scorers/types';

/** Of this repository. */
export const CATALOG = path.resolve(__dirname, '../../../../catalog-info');

/** What the metrics of a pack say of one answer to a case. */
export async function judged(
  pack: EvaluationPack,
  it: EvaluationCase,
  answer: Partial<CaseAnswer>,
): Promise<Record<string, number | undefined>> {
  const { scores, problems } = await scoreCase({
    case: it,
    answers: [{ text: '', latencyMs: 1, ...answer }],
    scorers: pack.scorers,
    scorerOf,
    models: {
      judge: () => Promise.reject(new Error('There is no judge')),
      embed: () => Promise.reject(new Error('There are no embeddings')),
    },
    seed: 1,
    signal: new AbortController().signal,
  });
  expect(problems).toEqual({});
  return Object.fromEntries(
    Object.entries(scores).map(([name, { value }]) => [name, value]),
  );
}

/** Each metric of a pack with the same value. */
export const everything = (pack: EvaluationPack, value: number) =>
  Object.fromEntries(pack.scorers.map(({ name }) => [name, value]));
