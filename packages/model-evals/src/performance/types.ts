import { setTimeout as delay } from 'node:timers/promises';
import type { EvaluationRun } from '@modelhub/governance-protocol';

/**
 * How requests come in. `closed`: so many callers, each of which waits for its
 * answer before it asks again. `open`: so many new requests a second, whether or
 * not the earlier ones were answered; times count from when a request was due,
 * so that a server which falls behind looks as slow as it is.
 *
 * @public
 */
export type Load =
  | { kind: 'closed'; concurrency: number }
  | { kind: 'open'; requestsPerSecond: number };

/**
 * How far a measurement is.
 *
 * @public
 */
export interface PerformanceProgress {
  phase: 'warm-up' | 'measuring';
  load: Load;
  /** Requests of all loads together. */
  requestsDone: number;
  requests: number;
  errors: number;
}

/**
 * Milliseconds that only go forward, and a way to wait for them.
 *
 * @public
 */
export interface PerformanceClock {
  now(): number;
  /** Resolves early when the signal says so. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * What to measure.
 *
 * @public
 */
export interface PerformanceOptions {
  /** Base URL of an OpenAI-compatible API, with its version: `http://localhost:8000/v1`. */
  endpoint: string;
  /** As the endpoint calls it. */
  model: string;
  apiKey?: string;
  /** One after the other; one caller by default. */
  loads?: Load[];
  /** Requests under each load. Default 50. */
  requests?: number;
  /** Requests before each load that are not counted. Default 3. */
  warmUp?: number;
  /** About so long is each prompt. Default 256. */
  promptTokens?: number;
  /** So long is each answer at most. Default 128. */
  outputTokens?: number;
  /** A request that takes longer has failed. Default 120,000. */
  timeoutMs?: number;
  /** Requests that an open load has under way at once at most. Default 512. */
  maxInFlight?: number;
  /** Level of the intervals. Default 0.95. */
  confidence?: number;
  /** Samples of the bootstrap. Default 1000. */
  resamples?: number;
  /** Of prompts and bootstrap. Default 1. */
  seed?: number;
  /** Further fields of each request, such as `{ ignore_eos: true }` of vLLM. */
  extraBody?: Record<string, unknown>;
  /** What else is known of what answers. */
  target?: Omit<EvaluationRun['target'], 'endpoint'>;
  /** Ends the measurement; what was measured by then is kept and told as partial. */
  signal?: AbortSignal;
  onProgress?: (progress: PerformanceProgress) => void;
  clock?: PerformanceClock;
  /** Name and version of the program that measures. */
  tool?: { name: string; version: string };
}

/**
 * Why nothing was measured, with what to do about it.
 *
 * @public
 */
export class PerformanceError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'PerformanceError';
  }
}

/** What became of one request. Moments are milliseconds of the clock. */
export type RequestSample = AnsweredRequest | FailedRequest;

export interface AnsweredRequest {
  isAnswered: true;
  /** When it was due. */
  dueAt: number;
  /** When each piece of the answer came; at least one. */
  pieces: number[];
  endedAt: number;
  /** As the server counts, where it does. */
  promptTokens?: number;
  outputTokens?: number;
}

export interface FailedRequest {
  isAnswered: false;
  dueAt: number;
  endedAt: number;
  /** `timeout`, `connection`, `empty`, `broken`, `http-503`. */
  reason: string;
  message: string;
}

export const systemPerformanceClock: PerformanceClock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    if (ms <= 0) return;
    // An abort ends the wait; that it was one, its owner knows.
    await delay(ms, undefined, { signal }).catch(() => {});
  },
};
