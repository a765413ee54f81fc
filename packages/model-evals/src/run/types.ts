import type { EvaluationRun } from '@modelhub/governance-protocol';
import type { EvaluationPack } from '../pack/types';
import type { ScorerLookup } from '../pack/scorerChecks';
import type { RunJournal } from './journal/types';

/**
 * A model behind an OpenAI-compatible endpoint.
 *
 * @public
 */
export interface ModelEndpoint {
  /** Base URL of the API, with its version: `http://localhost:8000/v1`. */
  endpoint: string;
  /** As the endpoint calls it. */
  model: string;
  apiKey?: string;
  /** Digest of what answers, where it is known; it goes into the settings. */
  digest?: string;
}

/**
 * What tokens cost, per million of them.
 *
 * @public
 */
export interface TokenPrices {
  inputPerMTok: number;
  outputPerMTok: number;
  /** `USD` by default. */
  currency?: string;
}

/**
 * How far a run is.
 *
 * @public
 */
export interface RunProgress {
  /** `documents`: those of a retrieval pack are embedded. */
  phase: 'documents' | 'cases';
  /** Cases that are through, failed ones too. */
  done: number;
  failed: number;
  total: number;
  /** Requests that were made again. */
  retries: number;
  /** Cases that an earlier, interrupted run has answered. */
  resumed: number;
  /** All wait, because the endpoint asked for it; milliseconds. */
  waitingMs?: number;
}

/**
 * What to run, against what, and how.
 *
 * @public
 */
export interface RunPackOptions extends ModelEndpoint {
  pack: EvaluationPack;
  /** Cases at once. Default 4. */
  concurrency?: number;
  /** Further attempts at a request that failed for a reason that passes. Default 5. */
  retries?: number;
  /** Before the second attempt, about; it doubles with each further one. Default 500. */
  backoffMs?: number;
  /** A request that takes longer has failed. Default 120,000. */
  timeoutMs?: number;
  /** The longest that an endpoint may ask to wait (`Retry-After`). Default 120,000. */
  longestWaitMs?: number;
  /** Of requests, scorers and intervals. Default 1. */
  seed?: number;
  /** In place of the pack's: answers to each case. */
  samples?: number;
  /** Only the first so many cases; the result is partial then. */
  limit?: number;
  /** Who judges; needed by packs that ask a judge. */
  judge?: ModelEndpoint;
  /** Needed by packs that compare meanings. */
  embeddings?: ModelEndpoint;
  prices?: TokenPrices;
  /** Level of the intervals. Default 0.95. */
  confidence?: number;
  /** Samples of the bootstrap. Default 1000. */
  resamples?: number;
  /** What else is known of what answers. */
  target?: Omit<EvaluationRun['target'], 'endpoint'>;
  /** Keep inputs and outputs out of the result. */
  isContentLeftOut?: boolean;
  /** Keeps answers and scores, so that an interrupted run goes on. In memory without. */
  journal?: RunJournal;
  /** Ends the run at once; what was kept by then makes a partial result. */
  signal?: AbortSignal;
  /** Ends it gently: cases under way are finished, no others begun. */
  draining?: AbortSignal;
  onProgress?: (progress: RunProgress) => void;
  scorerOf?: ScorerLookup;
  /** Name and version of the program that measures. */
  tool?: { name: string; version: string };
}

/**
 * Why a run made no result, with what to do about it. What the journal has is
 * kept: the same run goes on from there.
 *
 * @public
 */
export class RunError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'RunError';
  }
}
