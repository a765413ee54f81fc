import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Guard } from '../../access/Guard';
import type { Job } from '../../database';
import type { Foundation } from '../../foundation';
import type { StepUpService } from '../../stepUp/StepUpService';
import type { DatabasePolicyHistory } from '../DatabasePolicyHistory';
import type { DefaultPolicyService } from '../DefaultPolicyService';
import { ActivationStore } from './ActivationStore';
import type { Manage, ProposalChecks, ProposalDeps } from './deps';
import type { PolicyFileSet } from './PolicyFileSet';
import { ProposalActivator } from './ProposalActivator';
import { ProposalReader } from './ProposalReader';
import { ProposalStore } from './ProposalStore';
import { ProposalWriter } from './ProposalWriter';

/** Where policies are changed. */
export function readManage(config: Config): Manage {
  const manage =
    config.getOptionalString('modelGovernance.policies.manage') ?? 'files';
  if (manage !== 'files' && manage !== 'portal') {
    throw new InputError(
      `modelGovernance.policies.manage is '${manage}'; set it to files or portal`,
    );
  }
  return manage;
}

/** Changes of policies, as in a pull request. */
export function createProposalsRoom(options: {
  foundation: Foundation;
  manage: Manage;
  guard: Guard;
  stepUp: StepUpService;
  files: PolicyFileSet;
  history: DatabasePolicyHistory;
  policies: DefaultPolicyService;
  checks: ProposalChecks;
  onActivated(): void;
}): {
  reader: ProposalReader;
  writer: ProposalWriter;
  activator: ProposalActivator;
  jobs: Job[];
} {
  const { foundation, ...others } = options;
  const { knex } = foundation.transactions;
  const deps: ProposalDeps = {
    ...foundation,
    ...others,
    store: ProposalStore.create({ knex }),
    activations: ActivationStore.create({ knex }),
  };
  const reader = ProposalReader.create(deps);
  const writer = ProposalWriter.create(deps, reader);
  const activator = ProposalActivator.create(deps, { reader, writer });
  return {
    reader,
    writer,
    activator,
    jobs: [
      {
        id: 'model-governance-policy-proposals',
        frequency: { seconds: 15 },
        timeout: { minutes: 1 },
        run: () => activator.settle(),
      },
    ],
  };
}
