import {
  type Entity,
  entityKindSchemaValidator,
} from '@backstage/catalog-model';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import type {
  CatalogProcessor,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  MODEL_API_VERSION,
  MODEL_KIND,
  MODEL_RELATION_FIELDS,
  modelJsonSchema,
} from '@modelhub/backstage-plugin-models-common';
import { relationsOf } from './relationFields';

const validate = entityKindSchemaValidator({
  $schema: 'http://json-schema.org/draft-07/schema',
  $id: 'ModelV1alpha1',
  allOf: [
    { $ref: 'Entity' },
    {
      ...modelJsonSchema,
      required: ['apiVersion', 'kind', 'spec'],
      properties: {
        apiVersion: { enum: [MODEL_API_VERSION] },
        kind: { enum: [MODEL_KIND] },
        ...(modelJsonSchema.properties as object),
      },
    },
  ],
});

/**
 * The Model kind as a classic processor, for catalogs whose catalog model
 * layers are missing or in use by something that does not get along with ours.
 * Same schema, same relations.
 *
 * @public
 */
export class ModelKindProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'ModelKindProcessor';
  }

  async validateEntityKind(entity: Entity): Promise<boolean> {
    return isModelEntity(entity) && validate(entity) === entity;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (isModelEntity(entity)) {
      relationsOf(entity, MODEL_RELATION_FIELDS).forEach(emit);
    }
    return entity;
  }
}
