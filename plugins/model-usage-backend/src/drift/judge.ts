import type { DayHistogram } from './DayHistogram';
import { DRIFT_FEATURES } from './features';
import { compare } from './statistics';
import type { CheckState, FeatureFinding } from './types';

/** A day of a version. */
export interface DayRecord {
  /** Days since 1970. */
  day: number;
  histogram: DayHistogram;
}

const CHECKS_A_YEAR = 365.25;

/**
 * How often chance may alarm at one feature in one check, so that all features
 * and all checks of a year together do not pass the bound (Bonferroni).
 */
export const levelOf = (falseAlarmsPerYear: number) =>
  falseAlarmsPerYear / (CHECKS_A_YEAR * DRIFT_FEATURES.length);

/** Each feature of the new days against the reference. */
export function judge(
  reference: DayRecord[],
  now: DayRecord[],
  options: { falseAlarmsPerYear: number; seed: number },
): { state: CheckState; features: FeatureFinding[] } {
  const features = DRIFT_FEATURES.map(({ id, ordered, leastPsi, rate }) => {
    const countsOf = (days: DayRecord[]) =>
      days.map(({ day, histogram }) => ({
        day,
        counts: histogram.counts(id),
      }));
    return {
      id,
      ...compare(countsOf(reference), countsOf(now), {
        ordered,
        leastPsi,
        rate,
        level: levelOf(options.falseAlarmsPerYear),
        seed: options.seed,
      }),
    };
  });
  const states = new Set(features.map(({ state }) => state));
  const state = (['changed', 'unsure', 'steady'] as const).find(it =>
    states.has(it),
  );
  return { state: state ?? 'too-few', features };
}
