import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import type { Clock, Transactions } from '../database';
import type { LedgerStore } from '../ledger';
import type { Organisation } from '../organisation/Organisation';
import type { Outbox } from '../outbox';
import type { ModelListing } from './buildContent';
import type { GrantsSource } from './GrantsSource';
import { readListings, writeListing } from './ListingStore';

const successorRef = ({ metadata, spec }: ModelEntityV1alpha1) =>
  spec.supersededBy &&
  stringifyEntityRef(
    parseEntityRef(spec.supersededBy, {
      defaultKind: 'model',
      defaultNamespace: metadata.namespace,
    }),
  );

const same = (a: ModelListing | undefined, b: ModelListing) =>
  a?.provider === b.provider &&
  a.lifecycle === b.lifecycle &&
  a.successor === b.successor;

/**
 * Copies from the catalog what gateways are told about approved models. Each
 * change is a ledger event, so that the content of a version never differs
 * between replicas.
 */
export class ModelListings {
  static create(options: {
    grants: GrantsSource;
    organisation: Organisation;
    transactions: Transactions;
    ledger: LedgerStore;
    outbox: Outbox;
    clock: Clock;
  }): ModelListings {
    return new ModelListings(options);
  }

  readonly #deps: Parameters<typeof ModelListings.create>[0];

  private constructor(deps: Parameters<typeof ModelListings.create>[0]) {
    this.#deps = deps;
  }

  async refresh(): Promise<void> {
    const { transactions, grants, ledger, outbox, clock } = this.#deps;
    const now = clock.now();
    const live = await grants.liveGrants(now);
    const listed = await this.#fromCatalog(live.map(grant => grant.entityRef));
    const known = await this.#known(transactions.knex);
    if (listed.every(listing => same(known.get(listing.entityRef), listing))) {
      return;
    }

    await transactions.run(async tx => {
      // Another replica may have been here in the meantime.
      const before = await this.#known(tx);
      const changed = listed.filter(
        listing => !same(before.get(listing.entityRef), listing),
      );
      if (changed.length === 0) return;
      for (const listing of changed) {
        await writeListing(tx, listing, now.toISOString());
      }
      const events = await ledger.append(
        tx,
        changed.map(({ entityRef, ...facts }) => ({
          actor: { kind: 'system' },
          subject: entityRef,
          type: 'model.listed',
          entityRef,
          payload: JSON.parse(JSON.stringify(facts)),
        })),
      );
      await outbox.add(tx, [
        { topic: 'allowlist', payload: { seq: events[events.length - 1].seq } },
      ]);
    });
    outbox.wake();
  }

  async #known(knex: Transactions['knex']) {
    const listings = await readListings(knex);
    return new Map(listings.map(listing => [listing.entityRef, listing]));
  }

  /** Models that are gone keep what was last known: their approvals decide. */
  async #fromCatalog(entityRefs: string[]): Promise<ModelListing[]> {
    const { organisation } = this.#deps;
    const models = await organisation.models([...new Set(entityRefs)]);
    const refs = [...models.values()].map(successorRef);
    const successors = await organisation.models(
      refs.filter(ref => ref !== undefined),
    );
    return [...models].map(([entityRef, model]) => ({
      entityRef,
      provider: model.spec.provider,
      lifecycle: model.spec.lifecycle,
      successor: successors.get(successorRef(model) ?? '')?.spec.gatewayId,
    }));
  }
}
