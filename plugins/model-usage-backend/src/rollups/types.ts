import type { Tier } from '@modelhub/governance-protocol';
import type { Sketch } from './Sketch';

/**
 * How finely numbers are kept. Months are kept for good; the others for as long
 * as `modelUsage.rollups` says: minutes 2 days, hours 90 days, days 3 years.
 * All are periods of UTC.
 */
export type Level = 'minute' | 'hour' | 'day' | 'month';

/** From the finest on. */
export const LEVELS: Level[] = ['minute', 'hour', 'day', 'month'];

/** How many days the periods of a level are kept; months are kept for good. */
export type RollupRetention = Record<Exclude<Level, 'month'>, number>;

export const DEFAULT_RETENTION: RollupRetention = {
  minute: 2,
  hour: 90,
  day: 3 * 365,
};

/** What numbers are counted by. The empty text stands for what is not known. */
export interface Dimensions {
  /** Gateway id; empty for names that callers asked for and nobody knows. */
  model: string;
  version: string;
  /** Entity ref of the group that owns the key. */
  team: string;
  /** Entity ref of the component that owns the key. */
  component: string;
  /** Id of the access profile. */
  profile: string;
  tier: Tier | '';
  /** ISO 4217; empty for what has no cost. */
  currency: string;
  /** Who told: `gateway` for our own, else the id of a source. */
  source: string;
}

/** Sums of a period. Every call is in `calls` and in at most one class of errors. */
export interface Sums {
  calls: number;
  /** The gateway said no: not approved, over a limit, over a budget. */
  refused: number;
  /** The gateway could not: no snapshot, no provider, its own error. Not in `refused`. */
  unavailable: number;
  /** The model's endpoint answered 4xx except 429. */
  clientErrors: number;
  /** The model's endpoint answered 429. */
  throttled: number;
  /** The model's endpoint answered 5xx, or not in time, or failed so often that its circuit is open. */
  serverErrors: number;
  /** The model answered that it will not do what it was asked for. */
  declined: number;
  /** Answered by the gateway's cache. */
  cached: number;
  /** A model worked for them and nobody knows what that costs. */
  unpricedCalls: number;
  /** Their tokens are estimates. */
  estimatedCalls: number;
  inputTokens: number;
  outputTokens: number;
  /** Part of `inputTokens`. */
  cachedInputTokens: number;
  /** Millionths of the currency. Only sums within one currency mean something. */
  costMicros: number;
}

export const SUMS: Array<keyof Sums> = [
  'calls',
  'refused',
  'unavailable',
  'clientErrors',
  'throttled',
  'serverErrors',
  'declined',
  'cached',
  'unpricedCalls',
  'estimatedCalls',
  'inputTokens',
  'outputTokens',
  'cachedInputTokens',
  'costMicros',
];

/**
 * What happened at one moment, or in the period that begins with it: a call,
 * or sums of many.
 */
export interface UsageFact extends Dimensions, Sums {
  /** Milliseconds since 1970. It counts in the periods that this moment is in. */
  at: number;
  /** Milliseconds to the end of answers that came from the model, with how many took that long. */
  latency: Array<[ms: number, calls: number]>;
  /** Milliseconds to the first token. */
  ttft: Array<[ms: number, calls: number]>;
  /** The same, of many calls, beside what the lists tell. */
  sketches?: { latency: Sketch; ttft: Sketch };
}

/** Which rows to sum up. An absent list means all, an empty one none. */
export interface RollupFilter {
  models?: string[];
  /** Of the models named. */
  versions?: string[];
  teams?: string[];
  components?: string[];
  profiles?: string[];
  tiers?: Array<Tier | ''>;
  sources?: string[];
  /** What one of these teams, or one of these components, called. */
  callers?: { teams: string[]; components: string[] };
}

/** What rows are told apart by. */
export type GroupKey = 'at' | keyof Dimensions;

export interface SumsQuery {
  level: Level;
  /** The period that this moment is in is the first. */
  from: Date;
  /** The first moment that does not count, rounded up to a whole period. */
  to: Date;
  where?: RollupFilter;
  /**
   * Whoever sums up costs asks for `currency` too. Without any, there is one
   * row, or none where nothing was called.
   */
  by: GroupKey[];
  /** The greatest first; by period and then by name without. */
  orderBy?: keyof Sums;
  limit?: number;
  offset?: number;
}

/** The names asked for in `by`, and the sums. `at` is the ISO 8601 begin of the period. */
export type SumsRow = Sums & { at?: string } & Partial<Dimensions>;

/** When something was called, as begins of periods with a call. */
export interface Span {
  first: string;
  last: string;
}

export interface LatencyQuery {
  level: Level;
  from: Date;
  to: Date;
  /** Latencies are kept by version of a model, whoever calls it. */
  models: string[];
  versions?: string[];
  by: Array<'at' | 'model' | 'version'>;
}

/** What is known of how long things took. Figures are true to 1 %. */
export interface Durations {
  /** How many were measured. */
  count: number;
  /** Milliseconds. */
  mean: number;
  p50: number;
  p95: number;
  p99: number;
}

/** Absent where nothing was measured. */
export interface LatencyRow {
  at?: string;
  model?: string;
  version?: string;
  latency?: Durations;
  ttft?: Durations;
}

export interface HeatMapCell {
  /** 1 is Monday, 7 is Sunday. UTC. */
  weekday: number;
  /** 0 to 23. UTC. */
  hour: number;
  calls: number;
}
