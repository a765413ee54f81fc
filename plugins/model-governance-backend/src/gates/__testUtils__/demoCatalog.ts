import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  isModelEntity,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

const folder = resolve(__dirname, '../../../../../catalog-info');

/** The entities of the demo by ref, and its models among them. */
export function demoCatalog(): {
  catalog: Map<string, Entity>;
  models: Map<string, ModelEntityV1alpha1>;
} {
  const entities = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.ya?ml$/.test(file))
    .flatMap(file =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map(
        document => document.toJS() as Entity | null,
      ),
    )
    .filter((entity): entity is Entity => Boolean(entity?.kind));
  return {
    catalog: new Map(entities.map(one => [stringifyEntityRef(one), one])),
    models: new Map(
      entities.filter(isModelEntity).map(one => [stringifyEntityRef(one), one]),
    ),
  };
}
