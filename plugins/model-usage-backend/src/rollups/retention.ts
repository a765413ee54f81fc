import { InputError } from '@backstage/errors';
import type { Config } from '@backstage/config';
import { DEFAULT_RETENTION, type RollupRetention } from './types';

/** @throws InputError for what is no number of days, or shorter than a finer level */
export function retentionOf(config: Config): RollupRetention {
  const read = (name: string, usual: number) => {
    const key = `modelUsage.rollups.${name}`;
    const days = config.getOptionalNumber(key) ?? usual;
    if (!Number.isInteger(days) || days < 1) {
      throw new InputError(`${key} must be a whole number of days, 1 or more.`);
    }
    return days;
  };
  const retention = {
    minute: read('minuteDays', DEFAULT_RETENTION.minute),
    hour: read('hourDays', DEFAULT_RETENTION.hour),
    day: read('dayDays', DEFAULT_RETENTION.day),
  };
  if (retention.hour < retention.minute || retention.day < retention.hour) {
    throw new InputError(
      'modelUsage.rollups keeps a coarser level for fewer days than a finer one. Let minuteDays be at most hourDays, and hourDays at most dayDays.',
    );
  }
  return retention;
}
