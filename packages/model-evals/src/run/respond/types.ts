import type { ChatReply } from '../../endpoint/types';
import type { EvaluationCase } from '../../pack/types';
import type { CaseAnswer } from '../../scorers/types';

/** One sample of a case that is to be answered. */
export interface Asking {
  case: EvaluationCase;
  seed: number;
  /** What an interrupted run got for the first turns. */
  keptTurns: ChatReply[];
  /** Keeps a turn before the next request is made. */
  onTurn: (turn: number, reply: ChatReply) => Promise<void>;
  signal: AbortSignal;
}

/** How a case becomes an answer. */
export interface Respondent {
  /** What has to be there before the first case. */
  prepare?(
    signal: AbortSignal,
    onProgress: (done: number, total: number) => void,
  ): Promise<void>;
  /** @throws EndpointError where the model does not answer */
  answer(asking: Asking): Promise<CaseAnswer>;
}
