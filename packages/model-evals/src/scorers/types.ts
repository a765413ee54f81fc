import type { EvaluationCase, Json, ToolCall } from '../pack/types';
import type { CountedStatistic } from '../statistics/types';

/**
 * What a model answered to a case, once.
 *
 * @public
 */
export interface CaseAnswer {
  /** Without thoughts. */
  text: string;
  finishReason?: string;
  toolCalls?: ToolCall[];
  /** Of retrieval: ids of documents, the best one first. */
  ranking?: string[];
  /** Of agents: everything that happened, see `agent/types.ts`. */
  trajectory?: { [name: string]: Json };
  /** Milliseconds from the request to the end of the answer. */
  latencyMs: number;
  /** Milliseconds to the first piece of the answer; absent where it came whole. */
  ttftMs?: number;
  inputTokens?: number;
  outputTokens?: number;
}

/**
 * What a case scored. Plain JSON: it is kept, so that a resumed run need not
 * score again.
 *
 * @public
 */
export interface CaseScore {
  /** Absent where the scorer could not judge; `note` says why then. */
  value?: number;
  /** What an aggregate needs beside the value: counts of n-grams, labels. */
  parts?: Record<string, number | string>;
  /** The case went wrong in a way that people should see, in one sentence. */
  failure?: string;
  note?: string;
}

/**
 * Other models that a scorer asks: a judge, an embedding model. Requests are
 * retried and limited as those of the run are.
 *
 * @public
 */
export interface ScorerModels {
  /** Asks the judge that the run pins; throws where none is given. */
  judge(request: {
    messages: Array<{ role: 'system' | 'user'; content: string }>;
    seed: number;
    signal: AbortSignal;
    maxTokens?: number;
  }): Promise<{ text: string; model: string }>;
  /** One vector for each text, of the embedding model that the run pins. */
  embed(request: { texts: string[]; signal: AbortSignal }): Promise<number[][]>;
}

/** @public */
export interface ScoreInput {
  case: EvaluationCase;
  /** `request.samples` of them; the first one where a scorer wants one. */
  answers: CaseAnswer[];
  /** Pack's parameters with those of the case over them. */
  params: Record<string, Json>;
  models: ScorerModels;
  /** Fixed for a case and a run. */
  seed: number;
  signal: AbortSignal;
}

/**
 * A number made of many cases.
 *
 * @public
 */
export interface ScorerAggregate {
  /** Behind the metric's name with a dot: `label.f1`; the metric itself where empty. */
  suffix: string;
  title: string;
  unit: string;
  direction: 'higher' | 'lower';
  /** Of all cases that have a score, at least one; undefined where it says nothing. */
  of(scores: CaseScore[], params: Record<string, Json>): number | undefined;
  /**
   * The same number of counts, where it can be made of them: its interval takes
   * thousands of samples, and counting is much faster than reading scores again.
   */
  counted?(scores: CaseScore[], params: Record<string, Json>): CountedStatistic;
  /**
   * Whether the number rests on a case. All cases without it; with it, only so
   * many are told, and the interval is as wide as they make it.
   */
  isAbout?(score: CaseScore, params: Record<string, Json>): boolean;
}

/**
 * A way to judge answers. Pure where it can be: the same answer scores the same.
 *
 * @public
 */
export interface Scorer {
  /** `rouge-l` */
  type: string;
  title: string;
  /** What it is and where its formula comes from. */
  about: string;
  /** Of the value of one case. */
  unit: string;
  direction: 'higher' | 'lower';
  /** What is wrong with the parameters, in words that name the field; nothing where all is well. */
  problem?(params: Record<string, Json>): string | undefined;
  /** What a case lacks for it. */
  caseProblem?(
    it: EvaluationCase,
    params: Record<string, Json>,
  ): string | undefined;
  /** It asks the judge, or the embedding model. */
  asks?: 'judge' | 'embeddings';
  /** Likewise, where it hangs on the parameters; see `asksOf`. */
  asksFor?(params: Record<string, Json>): 'judge' | 'embeddings' | undefined;
  score(input: ScoreInput): CaseScore | Promise<CaseScore>;
  /** Without it, the mean of the values. An entry without suffix stands in its place. */
  aggregates?: ScorerAggregate[];
}
