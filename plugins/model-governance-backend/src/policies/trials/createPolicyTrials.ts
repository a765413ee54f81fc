import type { GateDescription, PolicySource } from '@modelhub/policies';
import type { Guard } from '../../access/Guard';
import type { DefaultPolicyService } from '../DefaultPolicyService';
import { AuthorizedPolicyTrials } from './AuthorizedPolicyTrials';
import { UsageCallHistory } from './CallHistory';
import { DefaultPolicyTrials } from './DefaultPolicyTrials';
import type { PolicyTrials } from './PolicyTrials';
import { Replayer, type ReplayerDeps } from './Replayer';

/** Trials of policies over what lives; `trials` for other rooms, `authorized` for callers. */
export function createPolicyTrials(
  options: Omit<ReplayerDeps, 'calls'> &
    Parameters<typeof UsageCallHistory.create>[0] & {
      policies: Pick<DefaultPolicyService, 'inForce'>;
      tests: () => Promise<PolicySource[]>;
      installed: GateDescription[];
      guard: Guard;
    },
): { trials: PolicyTrials; authorized: PolicyTrials } {
  const trials = DefaultPolicyTrials.create({
    policies: options.policies,
    tests: options.tests,
    gates: options.installed,
    replayer: Replayer.create({
      ...options,
      calls: UsageCallHistory.create(options),
    }),
  });
  return {
    trials,
    authorized: AuthorizedPolicyTrials.create({
      trials,
      guard: options.guard,
    }),
  };
}
