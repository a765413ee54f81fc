import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { TIERS, type Tier } from '@modelhub/governance-protocol';

const DEFAULT: Tier[] = ['sandbox', 'internal', 'customer-facing'];

/** The tiers of whose calls experiments may be made. */
export function readOnlineConfig(config: Config): Tier[] {
  const tiers = config.getOptionalStringArray('modelGovernance.online.tiers');
  const wrong = tiers?.find(tier => !TIERS.includes(tier as Tier));
  if (wrong) {
    throw new InputError(
      `modelGovernance.online.tiers: there is no tier '${wrong}'. There are: ${TIERS.join(
        ', ',
      )}.`,
    );
  }
  return (tiers as Tier[] | undefined) ?? DEFAULT;
}
