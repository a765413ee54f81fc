import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  gatewayIdKey,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { isDeepStrictEqual } from 'node:util';
import type { LedgerStore } from '../ledger';
import type { Organisation } from '../organisation/Organisation';
import type { Outbox } from '../outbox';
import { fits, type ModelListing } from './CatalogModels';
import { termsOf } from './modelTerms';
import {
  deleteListings,
  lockListings,
  markMissing,
  readListings,
  writeListedSeq,
  writeListings,
  type ListingRecord,
} from './ListingStore';

/** Models that one transaction and one ledger event change at most. */
const BATCH = 500;
/** A model counts as gone when the catalog is without it for so long. */
const GONE_MS = 10 * 60_000;

type Facts = Omit<ModelListing, 'claimedAt'>;

/** Whose `supersededBy` is read, besides what gateways are told. */
interface Read extends Facts {
  successorRef?: string;
}

const refOf = (ref: string, namespace: string | undefined) =>
  stringifyEntityRef(
    parseEntityRef(ref, { defaultKind: 'model', defaultNamespace: namespace }),
  );

function read(model: ModelEntityV1alpha1): Read {
  const { provider, lifecycle, gatewayId, supersededBy } = model.spec;
  return {
    entityRef: stringifyEntityRef(model),
    gatewayId,
    provider,
    lifecycle,
    terms: termsOf(model.spec),
    ...(supersededBy && {
      successorRef: refOf(supersededBy, model.metadata.namespace),
    }),
  };
}

const same = (a: ListingRecord | undefined, b: Facts) =>
  a?.gatewayId === b.gatewayId &&
  a.provider === b.provider &&
  a.lifecycle === b.lifecycle &&
  a.successor === b.successor &&
  isDeepStrictEqual(a.terms, b.terms);

function* batches<T>(items: T[]): Iterable<T[]> {
  for (let at = 0; at < items.length; at += BATCH) {
    yield items.slice(at, at + BATCH);
  }
}

/**
 * Copies from the catalog what gateways are told about its models. Each batch
 * of changes is one ledger event, so that the content of a version never
 * differs between replicas.
 */
export class ModelListings {
  static create(options: {
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

  /** Compares all models; meant for one replica at a time. */
  async refresh(): Promise<void> {
    const { organisation, transactions, clock } = this.#deps;
    const found: Read[] = [];
    for await (const page of organisation.allModels()) {
      found.push(...page.map(read));
    }
    const known = await this.#known();
    const ids = new Map(found.map(it => [it.entityRef, it.gatewayId]));
    await this.#put(found, known, ids);

    const now = clock.now();
    const missing = [...known.values()].filter(it => !ids.has(it.entityRef));
    const back = [...known.values()].filter(
      it => it.missingSince !== undefined && ids.has(it.entityRef),
    );
    const refs = (records: ListingRecord[]) => records.map(it => it.entityRef);
    for (const batch of batches(refs(missing.filter(it => !it.missingSince)))) {
      await markMissing(transactions.knex, batch, now.toISOString());
    }
    for (const batch of batches(refs(back))) {
      await markMissing(transactions.knex, batch, undefined);
    }
    const gone = missing.filter(
      ({ missingSince }) =>
        missingSince !== undefined &&
        now.getTime() - Date.parse(missingSince) >= GONE_MS,
    );
    for (const batch of batches(refs(gone))) await this.#write([], batch);
  }

  /** Compares some models, at once. */
  async touch(entityRefs: string[]): Promise<void> {
    const { organisation } = this.#deps;
    const models = await organisation.models([...new Set(entityRefs)]);
    const found = [...models.values()].map(read);
    const successors = await organisation.models(
      found.flatMap(({ successorRef }) => successorRef ?? []),
    );
    const ids = new Map(
      [...successors].map(([ref, { spec }]) => [ref, spec.gatewayId]),
    );
    await this.#put(
      found,
      await this.#known(found.map(it => it.entityRef)),
      ids,
    );
  }

  async #put(
    found: Read[],
    known: Map<string, ListingRecord>,
    gatewayIds: Map<string, string>,
  ): Promise<void> {
    const changed = found
      .map(({ successorRef, ...facts }): Facts => {
        const successor = gatewayIds.get(successorRef ?? '');
        return {
          ...facts,
          successor: successor && fits(successor) ? successor : undefined,
        };
      })
      .filter(
        facts =>
          [facts.entityRef, facts.gatewayId, facts.provider].every(fits) &&
          !same(known.get(facts.entityRef), facts),
      );
    for (const batch of batches(changed)) await this.#write(batch, []);
  }

  /** One transaction, one ledger event. */
  async #write(put: Facts[], remove: string[]): Promise<void> {
    const { transactions, ledger, outbox, clock } = this.#deps;
    const now = clock.now().toISOString();
    const isWritten = await transactions.run(async tx => {
      // Another replica may have been here in the meantime, or be here now.
      await lockListings(tx);
      const known = await this.#known(
        [...put.map(it => it.entityRef), ...remove],
        tx,
      );
      const changed = put
        .filter(facts => !same(known.get(facts.entityRef), facts))
        .map(facts => {
          const old = known.get(facts.entityRef);
          const isOldClaim =
            old &&
            gatewayIdKey(old.gatewayId) === gatewayIdKey(facts.gatewayId);
          return { ...facts, claimedAt: isOldClaim ? old.claimedAt : now };
        });
      const removed = remove.filter(ref => known.has(ref));
      if (changed.length + removed.length === 0) return false;
      await writeListings(tx, changed, now);
      await deleteListings(tx, removed);
      const [event] = await ledger.append(tx, [
        {
          actor: { kind: 'system' },
          subject: 'allowlist:models',
          type: 'models.listed',
          payload: JSON.parse(
            JSON.stringify({ put: changed, remove: removed }),
          ),
        },
      ]);
      await writeListedSeq(tx, event.seq);
      await outbox.add(tx, [
        { topic: 'allowlist', payload: { seq: event.seq } },
      ]);
      return true;
    });
    if (isWritten) outbox.wake();
  }

  async #known(entityRefs?: string[], knex = this.#deps.transactions.knex) {
    const listings = await readListings(knex, entityRefs);
    return new Map(listings.map(listing => [listing.entityRef, listing]));
  }
}
