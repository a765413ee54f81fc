import type { Tier } from '@modelhub/backstage-plugin-models-common';
import type { MetricStatistic } from '@modelhub/governance-protocol';

/** A metric of the organisation's own, computed by its own programs. */
export interface KpiMetric {
  id: string;
  title: string;
  /** What it is and how it is computed, for those who compute it and those who read it. */
  about?: string;
  /** `ratio` is a share of 0 to 1, `1` has no unit. */
  unit: string;
  /** Which way is better. */
  direction: 'higher' | 'lower';
  /** How runs name it; by its id by default. */
  metric: { name: string; statistic?: MetricStatistic; slice?: string };
  /** Name of the suite whose runs count; any by default. */
  suite?: string;
  minimumSamples: number;
  /** Where a tier has none, that of the next tier below counts. */
  thresholds: Partial<Record<Tier, number>>;
  /** Only shown; it stops nothing. */
  advice: boolean;
}

/** Metrics that belong to one use. */
export interface KpiPack {
  id: string;
  title: string;
  about?: string;
  /** Entity ref. */
  owner?: string;
  maxAgeDays: number;
  metrics: KpiMetric[];
  /** SHA-256 of what it says. */
  version: string;
}
