import type { Comparison } from './statistics';
import type { DriftFeatureId } from './features';

/** A version of a model, by its gateway id. */
export interface VersionKey {
  hash: string;
  model: string;
  version: string;
}

/** Days that a version is held against; days since 1970, both included. */
export interface ReferenceRecord {
  id: string;
  hash: string;
  firstDay: number;
  lastDay: number;
  setAt: string;
  /** Entity ref, or `system`. */
  setBy: string;
  reason: string;
}

/** What a check found of one feature. */
export interface FeatureFinding extends Comparison {
  id: DriftFeatureId;
}

export type CheckState = 'steady' | 'changed' | 'unsure' | 'too-few';

export interface CheckRecord {
  hash: string;
  /** The last of its window. */
  day: number;
  referenceId: string;
  state: CheckState;
  features: FeatureFinding[];
}

/** What policy did about drift, in one tier. */
export interface ActionTaken {
  action: 'notify' | 're-evaluate' | 'canary-back' | 'suspend';
  tiers: string[];
  /** In words, for people. */
  words: string;
}

export interface EpisodeRecord {
  id: string;
  hash: string;
  begunDay: number;
  lastDay: number;
  begunAt: string;
  endedAt?: string;
  endedBecause?: 'steady' | 'new-reference';
  features: FeatureFinding[];
  taken?: ActionTaken[];
  actedAt?: string;
  toldAt?: string;
}

export interface DriftSettings {
  referenceDays: number;
  referenceCalls: number;
  /** Of one version of a model, all features together. */
  falseAlarmsPerYear: number;
  keepDays: number;
}

/** Days of the window that is held against the reference. */
export const WINDOW_DAYS = 7;
