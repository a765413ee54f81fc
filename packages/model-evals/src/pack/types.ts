import type { EvaluationType } from '@modelhub/governance-protocol';

/** What JSON can say. @public */
export type Json =
  | string
  | number
  | boolean
  | null
  | Json[]
  | { [name: string]: Json };

/** @public */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  /** Of an assistant. */
  toolCalls?: ToolCall[];
  /** Of a tool: the call that it answers. */
  toolCallId?: string;
}

/** A tool that a model asked for. @public */
export interface ToolCall {
  id: string;
  name: string;
  /** Parsed; the text as it came where it is no JSON. */
  arguments: Json;
}

/**
 * How a case becomes an answer. `chat`: one request; `completion`: likewise, with
 * the older route; `retrieval`: query and documents are embedded, and the answer
 * is the ranking; `agent`: several turns with simulated tools.
 *
 * @public
 */
export type PackTask = 'chat' | 'completion' | 'retrieval' | 'agent';

/**
 * One line of a pack's cases.
 *
 * @public
 */
export interface EvaluationCase {
  /** Unique within the pack; 1 to 128 letters, digits, `.`, `_`, `-`, `:`, `/`. */
  id: string;
  /** A question, or a whole conversation that ends with the user. */
  input: string | ChatMessage[];
  /** What is right: a text, a list of texts that are all right, a label, a number, JSON. */
  expected?: Json;
  /** By attribute, the group that the case belongs to: `{ language: de }`. */
  slices?: Record<string, string>;
  /** Of safety cases: what the model ought to do. */
  behaviour?: 'refuse' | 'comply';
  /** Of safety cases: `prompt-injection`, `data-leak`, `self-harm`, … */
  category?: string;
  /** Of retrieval: grade (1 and more) of each document that answers the query. */
  relevant?: Record<string, number>;
  /** By the name of a metric: parameters of its scorer for this case alone. */
  scorers?: Record<string, Record<string, Json>>;
  /** Of agents: tools, what they answer, and what is expected; see `agent/types.ts`. */
  agent?: { [name: string]: Json };
}

/**
 * A number that a pack measures, and how.
 *
 * @public
 */
export interface PackScorer {
  /** Name of the metric, unique within the pack: `rougeL`. */
  name: string;
  /** Type of the scorer: `rouge-l`. */
  type: string;
  params?: Record<string, Json>;
}

/**
 * What a model has to reach for the pack to be passed.
 *
 * @public
 */
export interface PackCriterion {
  /** Name of a metric, of a scorer or of one that every run has (`request_latency`). */
  metric: string;
  /** Of metrics with several; the mean by default. */
  statistic?: 'p50' | 'p90' | 'p95' | 'p99' | 'mean' | 'max' | 'rate';
  /** `language=de`; all cases by default. */
  slice?: string;
  /** Exactly one of the two. */
  atLeast?: number;
  atMost?: number;
}

/**
 * Which groups a fairness pack compares.
 *
 * @public
 */
export interface PackFairness {
  /** Attributes of the cases' slices: `[gender, language]`. */
  attributes: string[];
  /** The metric whose gap between groups counts. */
  metric: string;
  /** Of classifications: the label that is to people's advantage; parity and odds are about it. */
  positiveLabel?: string;
  /** Groups with fewer cases are shown and not compared. Default 20. */
  minimumCases?: number;
}

/**
 * An evaluation pack as it is read: of a folder with `pack.yaml` and its cases,
 * which is a catalog entity of kind `EvaluationPack` too.
 *
 * @public
 */
export interface EvaluationPack {
  name: string;
  title?: string;
  description?: string;
  type: EvaluationType;
  /** Semantic version; a change of anything that is digested needs another. */
  version: string;
  /** Entity ref of who answers for it. */
  owner?: string;
  /** Ids of purposes that it is the standard for; all where empty. */
  purposes: string[];
  /** Hugging Face task ids of the models that it is for; all where empty. */
  modelTasks: string[];
  task: PackTask;
  request: PackRequest;
  scorers: PackScorer[];
  criteria: PackCriterion[];
  fairness?: PackFairness;
  cases: EvaluationCase[];
  /** Of retrieval. */
  documents?: Array<{ id: string; text: string }>;
  /** `sha256:…` over the canonical form of everything that makes the numbers. */
  digest: string;
  entityRef?: string;
}

/**
 * How every case is asked.
 *
 * @public
 */
export interface PackRequest {
  /** Goes before each conversation. */
  system?: string;
  /** The case's input goes in place of `{{input}}`. */
  template?: string;
  /** Default 0. */
  temperature?: number;
  topP?: number;
  /** Default 512. */
  maxTokens?: number;
  stop?: string[];
  /** Answers to each case, for pass-at-k. Default 1. */
  samples?: number;
  /** Further fields of each request. */
  extraBody?: Record<string, Json>;
}
