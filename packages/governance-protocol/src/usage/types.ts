import type { RefusalCode } from '../decision';
import type { EnforcementMode, Tier } from '../snapshot/types';

/**
 * One call through a gateway, or several equal refused ones. Never content.
 *
 * @public
 */
export interface UsageRecord {
  /** UUID. A record counts once, however often it comes. */
  id: string;
  /** ISO 8601: when the call began. It belongs to the UTC month of this moment. */
  at: string;
  /** What was asked for: `chat`, `embeddings`, … */
  route: string;
  keyId: string;
  profile: string;
  purpose: string;
  tier: Tier;
  /** Entity ref of the group or component that owns the key. */
  team?: string;
  /** Gateway id as resolved; as it was asked for where nobody knows it. */
  model: string;
  version?: string;
  /** Of the approval that covered the call. */
  grantId?: string;
  provider?: string;
  providerModel?: string;
  /** HTTP status of the answer. */
  status: number;
  /** Of the refusal or error. */
  code?: string;
  mode: EnforcementMode;
  /** Why enforcing would have refused a call that was let through. */
  uncovered?: RefusalCode;
  trace?: string;
  streamed: boolean;
  /** Calls of providers; 0 where none was called. */
  attempts: number;
  cacheHit?: boolean;
  inputTokens?: number;
  outputTokens?: number;
  /** Part of `inputTokens`. */
  cachedInputTokens?: number;
  /** The counts are not the provider's. */
  tokensEstimated?: boolean;
  /** Millionths of `currency`; absent where the model has no price. */
  costMicros?: number;
  /** ISO 4217. */
  currency?: string;
  latencyMs: number;
  firstByteMs?: number;
  promptBytes: number;
  responseBytes: number;
  /** How many calls it stands for, 1 without. Tokens, cost and bytes are their sums, latencies their greatest. */
  calls?: number;
  /** ISO 8601: when the last of several calls began. */
  until?: string;
  /** The model said that it will not do what it was asked for. Absent where nobody looked. */
  declined?: boolean;
  /** Of the last message of a sampled prompt: ISO 639-1, or `und` where it is not sure. */
  language?: string;
  /**
   * Of the last message of a sampled prompt: one of {@link TOPIC_BUCKETS}
   * groups, by a hash of the word that stands out. It tells whether the mix of
   * topics changes, and not what they are.
   */
  topic?: number;
  /** Geometric mean of the likelihoods of the answer's first tokens, 0 to 1, where the answer has them. */
  confidence?: number;
}

/**
 * What somebody says of an answer that a gateway passed on. Each call is judged
 * once.
 *
 * @public
 */
export interface UsageFeedback {
  /** UUID of the call, as in its record. */
  call: string;
  /** ISO 8601: when the call began. */
  at: string;
  keyId: string;
  /** Gateway id of the model that answered. */
  model: string;
  version?: string;
  /** 0 is of no use, 1 is good. */
  score: number;
}

/**
 * What a gateway sends to `POST /feedback`. Items that come again change nothing.
 *
 * @public
 */
export interface UsageFeedbackBatch {
  /** At most 1,000. */
  items: UsageFeedback[];
}

/**
 * What a gateway sends. A batch is taken once by its id, a record once by its.
 *
 * @public
 */
export interface UsageBatch {
  /** UUID. */
  batchId: string;
  /** At most 1,000. */
  records: UsageRecord[];
}

/**
 * Whose spending a budget bounds: an access profile by id, a team by entity
 * ref, a key by id.
 *
 * @public
 */
export type BudgetKind = 'profile' | 'team' | 'key';

/**
 * Limits that several gateways share.
 *
 * @public
 */
export type SharedLimit =
  | 'requestsPerMinute'
  | 'tokensPerMinute'
  | 'maxConcurrent';

/**
 * What a gateway would use of a limit.
 *
 * @public
 */
export interface LimitDemand {
  /** `key:<id>` or `profile:<id>`. */
  subject: string;
  limit: SharedLimit;
  /** The whole limit, by the gateway's snapshot. */
  total: number;
  /** The part that the gateway keeps to at present. */
  held: number;
  /** What it was asked for of late: for a minute, or at one time. */
  demand: number;
}

/**
 * What a gateway would spend of a budget.
 *
 * @public
 */
export interface BudgetDemand {
  /** `profile:<id>`, `team:<ref>` or `key:<id>`. */
  budget: string;
  /** UTC, `YYYY-MM`. */
  month: string;
  /** Millionths of the currency that it may still spend. */
  heldMicros: number;
  /** Millionths that it has spent or reserved, and that no accepted batch tells of yet. */
  unreportedMicros: number;
  /** Millionths that it would like to hold. */
  wantedMicros: number;
  /** Millionths that a waiting call needs. */
  neededMicros?: number;
}

/**
 * A gateway tells what it holds and what it would like to hold.
 *
 * @public
 */
export interface LeaseRequest {
  /** Raised at each start of the gateway. */
  session: number;
  /** Raised with each request of a session. An older one changes nothing. */
  sequence: number;
  /** Of the list of budgets that it holds. */
  budgetsVersion?: string;
  limits: LimitDemand[];
  budgets: BudgetDemand[];
}

/**
 * A budget, as far as gateways need to know it.
 *
 * @public
 */
export interface SharedBudget {
  /** `profile:<id>`, `team:<ref>` or `key:<id>`. */
  id: string;
  /** ISO 4217. */
  currency: string;
}

/**
 * The parts that a gateway keeps to from now on.
 *
 * @public
 */
export interface LeaseAnswer {
  /** Gateways that were heard of in the last minute, this one with them. */
  gateways: number;
  limits: Array<{ subject: string; limit: SharedLimit; share: number }>;
  budgets: Array<{
    budget: string;
    month: string;
    /** Millionths that it may spend, counted from what it said it held. */
    shareMicros: number;
    /** Nothing is left for anybody, or less than the waiting call needs. */
    exhausted: boolean;
    /** Millionths of the whole budget, and what of them nobody has spent. */
    amountMicros?: number;
    leftMicros?: number;
  }>;
  budgetsVersion: string;
  /** Every budget, when the gateway's list is out of date. */
  list?: SharedBudget[];
}

/**
 * What a gateway wants to add to what agents have done in one trace: a call
 * that is about to be made, or, with negative numbers, one that was not made
 * after all.
 *
 * @public
 */
export interface TraceStep {
  /** Lower-case hex SHA-256 that names the trace and its profile. */
  trace: string;
  /** When what was done is forgotten: an hour after the last call, or after the first. */
  forget: 'idle' | 'hourly';
  calls: number;
  risk: number;
  /** Names the call, where loops are looked for. */
  call?: string;
  /** By the gateway's snapshot; absent ones do not bound. */
  limits: { calls?: number; risk?: number; repeats?: number };
}

/**
 * Whether the step was taken, by what all gateways have done in the trace. A
 * step that was not taken adds nothing.
 *
 * @public
 */
export interface TraceAnswer {
  /** The limit that it would have passed; absent where the step was taken. */
  exceeded?: 'calls' | 'risk' | 'repeats';
  /** Done in the trace so far, with the step where it was taken. */
  calls: number;
  risk: number;
}
