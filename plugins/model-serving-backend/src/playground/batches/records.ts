import type {
  PlaygroundColumns,
  PlaygroundFormat,
  PlaygroundRunState,
  PlaygroundScorerChoice,
  PlaygroundSettings,
  PlaygroundTarget,
} from '@modelhub/backstage-plugin-models-common';
import type { EvaluationCase } from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';

/** Times are milliseconds since 1970. */
export interface BatchRecord {
  id: string;
  name: string;
  fileName?: string;
  /** Entity ref. */
  person: string;
  profile?: string;
  format: PlaygroundFormat;
  /** Of the file. */
  digest: string;
  rowCount: number;
  columns: PlaygroundColumns;
  system?: string;
  settings: PlaygroundSettings;
  scorers: PlaygroundScorerChoice[];
  createdAt: number;
  eraseAt: number;
}

export interface RowRecord {
  place: number;
  line: number;
  case: EvaluationCase;
}

export interface RunProgressRecord {
  done: number;
  failed: number;
  total: number;
  retries: number;
}

/** One target of a batch. */
export interface BatchRunRecord {
  id: string;
  batchId: string;
  place: number;
  person: string;
  target: PlaygroundTarget;
  /** What the version was when the batch was made. */
  pin?: string;
  state: PlaygroundRunState;
  attempts: number;
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  progress?: RunProgressRecord;
  problem?: string;
  result?: EvaluationResult;
  resultId?: string;
  attached: string[];
}

export const OPEN_STATES: PlaygroundRunState[] = ['queued', 'running'];
