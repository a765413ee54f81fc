import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { modelReviewReadPermission } from '@modelhub/backstage-plugin-models-common';
import {
  EVERYTHING,
  type ModelQuery,
  type ModelReader,
  NOTHING,
  type VisibilityFilter,
} from '../database/ModelStore';
import { translateConditions } from './conditions';

/** How many models are looked at, one by one, under a rule that is unknown. */
const MAX_CANDIDATES = 1_000;
const BATCH = 200;

/** What the caller may see, and whether that is all of it. */
export type Visibility = {
  filter: VisibilityFilter;
  approximate: boolean;
  /** The caller may not read all reviews, so no averages over them either. */
  withoutRatings: boolean;
};

function filterOf(decision: PolicyDecision): VisibilityFilter | undefined {
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return EVERYTHING;
    case AuthorizeResult.CONDITIONAL:
      return translateConditions(decision.conditions);
    default:
      return NOTHING;
  }
}

/**
 * Applies the catalog's permission to our rows. What the policy answers becomes
 * SQL; when it has a rule that only the catalog knows, the catalog is asked for
 * each candidate with the caller's credentials, so that nothing hidden is
 * shown or counted.
 */
export class CatalogVisibility {
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #reader: ModelReader;

  static create(options: {
    permissions: PermissionsService;
    catalog: CatalogService;
    reader: ModelReader;
  }): CatalogVisibility {
    return new CatalogVisibility(options);
  }

  private constructor(options: {
    permissions: PermissionsService;
    catalog: CatalogService;
    reader: ModelReader;
  }) {
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#reader = options.reader;
  }

  /** For a list: which of the models that match may be seen. */
  async forQuery(
    query: ModelQuery,
    credentials: BackstageCredentials,
  ): Promise<Visibility> {
    const { filter, withoutRatings } = await this.#decide(credentials);
    if (filter) {
      return { filter, approximate: false, withoutRatings };
    }
    const candidates = new Set([
      ...(await this.#reader.listRefs(query, MAX_CANDIDATES)),
      ...(await this.#reader.listRefs(
        { ...query, facets: {}, minRating: undefined },
        MAX_CANDIDATES,
      )),
    ]);
    return {
      filter: await this.#askCatalog([...candidates], credentials),
      approximate: true,
      withoutRatings,
    };
  }

  /** For known models: which of them may be seen. */
  async forRefs(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<Omit<Visibility, 'approximate'>> {
    const { filter, withoutRatings } = await this.#decide(credentials);
    return {
      filter: filter ?? (await this.#askCatalog(entityRefs, credentials)),
      withoutRatings,
    };
  }

  /** Both questions travel together. */
  async #decide(credentials: BackstageCredentials): Promise<{
    filter: VisibilityFilter | undefined;
    withoutRatings: boolean;
  }> {
    const [models, reviews] = await this.#permissions.authorizeConditional(
      [
        { permission: catalogEntityReadPermission },
        { permission: modelReviewReadPermission },
      ],
      { credentials },
    );
    return {
      filter: filterOf(models),
      withoutRatings: reviews.result !== AuthorizeResult.ALLOW,
    };
  }

  async #askCatalog(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<VisibilityFilter> {
    const visible: string[] = [];
    for (let start = 0; start < entityRefs.length; start += BATCH) {
      const batch = entityRefs.slice(start, start + BATCH);
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: batch,
          fields: ['kind', 'metadata.namespace', 'metadata.name'],
        },
        { credentials },
      );
      visible.push(...batch.filter((_, index) => items[index]));
    }
    return { entityRefs: visible };
  }
}
