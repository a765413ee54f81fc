import {
  compileCatalogModel,
  defaultCatalogEntityModel,
} from '@backstage/catalog-model/alpha';
import { EVALUATION_PACK_RELATION_FIELDS } from '../evaluationPack';
import {
  MODEL_REFERENCE_FIELDS,
  MODEL_RELATION_FIELDS,
  modelEntityLayer,
} from '.';

describe('modelEntityLayer', () => {
  const compiled = compileCatalogModel([
    defaultCatalogEntityModel,
    modelEntityLayer,
  ]);

  it('compiles on top of the default model and knows the kind', () => {
    const kind = compiled.getKind({
      kind: 'Model',
      apiVersion: 'modelhub.dev/v1alpha1',
      spec: { type: 'llm' },
    });
    expect(kind?.names.plural).toBe('models');
    expect(kind?.relationFields.map(({ path }) => path)).toEqual(
      MODEL_RELATION_FIELDS.map(({ path }) => path),
    );
  });

  it('knows the kind of evaluation packs too', () => {
    const kind = compiled.getKind({
      kind: 'EvaluationPack',
      apiVersion: 'modelhub.dev/v1alpha1',
      spec: { type: 'quality' },
    });
    expect(kind?.names.singular).toBe('evaluationpack');
    expect(kind?.relationFields.map(({ path }) => path)).toEqual(
      EVALUATION_PACK_RELATION_FIELDS.map(({ path }) => path),
    );
  });

  it.each([
    ...MODEL_RELATION_FIELDS,
    ...MODEL_REFERENCE_FIELDS,
    ...EVALUATION_PACK_RELATION_FIELDS,
  ])(
    'declares the pair $relation/$inverse for $kind $path',
    ({ kind, relation, inverse, allowedKinds }) => {
      const relations = compiled.getRelations({ kind }) ?? [];
      for (const target of allowedKinds) {
        expect(
          relations.filter(
            pair =>
              pair.forward.type === relation &&
              pair.reverse.type === inverse &&
              pair.toKind.includes(target),
          ),
        ).toHaveLength(1);
      }
    },
  );

  it('leaves the relation fields of built-in kinds alone', () => {
    const component = {
      kind: 'Component',
      apiVersion: 'backstage.io/v1alpha1',
      spec: { type: 'service' },
    };
    expect(compiled.getKind(component)?.relationFields).toEqual(
      compileCatalogModel([defaultCatalogEntityModel]).getKind(component)
        ?.relationFields,
    );
  });
});
