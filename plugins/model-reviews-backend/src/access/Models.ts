import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  MODEL_KIND,
} from '@modelhub/backstage-plugin-models-common';

/** What matters of a model here. */
export interface Model {
  entityRef: string;
  title: string;
  gatewayId: string;
  /** Entity refs. */
  owners: string[];
  versions: string[];
}

/** The version that reviews name of a model that has none. */
export const NO_VERSION = '*';

/** Gateway ids that fit into the address of a request. */
const MOST_IDS = 100;

/** Models, as the catalog shows them to the caller. */
export class Models {
  static create(options: { catalog: CatalogService }): Models {
    return new Models(options.catalog);
  }

  readonly #catalog: CatalogService;

  private constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  /** @throws NotFoundError also for one that the caller may not see */
  async get(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Model> {
    const ref = modelRef(entityRef);
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    const model = entity && asModel(entity);
    if (!model) {
      throw new NotFoundError(
        `There is no model ${ref} in the catalog, or you may not see it.`,
      );
    }
    return model;
  }

  /** Those of these models that the caller may see. */
  async visible(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, Model>> {
    const refs = [...new Set(entityRefs)];
    if (refs.length === 0) return new Map();
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: refs },
      { credentials },
    );
    return new Map(
      items.flatMap((entity, n) => {
        const model = entity && asModel(entity);
        return model ? [[refs[n], model] as const] : [];
      }),
    );
  }

  /** Models with these gateway ids, the first hundred, that the caller may see. */
  async byGatewayIds(
    gatewayIds: string[],
    credentials: BackstageCredentials,
  ): Promise<Model[]> {
    if (gatewayIds.length === 0) return [];
    const { items } = await this.#catalog.getEntities(
      {
        filter: {
          kind: MODEL_KIND,
          'spec.gatewayId': gatewayIds.slice(0, MOST_IDS),
        },
      },
      { credentials },
    );
    return items.flatMap(entity => asModel(entity) ?? []);
  }
}

/** @throws InputError for what is no entity ref of a model */
export function modelRef(entityRef: string): string {
  let ref;
  try {
    ref = parseEntityRef(entityRef);
  } catch (error) {
    throw new InputError(`${(error as Error).message}`);
  }
  if (ref.kind.toLocaleLowerCase('en-US') !== MODEL_KIND.toLowerCase()) {
    throw new InputError(
      `${entityRef} is no model. Send an entity ref such as model:meta/llama-3.3-70b-instruct.`,
    );
  }
  return stringifyEntityRef(ref);
}

function asModel(entity: Entity): Model | undefined {
  if (!isModelEntity(entity)) return undefined;
  return {
    entityRef: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    gatewayId: entity.spec.gatewayId,
    owners: (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef),
    versions: (entity.spec.versions ?? []).map(({ name }) => name),
  };
}
