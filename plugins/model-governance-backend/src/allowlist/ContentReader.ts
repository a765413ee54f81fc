import type { Grant } from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { SnapshotContent } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { AccessStores } from '../access/AccessDeps';
import type { LedgerStore } from '../ledger';
import { readSnapshotExperiments } from '../online/OnlineStore';
import { readSnapshotAges } from '../policies';
import { buildContent } from './buildContent';
import type { GrantsSource } from './GrantsSource';
import { CatalogModels } from './CatalogModels';
import { readEpoch, readListedSeq, readListings } from './ListingStore';

/** Where the allowlist stands. */
export interface Position {
  epoch: number;
  /** Ledger sequence number. */
  version: number;
}

export interface AllowlistState extends Position {
  content: SnapshotContent;
  grants: Grant[];
  /** Approved models that are not listed yet, as entity refs. */
  unlisted: string[];
}

/** Reads the allowlist as it was at one moment. */
export class ContentReader {
  static create(options: {
    transactions: Transactions;
    ledger: LedgerStore;
    grants: GrantsSource;
    access: AccessStores;
    clock: Clock;
  }): ContentReader {
    return new ContentReader(options);
  }

  readonly #deps: Parameters<typeof ContentReader.create>[0];
  #listed: { at: string; catalog: CatalogModels } | undefined;

  private constructor(deps: Parameters<typeof ContentReader.create>[0]) {
    this.#deps = deps;
  }

  async position(): Promise<Position> {
    const { knex } = this.#deps.transactions;
    const row = await knex('ledger_head')
      .join('allowlist_epoch', 'allowlist_epoch.id', 'ledger_head.id')
      .first('seq', 'epoch');
    return { epoch: Number(row.epoch), version: Number(row.seq) };
  }

  async read(): Promise<AllowlistState> {
    const { transactions, ledger, access, clock } = this.#deps;
    const now = clock.now();
    return transactions.read(async tx => {
      const version = await ledger.headSeq(tx);
      const epoch = await readEpoch(tx);
      const grants = await this.#deps.grants.liveGrants(now, tx);
      const catalog = await this.#catalog(tx, epoch);
      const profiles = await access.scopes.profiles(tx);
      const purposes = await access.scopes.purposes(tx);
      const keys = await access.keys.taken(now.toISOString(), tx);
      return {
        epoch,
        version,
        grants,
        content: buildContent({
          grants,
          catalog,
          profiles,
          purposes,
          tiers: await readSnapshotAges(tx),
          keys,
          experiments: await readSnapshotExperiments(tx, now.toISOString()),
          now,
        }),
        unlisted: grants
          .map(grant => grant.entityRef)
          .filter(ref => !catalog.ofEntity(ref)),
      };
    });
  }
  /** Read again only when a ledger event says that they changed. */
  async #catalog(tx: Knex.Transaction, epoch: number): Promise<CatalogModels> {
    const at = `${epoch} ${await readListedSeq(tx)}`;
    if (this.#listed?.at !== at) {
      const catalog = CatalogModels.create(await readListings(tx));
      this.#listed = { at, catalog };
    }
    return this.#listed.catalog;
  }
}
