import type { SnapshotAges } from './snapshotAges';
import type { PolicySource } from '@modelhub/policies';

/** What has been in force. */
export interface PolicyHistory {
  /**
   * Note that these policies are in force; writes a ledger event unless they
   * already were.
   */
  activated(
    version: string,
    sources: PolicySource[],
    ages: SnapshotAges,
    /** Of the portal's files among them; an older one is not noted any more. */
    overlayRevision?: number,
  ): Promise<void>;
  /** The policies that were in force last. */
  last(): Promise<PolicySource[] | undefined>;
}
