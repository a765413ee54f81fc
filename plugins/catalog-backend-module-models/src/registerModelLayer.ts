import { CatalogModelSources } from '@backstage/catalog-model/alpha';
import type { CatalogModelExtensionPoint } from '@backstage/plugin-catalog-node/alpha';
import { modelEntityLayer } from '@modelhub/backstage-plugin-models-common';

/** The only place of this package that uses alpha API of the catalog. */
export { catalogModelExtensionPoint } from '@backstage/plugin-catalog-node/alpha';

export function registerModelLayer(model: CatalogModelExtensionPoint): void {
  model.addModelSource(CatalogModelSources.static([modelEntityLayer]));
}
