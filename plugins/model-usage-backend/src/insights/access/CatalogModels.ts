import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  gatewayIdKey,
  MODEL_KIND,
} from '@modelhub/backstage-plugin-models-common';

/** What matters of a model here. */
export interface CatalogModel {
  entityRef: string;
  title?: string;
  gatewayId: string;
  /** Entity refs. */
  owners: string[];
  tasks: string[];
  /** What it says that it runs on. */
  hardware?: string;
  /** Entity refs by type of relation. */
  related(type: string): string[];
}

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.gatewayId',
  'spec.tasks',
  'spec.hardware',
  'relations',
];

/** Gateway ids that fit into the address of a request. */
const MOST_IDS = 100;

/** Entity refs of what an entity is related to. */
export const relatedTo = (entity: Entity, type: string): string[] =>
  (entity.relations ?? [])
    .filter(it => it.type === type)
    .map(({ targetRef }) => targetRef);

function asModel(entity: Entity): CatalogModel | undefined {
  const spec: Record<string, unknown> = entity.spec ?? {};
  if (typeof spec.gatewayId !== 'string') return undefined;
  const { recommendedGpu } = (spec.hardware ?? {}) as Record<string, unknown>;
  return {
    entityRef: stringifyEntityRef(entity),
    ...(entity.metadata.title && { title: entity.metadata.title }),
    gatewayId: spec.gatewayId,
    owners: relatedTo(entity, RELATION_OWNED_BY),
    tasks: Array.isArray(spec.tasks)
      ? spec.tasks.filter(it => typeof it === 'string')
      : [],
    ...(typeof recommendedGpu === 'string' && { hardware: recommendedGpu }),
    related: type => relatedTo(entity, type),
  };
}

/** Models, as the catalog shows them to somebody. */
export class CatalogModels {
  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
  }): CatalogModels {
    return new CatalogModels(options);
  }

  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  private constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /** In the order of the refs; those that the caller may not read are left out. */
  async byRefs(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<CatalogModel[]> {
    if (entityRefs.length === 0) return [];
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: [...new Set(entityRefs)], fields: FIELDS },
      { credentials },
    );
    return items.flatMap(entity =>
      entity?.kind === MODEL_KIND ? asModel(entity) ?? [] : [],
    );
  }

  /** @param credentials - the plugin's own without */
  async byGatewayIds(
    gatewayIds: string[],
    credentials?: BackstageCredentials,
  ): Promise<CatalogModel[]> {
    const as = credentials ?? (await this.#auth.getOwnServiceCredentials());
    const found: CatalogModel[] = [];
    for (let from = 0; from < gatewayIds.length; from += MOST_IDS) {
      const some = gatewayIds.slice(from, from + MOST_IDS);
      const { items } = await this.#catalog.getEntities(
        {
          filter: { kind: MODEL_KIND, 'spec.gatewayId': some },
          fields: FIELDS,
        },
        { credentials: as },
      );
      found.push(...items.flatMap(entity => asModel(entity) ?? []));
    }
    const keys = new Set(gatewayIds.map(gatewayIdKey));
    return found.filter(it => keys.has(gatewayIdKey(it.gatewayId)));
  }

  /** Models with one of these fields or relations, e.g. `relations.servedBy`. */
  async having(
    names: string[],
    credentials: BackstageCredentials,
  ): Promise<CatalogModel[]> {
    const found: CatalogModel[] = [];
    const pages = this.#catalog.streamEntities(
      {
        filter: names.map(name => ({
          kind: MODEL_KIND,
          [name]: CATALOG_FILTER_EXISTS,
        })),
        fields: FIELDS,
      },
      { credentials },
    );
    for await (const page of pages) {
      found.push(...page.flatMap(entity => asModel(entity) ?? []));
    }
    return found;
  }
}
