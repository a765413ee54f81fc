import { InputError } from '@backstage/errors';
import type { Config } from '@backstage/config';
import type { DriftSettings } from './types';

const KEY = 'modelUsage.drift';

/** @throws InputError for numbers that make no sense */
export function driftConfig(config: Config): DriftSettings {
  const read = (name: string, usual: number, least: number, most: number) => {
    const value = config.getOptionalNumber(`${KEY}.${name}`) ?? usual;
    if (!(value >= least && value <= most)) {
      throw new InputError(
        `${KEY}.${name} must be a number from ${least} to ${most}.`,
      );
    }
    return value;
  };
  const referenceDays = read('referenceDays', 28, 14, 180);
  if (referenceDays % 7 !== 0) {
    throw new InputError(
      `${KEY}.referenceDays must be whole weeks: 14, 21, 28, …`,
    );
  }
  return {
    referenceDays,
    referenceCalls: read('referenceCalls', 1_000, 500, 1_000_000),
    falseAlarmsPerYear: read('falseAlarmsPerYear', 1, 0.1, 10),
    keepDays: read('keepDays', 400, 2 * referenceDays, 3_650),
  };
}
