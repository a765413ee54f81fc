import { canonicalJson } from '@modelhub/governance-protocol';
import type { Clock, Transactions } from '../database';
import type { LedgerStore } from '../ledger/LedgerStore';
import type { PolicyHistory } from './PolicyHistory';
import type { PolicySource } from './readPolicyFolder';
import type { SnapshotAges } from './snapshotAges';

/** Keeps every version that was in force, so that an approval's policy can be read later. */
export class DatabasePolicyHistory implements PolicyHistory {
  static create(options: {
    transactions: Transactions;
    ledger: Pick<LedgerStore, 'append'>;
    clock: Clock;
  }): DatabasePolicyHistory {
    return new DatabasePolicyHistory(
      options.transactions,
      options.ledger,
      options.clock,
    );
  }

  readonly #transactions: Transactions;
  readonly #ledger: Pick<LedgerStore, 'append'>;
  readonly #clock: Clock;

  private constructor(
    transactions: Transactions,
    ledger: Pick<LedgerStore, 'append'>,
    clock: Clock,
  ) {
    this.#transactions = transactions;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  async activated(
    version: string,
    sources: PolicySource[],
    ages: SnapshotAges,
  ): Promise<void> {
    const written = canonicalJson(ages);
    const now = this.#clock.now().toISOString();
    await this.#transactions.run(async tx => {
      // The update locks the row, so of several replicas one tells the ledger.
      const previous = await tx('policy_in_force').first('version');
      const changed = await tx('policy_in_force')
        .where({ id: 1 })
        .where(row =>
          row.whereNot({ version }).orWhereNot({ snapshot_ages: written }),
        )
        .update({ version, since: now, snapshot_ages: written });
      if (changed === 0) return;
      await tx('policy_versions')
        .insert({ version, sources: JSON.stringify(sources), first_at: now })
        .onConflict('version')
        .ignore();
      await this.#ledger.append(tx, [
        {
          actor: { kind: 'system' },
          subject: 'policies',
          type: 'policy.activated',
          payload: {
            version,
            ...(previous?.version && { previous: previous.version }),
            files: sources.map(source => source.file),
          },
        },
      ]);
    });
  }

  async last(): Promise<PolicySource[] | undefined> {
    const row = await this.#transactions
      .knex('policy_in_force')
      .join(
        'policy_versions',
        'policy_versions.version',
        'policy_in_force.version',
      )
      .first('policy_versions.sources');
    return row && JSON.parse(row.sources);
  }
}
