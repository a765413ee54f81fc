import type { EvaluationCase, Json } from '../../pack/types';
import { scorerOf } from '../registry';
import type { CaseAnswer, CaseScore, ScorerModels } from '../types';

/** No scorer that is pure asks another model. */
const NO_MODELS: ScorerModels = {
  judge: async () => {
    throw new Error('No judge is given');
  },
  embed: async () => {
    throw new Error('No embedding model is given');
  },
};

/** What a scorer says of an answer to a case of one line. */
export async function scored(
  type: string,
  it: Partial<EvaluationCase> & {
    text?: string;
    texts?: string[];
    answer?: Partial<CaseAnswer>;
    params?: Record<string, Json>;
    models?: Partial<ScorerModels>;
    seed?: number;
  },
): Promise<CaseScore> {
  const {
    text = '',
    texts = [text],
    answer,
    params = {},
    models,
    seed = 1,
    ...fields
  } = it;
  const scorer = scorerOf(type);
  if (!scorer) throw new Error(`No scorer ${type}`);
  const problem = scorer.problem?.(params);
  if (problem) throw new Error(problem);
  const asked: EvaluationCase = { id: 'one', input: 'Question?', ...fields };
  const caseProblem = scorer.caseProblem?.(asked, params);
  if (caseProblem) throw new Error(caseProblem);
  return scorer.score({
    case: asked,
    answers: texts.map(each => ({ text: each, latencyMs: 1, ...answer })),
    params,
    models: { ...NO_MODELS, ...models },
    seed,
    signal: new AbortController().signal,
  });
}

/** What an aggregate makes of the scores of several cases. */
export function aggregated(
  type: string,
  suffix: string,
  scores: CaseScore[],
  params: Record<string, Json> = {},
): number | undefined {
  const aggregate = scorerOf(type)?.aggregates?.find(
    it => it.suffix === suffix,
  );
  if (!aggregate) throw new Error(`${type} has no aggregate '${suffix}'`);
  return aggregate.of(scores, params);
}
