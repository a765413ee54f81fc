import { EndpointError } from '../endpoint/failures';
import type { EvaluationCase, PackScorer } from '../pack/types';
import type { ScorerLookup } from '../pack/scorerChecks';
import type { CaseAnswer, CaseScore, ScorerModels } from '../scorers/types';
import { seedOf } from './seeds';

export interface Scoring {
  case: EvaluationCase;
  answers: CaseAnswer[];
  /** Those that are still missing. */
  scorers: PackScorer[];
  scorerOf: ScorerLookup;
  models: ScorerModels;
  seed: number;
  signal: AbortSignal;
}

export interface Scored {
  /** By metric; what is worth keeping. */
  scores: Record<string, CaseScore>;
  /** By metric, why it could not be judged this time; another run tries again. */
  problems: Record<string, string>;
}

/**
 * Scores the answers to a case. What a scorer could not do since its judge did
 * not answer is a problem, and is never a score.
 */
export async function scoreCase(scoring: Scoring): Promise<Scored> {
  const { case: it, answers, scorerOf, models, signal } = scoring;
  const scores: Record<string, CaseScore> = {};
  const problems: Record<string, string> = {};
  for (const { name, type, params } of scoring.scorers) {
    signal.throwIfAborted();
    try {
      const score = await scorerOf(type)?.score({
        case: it,
        answers,
        params: { ...params, ...it.scorers?.[name] },
        models,
        seed: seedOf(scoring.seed, it.id, name),
        signal,
      });
      if (score) scores[name] = checked(score);
    } catch (error) {
      signal.throwIfAborted();
      const { message } = error as Error;
      problems[name] =
        error instanceof EndpointError ? `no answer: ${message}` : message;
    }
  }
  return { scores, problems };
}

/** A value that is no number would become null in a result, and look like nothing. */
function checked(score: CaseScore): CaseScore {
  const { value, ...rest } = score;
  return value === undefined || Number.isFinite(value)
    ? score
    : { ...rest, note: `the scorer made ${value}` };
}
