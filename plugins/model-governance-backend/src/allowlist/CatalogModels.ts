import {
  gatewayIdKey,
  resolveGatewayIdClaims,
} from '@modelhub/backstage-plugin-models-common';
import { sortContent, type SnapshotModel } from '@modelhub/governance-protocol';

/** Where a model runs, for how long it keeps prompts, and what it costs. */
export type ModelTerms = Pick<
  SnapshotModel,
  'regions' | 'retentionDays' | 'pricing'
>;

/** A model of the catalog, as gateways are told about it. */
export interface ModelListing {
  entityRef: string;
  gatewayId: string;
  provider: string;
  lifecycle: SnapshotModel['lifecycle'];
  /** Gateway id. */
  successor?: string;
  terms?: ModelTerms;
  /** When the model was first seen with this gateway id. */
  claimedAt: string;
}

const LONGEST = 255;
const CONTROL = /\p{Cc}/u;

/** A text that the format and the tables take. */
export const fits = (text: string) =>
  text.length > 0 && text.length <= LONGEST && !CONTROL.test(text);

const toModel = (listing: ModelListing): SnapshotModel => ({
  gatewayId: listing.gatewayId,
  entityRef: listing.entityRef,
  provider: listing.provider,
  lifecycle: listing.lifecycle,
  ...(listing.successor !== undefined && { successor: listing.successor }),
  ...listing.terms,
});

/**
 * The models of the catalog, each gateway id with its rightful claimant. Made
 * once for each change of the listings, because there are thousands.
 */
export class CatalogModels {
  static create(listings: ModelListing[]): CatalogModels {
    return new CatalogModels(listings);
  }

  /** Sorted as the format asks for. */
  readonly models: SnapshotModel[];
  readonly #byRef: Map<string, SnapshotModel>;
  readonly #byKey: Map<string, SnapshotModel>;

  private constructor(listings: ModelListing[]) {
    const refused = new Set(
      resolveGatewayIdClaims(
        listings.map(({ entityRef, gatewayId, claimedAt }) => ({
          entityRef,
          gatewayId,
          firstSeenAt: claimedAt,
        })),
      )
        .filter(({ outcome }) => outcome === 'refused')
        .map(({ entityRef }) => entityRef),
    );
    const all = listings.map(toModel);
    this.models = sortContent({
      profiles: [],
      keys: [],
      grants: [],
      purposes: [],
      tiers: [],
      models: all.filter(({ entityRef }) => !refused.has(entityRef)),
    }).models;
    this.#byRef = new Map(all.map(model => [model.entityRef, model]));
    this.#byKey = new Map(
      this.models.map(model => [gatewayIdKey(model.gatewayId), model]),
    );
  }

  /** Whatever claim it makes. */
  ofEntity(entityRef: string): SnapshotModel | undefined {
    return this.#byRef.get(entityRef);
  }

  /** The holder of an id. */
  ofGatewayId(gatewayId: string): SnapshotModel | undefined {
    return this.#byKey.get(gatewayIdKey(gatewayId));
  }
}
