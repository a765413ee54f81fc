import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  MODEL_KIND,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';

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
  ): Promise<ModelEntityV1alpha1> {
    const ref = modelRef(entityRef);
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    if (!entity || !isModelEntity(entity)) {
      throw new NotFoundError(
        `There is no model ${ref} in the catalog, or you may not see it.`,
      );
    }
    return entity;
  }
}

/** @throws InputError for what is no entity ref of a model */
export function modelRef(entityRef: string): string {
  let ref;
  try {
    ref = parseEntityRef(entityRef);
  } catch (error) {
    throw new InputError((error as Error).message);
  }
  if (ref.kind.toLocaleLowerCase('en-US') !== MODEL_KIND.toLowerCase()) {
    throw new InputError(
      `${entityRef} is no model. Send an entity ref such as model:meta/llama-3.3-70b-instruct.`,
    );
  }
  return stringifyEntityRef(ref);
}
