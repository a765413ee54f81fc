import {
  createCatalogModelLayer,
  type CatalogModelLayer,
} from '@backstage/catalog-model/alpha';
import { EVALUATION_PACK_KIND } from '../evaluationPack/constants';
import { EVALUATION_PACK_RELATION_FIELDS } from '../evaluationPack/relations';
import { evaluationPackJsonSchema } from '../evaluationPack/schema';
import { MODEL_API_GROUP, MODEL_KIND } from './constants';
import { MODEL_RELATION_FIELDS, type ModelRelationField } from './relations';
import { modelJsonSchema } from './schema';

const relationFieldsOf = (fields: ModelRelationField[]) =>
  fields.map(field => ({
    selector: { path: field.path },
    relation: field.relation,
    defaultKind: field.defaultKind,
    defaultNamespace: field.defaultNamespace,
    allowedKinds: field.allowedKinds,
  }));

/**
 * The catalog model layer that brings the kinds Model and EvaluationPack. The only place that uses
 * the alpha API of `@backstage/catalog-model`.
 *
 * @public
 */
export const modelEntityLayer: CatalogModelLayer = createCatalogModelLayer({
  layerId: `${MODEL_API_GROUP}/kind-model`,
  builder: model => {
    model.addKind({
      group: MODEL_API_GROUP,
      names: { kind: MODEL_KIND, singular: 'model', plural: 'models' },
      description:
        'An AI model that the organisation knows of, may approve, and can call through its gateway.',
      versions: [
        {
          name: 'v1alpha1',
          relationFields: relationFieldsOf(MODEL_RELATION_FIELDS),
          schema: { jsonSchema: modelJsonSchema },
        },
      ],
    });
    model.addKind({
      group: MODEL_API_GROUP,
      names: {
        kind: EVALUATION_PACK_KIND,
        singular: 'evaluationpack',
        plural: 'evaluationpacks',
      },
      description:
        'Cases, scorers and criteria by which the organisation measures AI models.',
      versions: [
        {
          name: 'v1alpha1',
          relationFields: relationFieldsOf(EVALUATION_PACK_RELATION_FIELDS),
          schema: { jsonSchema: evaluationPackJsonSchema },
        },
      ],
    });

    for (const kind of [MODEL_KIND, EVALUATION_PACK_KIND]) {
      model.updateRelationPair({
        fromKind: kind,
        toKind: ['Group', 'User'],
        forward: { type: 'ownedBy' },
        reverse: { type: 'ownerOf' },
      });
      model.updateRelationPair({
        fromKind: kind,
        toKind: 'System',
        forward: { type: 'partOf' },
        reverse: { type: 'hasPart' },
      });
    }
    model.addRelationPair({
      fromKind: MODEL_KIND,
      toKind: MODEL_KIND,
      description: 'A model was made from another: tuned, merged, quantised.',
      forward: { type: 'derivedFrom', title: 'derived from' },
      reverse: { type: 'hasDerivative', title: 'has derivative' },
    });
    model.addRelationPair({
      fromKind: MODEL_KIND,
      toKind: MODEL_KIND,
      description: 'A model is replaced by another.',
      forward: { type: 'supersededBy', title: 'superseded by' },
      reverse: { type: 'supersedes', title: 'supersedes' },
    });
    model.addRelationPair({
      fromKind: MODEL_KIND,
      toKind: 'Resource',
      description: 'A model was trained on data.',
      forward: { type: 'trainedOn', title: 'trained on' },
      reverse: { type: 'usedToTrain', title: 'used to train' },
    });
    model.addRelationPair({
      fromKind: MODEL_KIND,
      toKind: 'Resource',
      description:
        'A model was trained and is served with feature definitions.',
      forward: { type: 'usesFeatures', title: 'uses features' },
      reverse: { type: 'featuresUsedBy', title: 'features used by' },
    });
    model.addRelationPair({
      fromKind: 'Component',
      toKind: MODEL_KIND,
      description: 'A component calls a model.',
      forward: { type: 'consumesModel', title: 'consumes model' },
      reverse: { type: 'modelConsumedBy', title: 'model consumed by' },
    });
    model.addRelationPair({
      fromKind: 'API',
      toKind: MODEL_KIND,
      description: 'An API serves a model.',
      forward: { type: 'servesModel', title: 'serves model' },
      reverse: { type: 'servedBy', title: 'served by' },
    });
  },
});
