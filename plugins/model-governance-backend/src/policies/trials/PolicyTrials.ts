import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  PolicyCheck,
  PolicyGate,
  PolicyReplay,
  ProposedPolicyFile,
} from '@modelhub/backstage-plugin-models-common';

/** What policies would do that are not in force. Nothing here changes anything. */
export interface PolicyTrials {
  /** The checks that policies may ask for. */
  gates(options: { credentials: BackstageCredentials }): Promise<PolicyGate[]>;
  /** Whether files over those in force load, pass their tests, and what they change. */
  check(
    files: ProposedPolicyFile[],
    options: { credentials: BackstageCredentials },
  ): Promise<PolicyCheck>;
  /**
   * Which live approvals and calls would change.
   *
   * @throws InputError when the files do not load
   */
  replay(
    input: { files: ProposedPolicyFile[]; days?: number },
    options: { credentials: BackstageCredentials },
  ): Promise<PolicyReplay>;
}
