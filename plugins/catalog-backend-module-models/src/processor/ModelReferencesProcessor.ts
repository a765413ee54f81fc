import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import type {
  CatalogProcessor,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import {
  AI_ASSET_CATEGORY_ANNOTATION,
  AI_ASSET_CATEGORY_MODEL,
  EVALUATION_PACK_RELATION_FIELDS,
  evaluationPackProblem,
  isEvaluationPackEntity,
  isModelEntity,
  MODEL_REFERENCE_FIELDS,
  MODEL_RELATION_FIELDS,
} from '@modelhub/backstage-plugin-models-common';
import { readRelationField, relationsOf } from './relationFields';

const FIELDS = [
  ...MODEL_RELATION_FIELDS,
  ...MODEL_REFERENCE_FIELDS,
  ...EVALUATION_PACK_RELATION_FIELDS,
];

/**
 * What a catalog model layer cannot do: relations from fields of built-in
 * kinds (a layer would replace those kinds' own relation fields) and from refs
 * with a version (a layer would look for an entity of that name), errors that
 * name the field of a wrong reference (a layer skips it in silence), rules of
 * evaluation packs over several fields, and the annotation by which other AI
 * plugins know a model.
 *
 * @public
 */
export class ModelReferencesProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'ModelReferencesProcessor';
  }

  async preProcessEntity(entity: Entity): Promise<Entity> {
    for (const field of FIELDS) {
      if (field.kind === entity.kind) {
        readRelationField(entity, field);
      }
    }
    if (!isModelEntity(entity)) {
      return entity;
    }
    return {
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: {
          ...entity.metadata.annotations,
          [AI_ASSET_CATEGORY_ANNOTATION]: AI_ASSET_CATEGORY_MODEL,
        },
      },
    };
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    const problem =
      isEvaluationPackEntity(entity) && evaluationPackProblem(entity);
    if (problem) {
      throw new InputError(problem);
    }
    relationsOf(entity, MODEL_REFERENCE_FIELDS).forEach(emit);
    return entity;
  }
}
