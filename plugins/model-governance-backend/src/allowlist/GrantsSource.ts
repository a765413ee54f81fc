import type { Grant } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';

/** The approvals room, as the allowlist sees it. */
export interface GrantsSource {
  /** Every approval that is approved and not expired at `now`, with the decision facts it names. */
  liveGrants(now: Date, tx?: Knex.Transaction): Promise<Grant[]>;
}
