import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { isModelEntity } from '@modelhub/backstage-plugin-models-common';

/** Which models a caller may know of. */
export interface ModelVisibility {
  sees(credentials: BackstageCredentials, entityRef: string): Promise<boolean>;
}

/** Asks the catalog with the caller's own credentials; without an answer there is none here. */
export class CatalogVisibility implements ModelVisibility {
  static create(options: { catalog: CatalogService }): CatalogVisibility {
    return new CatalogVisibility(options.catalog);
  }

  readonly #catalog: CatalogService;

  private constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  async sees(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<boolean> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    return entity !== undefined && isModelEntity(entity);
  }
}
