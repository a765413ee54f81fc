import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Guard } from '../access/Guard';
import type { Job } from '../database';
import type { Foundation } from '../foundation';
import type { StepUpService } from '../stepUp';
import type { DatabasePolicyHistory } from './DatabasePolicyHistory';
import type { DefaultPolicyService } from './DefaultPolicyService';
import { PolicyEnforcer, type PolicyEnforcerOptions } from './enforcement';
import {
  createProposalsRoom,
  LoadingChecks,
  type PolicyFileSet,
  type readManage,
} from './proposals';
import { createPolicyTrials } from './trials';

/** Policies that are tried, proposed and brought into force, and what that means for approvals. */
export function createPolicyChanges(
  options: Omit<
    Parameters<typeof createPolicyTrials>[0],
    'tests' | 'clock' | 'policies'
  > &
    Pick<PolicyEnforcerOptions, 'ends'> & {
      foundation: Foundation;
      logger: LoggerService;
      guard: Guard;
      stepUp: StepUpService;
      manage: ReturnType<typeof readManage>;
      files: PolicyFileSet;
      history: DatabasePolicyHistory;
      policies: DefaultPolicyService;
    },
) {
  const { foundation, files, logger, installed } = options;
  const { clock, transactions } = foundation;
  const enforcer = PolicyEnforcer.create({ ...options, clock, transactions });
  const trials = createPolicyTrials({
    ...options,
    clock,
    tests: () => files.tests(),
  });
  const proposals = createProposalsRoom({
    ...options,
    checks: LoadingChecks.create({ gates: installed }),
    onActivated: () => {
      enforcer
        .run()
        .catch(error =>
          logger.error('Approvals were not looked at yet', error as Error),
        );
    },
  });
  const jobs: Job[] = [
    ...proposals.jobs,
    {
      id: 'model-governance-policy-ends',
      frequency: { seconds: 15 },
      timeout: { minutes: 5 },
      run: () => enforcer.run(),
    },
  ];
  return { trials: trials.authorized, proposals, jobs };
}
