import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { HumanDuration } from '@backstage/types';
import type { Tier } from '@modelhub/backstage-plugin-models-common';

/**
 * What a source tells of a call, or of several that had everything in common.
 *
 * @public
 */
export interface ReportedUsage {
  /** Never used for anything else by this source: what has come once is not counted again. */
  id: string;
  /** ISO 8601. It counts in the minute, hour, day and month of this moment. */
  at: string;
  /** Gateway id of the model. */
  model: string;
  version?: string;
  /** Entity ref of the group, or of the component, that called. */
  caller?: string;
  /** Id of an access profile. */
  profile?: string;
  tier?: Tier;
  /** How many calls; 1 without, 0 for what has only tokens or costs. */
  calls?: number;
  /** Calls that another gateway refused. */
  refused?: number;
  /** Calls that the model's endpoint answered 4xx except 429. */
  clientErrors?: number;
  /** Calls that it answered 429. */
  throttled?: number;
  /** Calls that it answered 5xx, or not in time. */
  serverErrors?: number;
  /** Calls that a cache answered. */
  cached?: number;
  inputTokens?: number;
  outputTokens?: number;
  /** Part of `inputTokens`. */
  cachedInputTokens?: number;
  /** Millionths of the currency; absent where nobody knows. */
  costMicros?: number;
  /** ISO 4217; with `costMicros`. */
  currency?: string;
  /** Milliseconds to the end of good answers, with how many took that long. */
  latency?: Array<[ms: number, calls: number]>;
  /** Milliseconds to the first token. */
  ttft?: Array<[ms: number, calls: number]>;
}

/**
 * A part of what a source has to tell.
 *
 * @public
 */
export interface UsagePull {
  items: ReportedUsage[];
  /** Where to go on. Written down together with what the items add up to. */
  cursor: string;
  /** Whether to ask again at once. */
  more: boolean;
}

/**
 * Somebody else who knows of calls: another gateway, a metrics server, a bill.
 *
 * @public
 */
export interface UsageSource {
  /** Lower-case letters, digits and `-`; not `gateway`. What it told bears this name. */
  id: string;
  /** How often to ask; every minute without. */
  frequency?: HumanDuration;
  /**
   * What there is after a cursor, `undefined` at first. The same may come more
   * than once, by its id; one replica asks at a time. An error is shown to those
   * who run the portal, and the same cursor comes again.
   */
  pull(
    cursor: string | undefined,
    context: { now: Date; signal: AbortSignal },
  ): Promise<UsagePull>;
  /** Up to which moment everything before a cursor was told, for people. */
  upTo?(cursor: string): Date | undefined;
}

/**
 * Adds sources of usage beside the gateways of Model Hub.
 *
 * @public
 */
export interface ModelUsageSourcesExtensionPoint {
  addUsageSource(...sources: UsageSource[]): void;
}

/**
 * Where modules add sources of usage.
 *
 * @public
 */
export const modelUsageSourcesExtensionPoint =
  createExtensionPoint<ModelUsageSourcesExtensionPoint>({
    id: 'model-usage.sources',
  });
