import type { SimulatedModel } from '../models';
import type { SimulatedKey, SimulatedTeam } from '../organisation';

/** What a key asks of a model, over the whole year. @public */
export interface Stream {
  /** Its place in the plan. */
  index: number;
  team: SimulatedTeam;
  key: SimulatedKey;
  model: SimulatedModel;
  /** How many calls it has beside others. */
  weight: number;
  /** What becomes of its calls at the gateway. */
  kind:
    | 'use'
    /** Always refused: nobody approved the model for the profile. */
    | 'refused'
    /** Let through and noted, because the profile is not enforced. */
    | 'uncovered';
  /** Neither grows nor falls. */
  isFlat: boolean;
  /** The first and last day of its calls. */
  fromDay: number;
  toDay: number;
  /** The version that the key asks for, where it does not take the newest. */
  pinned?: string;
  /** Part of its calls that the gateway's cache answers. */
  cacheHits: number;
  /** Part of the tokens of prompts that the provider had seen before. */
  cachedInput: number;
  /** How long its prompts are beside others of the task. */
  promptFactor: number;
}

/** A monthly budget that somebody set. @public */
export interface SimulatedBudget {
  kind: 'profile' | 'team';
  /** Id of a profile, or entity ref of a group. */
  subject: string;
  amount: number;
  /** ISO 4217. */
  currency: string;
  /** From this day on gateways refuse calls beyond it; absent where it came too late for that. */
  enforcedFrom?: number;
}

/** How many calls there are, and of whom. @public */
export interface YearPlan {
  streams: Stream[];
  days: number;
  /** Calls of a stream on a day. The sum over all is what was asked for. */
  callsOf(stream: number, day: number): number;
  /** Whether the profile's budget of the month was used up on that day. */
  isExhausted(stream: number, day: number): boolean;
  budgets: SimulatedBudget[];
}
