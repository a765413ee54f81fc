import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  modelPolicyReadPermission,
  modelPolicyReplayPermission,
  type PolicyCheck,
  type PolicyGate,
  type PolicyReplay,
  type ProposedPolicyFile,
} from '@modelhub/backstage-plugin-models-common';
import type { Guard } from '../../access/Guard';
import type { PolicyTrials } from './PolicyTrials';

type Options = { credentials: BackstageCredentials };

/**
 * Trials for those who may read policies; a replay, which tells of everybody's
 * approvals and calls, for those who may replay them.
 */
export class AuthorizedPolicyTrials implements PolicyTrials {
  static create(options: {
    trials: PolicyTrials;
    guard: Guard;
  }): AuthorizedPolicyTrials {
    return new AuthorizedPolicyTrials(options.trials, options.guard);
  }

  readonly #trials: PolicyTrials;
  readonly #guard: Guard;

  private constructor(trials: PolicyTrials, guard: Guard) {
    this.#trials = trials;
    this.#guard = guard;
  }

  async gates(options: Options): Promise<PolicyGate[]> {
    await this.#guard.demand(options.credentials, modelPolicyReadPermission);
    return this.#trials.gates(options);
  }

  async check(
    files: ProposedPolicyFile[],
    options: Options,
  ): Promise<PolicyCheck> {
    await this.#guard.demand(options.credentials, modelPolicyReadPermission);
    return this.#trials.check(files, options);
  }

  async replay(
    input: { files: ProposedPolicyFile[]; days?: number },
    options: Options,
  ): Promise<PolicyReplay> {
    await this.#guard.demand(options.credentials, modelPolicyReplayPermission);
    return this.#trials.replay(input, options);
  }
}
