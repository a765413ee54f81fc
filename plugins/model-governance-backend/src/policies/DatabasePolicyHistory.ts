import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { canonicalJson } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { LedgerDraft, LedgerStore } from '../ledger/LedgerStore';
import type { PolicyHistory } from './PolicyHistory';
import { ActivationStore } from './proposals/ActivationStore';
import type { ActivationRecord } from './proposals/records';
import type { PolicySource } from '@modelhub/policies';
import type { SnapshotAges } from './snapshotAges';

/** Policies that come into force. */
interface InForce {
  version: string;
  sources: PolicySource[];
  ages: SnapshotAges;
}

/** Keeps every version that was in force, so that an approval's policy can be read later. */
export class DatabasePolicyHistory implements PolicyHistory {
  static create(options: {
    transactions: Transactions;
    ledger: Pick<LedgerStore, 'append'>;
    clock: Clock;
    /** The tests beside the policies, which are kept with them. */
    tests?: () => Promise<PolicySource[]>;
  }): DatabasePolicyHistory {
    return new DatabasePolicyHistory(options);
  }

  readonly #options: Parameters<typeof DatabasePolicyHistory.create>[0];
  readonly #activations: ActivationStore;

  private constructor(
    options: Parameters<typeof DatabasePolicyHistory.create>[0],
  ) {
    this.#options = options;
    this.#activations = ActivationStore.create(options.transactions);
  }

  async activated(
    version: string,
    sources: PolicySource[],
    ages: SnapshotAges,
    overlayRevision?: number,
  ): Promise<void> {
    const { transactions, tests } = this.#options;
    const written = canonicalJson(ages);
    const files = [...sources, ...((await tests?.()) ?? [])];
    await transactions.run(async tx => {
      // The update locks the row, so of several replicas one tells the ledger.
      const previous = await tx('policy_in_force').first('version');
      const changed = await tx('policy_in_force')
        .where({ id: 1 })
        .where(row =>
          row.whereNot({ version }).orWhereNot({ snapshot_ages: written }),
        )
        // A replica that has not seen the newest activation has no say.
        .where(
          overlayRevision === undefined
            ? {}
            : { overlay_revision: overlayRevision },
        )
        .update({ version, since: this.#now(), snapshot_ages: written });
      if (changed === 0) return;
      await this.#keep(tx, version, sources);
      await this.#activations.add(
        tx,
        { version, at: this.#now(), how: 'folder' },
        files,
      );
      await this.#tell(tx, previous?.version, version, sources, {
        actor: { kind: 'system' },
      });
    });
  }

  /** A person puts policies into force, in their transaction. */
  async activate(
    tx: Knex.Transaction,
    { version, sources, ages }: InForce,
    by: {
      /** With the tests. */
      files: PolicySource[];
      ref: string;
      proposalId: string;
      reason: string;
      event: Pick<LedgerDraft, 'actor' | 'payload' | 'people'>;
    },
  ): Promise<ActivationRecord> {
    const previous = await tx('policy_in_force').first('version');
    await tx('policy_in_force')
      .where({ id: 1 })
      .update({
        version,
        since: this.#now(),
        snapshot_ages: canonicalJson(ages),
      });
    await this.#keep(tx, version, sources);
    const activation = await this.#activations.add(
      tx,
      {
        version,
        at: this.#now(),
        how: 'portal',
        by: by.ref,
        proposalId: by.proposalId,
        reason: by.reason,
      },
      by.files,
    );
    await this.#tell(tx, previous?.version, version, sources, {
      ...by.event,
      text: by.reason,
      payload: { ...by.event.payload, changed: activation.changed },
    });
    return activation;
  }

  async last(): Promise<PolicySource[] | undefined> {
    const row = await this.#options.transactions
      .knex('policy_in_force')
      .join(
        'policy_versions',
        'policy_versions.version',
        'policy_in_force.version',
      )
      .first('policy_versions.sources');
    return row && JSON.parse(row.sources);
  }

  /** The policies of a version that was in force once. */
  async sourcesOf(version: string): Promise<PolicySource[] | undefined> {
    const row = await this.#options.transactions
      .knex('policy_versions')
      .where({ version })
      .first('sources');
    return row && JSON.parse(row.sources);
  }

  async #keep(
    tx: Knex.Transaction,
    version: string,
    sources: PolicySource[],
  ): Promise<void> {
    await tx('policy_versions')
      .insert({
        version,
        sources: JSON.stringify(sources),
        first_at: this.#now(),
      })
      .onConflict('version')
      .ignore();
  }

  async #tell(
    tx: Knex.Transaction,
    previous: string | undefined,
    version: string,
    sources: PolicySource[],
    event: Pick<LedgerDraft, 'actor' | 'text'> & Partial<LedgerDraft>,
  ): Promise<void> {
    await this.#options.ledger.append(tx, [
      {
        ...event,
        subject: 'policies',
        type: 'policy.activated',
        payload: {
          version,
          ...(previous && { previous }),
          files: sources.map(source => source.file),
          ...event.payload,
        },
      },
    ]);
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }
}
