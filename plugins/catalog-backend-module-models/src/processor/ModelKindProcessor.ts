import {
  type Entity,
  entityKindSchemaValidator,
} from '@backstage/catalog-model';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import type {
  CatalogProcessor,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import type { JsonObject } from '@backstage/types';
import {
  EVALUATION_PACK_API_VERSION,
  EVALUATION_PACK_KIND,
  EVALUATION_PACK_RELATION_FIELDS,
  evaluationPackJsonSchema,
  MODEL_API_VERSION,
  MODEL_KIND,
  MODEL_RELATION_FIELDS,
  modelJsonSchema,
} from '@modelhub/backstage-plugin-models-common';
import { relationsOf } from './relationFields';

const validatorOf = (kind: string, apiVersion: string, schema: JsonObject) =>
  entityKindSchemaValidator({
    $schema: 'http://json-schema.org/draft-07/schema',
    $id: `${kind}V1alpha1`,
    allOf: [
      { $ref: 'Entity' },
      {
        ...schema,
        required: ['apiVersion', 'kind', 'spec'],
        properties: {
          apiVersion: { enum: [apiVersion] },
          kind: { enum: [kind] },
          ...(schema.properties as object),
        },
      },
    ],
  });

const KINDS = [
  {
    kind: MODEL_KIND,
    apiVersion: MODEL_API_VERSION,
    fields: MODEL_RELATION_FIELDS,
    validate: validatorOf(MODEL_KIND, MODEL_API_VERSION, modelJsonSchema),
  },
  {
    kind: EVALUATION_PACK_KIND,
    apiVersion: EVALUATION_PACK_API_VERSION,
    fields: EVALUATION_PACK_RELATION_FIELDS,
    validate: validatorOf(
      EVALUATION_PACK_KIND,
      EVALUATION_PACK_API_VERSION,
      evaluationPackJsonSchema,
    ),
  },
];

const kindOf = (entity: Entity) =>
  KINDS.find(
    ({ kind, apiVersion }) =>
      kind === entity.kind && apiVersion === entity.apiVersion,
  );

/**
 * The kinds Model and EvaluationPack as a classic processor, for catalogs whose catalog model
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
    return kindOf(entity)?.validate(entity) === entity;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    relationsOf(entity, kindOf(entity)?.fields ?? []).forEach(emit);
    return entity;
  }
}
