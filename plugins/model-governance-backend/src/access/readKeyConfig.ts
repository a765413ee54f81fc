import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How long gateway keys live. */
export interface KeyConfig {
  defaultDays: number;
  maxDays: number;
  /** How long a key outlives an owner that is gone from the catalog. */
  ownerGraceHours: number;
}

const KEY = 'modelGovernance.gatewayKeys';
const LONGEST_DAYS = 3650;

export function readKeyConfig(config: Config): KeyConfig {
  const number = (name: string, fallback: number, most: number) => {
    const value = config.getOptionalNumber(`${KEY}.${name}`) ?? fallback;
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new InputError(`${KEY}.${name} is an integer from 1 to ${most}.`);
    }
    return value;
  };
  const maxDays = number('maxDays', 365, LONGEST_DAYS);
  const defaultDays = number('defaultDays', Math.min(90, maxDays), maxDays);
  return {
    maxDays,
    defaultDays,
    ownerGraceHours: number('ownerGraceHours', 72, 24 * LONGEST_DAYS),
  };
}
