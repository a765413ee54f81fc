import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type {
  DriftActionName,
  DriftPolicyItem,
} from '@modelhub/backstage-plugin-models-common';
import { TIERS, type Tier } from '@modelhub/governance-protocol';

/** From the mildest on; each has those before it. */
const STEPS: DriftActionName[] = [
  'notify',
  're-evaluate',
  'canary-back',
  'suspend',
];

const USUAL: Record<Tier, DriftActionName> = {
  sandbox: 'notify',
  internal: 'notify',
  'customer-facing': 'canary-back',
  regulated: 'canary-back',
};

const WORDS: Record<DriftActionName, string> = {
  notify: 'The owners of the model hear of it.',
  're-evaluate':
    'The owners hear of it, and evaluations from before do not count for decisions any more.',
  'canary-back':
    'The owners hear of it, evaluations from before do not count any more, and experiments with the version end in favour of the incumbent.',
  suspend:
    'Approvals of the version are suspended until people clear the hold; evaluations from before do not count any more, and experiments with it end.',
};

/** What is done about drift, by tier. */
export type DriftPolicy = Record<Tier, DriftActionName>;

/** Whether an action has a step in it. */
export const includes = (action: DriftActionName, step: DriftActionName) =>
  STEPS.indexOf(action) >= STEPS.indexOf(step);

/** @throws InputError for an action that there is not */
export function readDriftPolicy(config: Config): DriftPolicy {
  const actionOf = (tier: Tier): DriftActionName => {
    const key = `modelGovernance.drift.actions.${tier}`;
    const action = config.getOptionalString(key) ?? USUAL[tier];
    if (!STEPS.includes(action as DriftActionName)) {
      throw new InputError(
        `${key}: there is no action '${action}'. There are: ${STEPS.join(
          ', ',
        )}.`,
      );
    }
    return action as DriftActionName;
  };
  return Object.fromEntries(
    TIERS.map(tier => [tier, actionOf(tier)]),
  ) as DriftPolicy;
}

export const presentPolicy = (policy: DriftPolicy): DriftPolicyItem[] =>
  TIERS.map(tier => ({
    tier,
    action: policy[tier],
    words: WORDS[policy[tier]],
  }));
