import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  EVALUATION_PACK_STATISTICS,
  EVALUATION_PACK_TYPES,
  type EvaluationPackEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import {
  EVALUATION_TYPES,
  METRIC_STATISTICS,
} from '@modelhub/governance-protocol';
import fs from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { ModelKindProcessor, ModelReferencesProcessor } from '.';

const CATALOG = path.resolve(__dirname, '../../../catalog-info');
const read = (...names: string[]) =>
  fs.readFileSync(path.join(CATALOG, ...names), 'utf8');

const known = new Set(
  ['org.yaml', 'systems.yaml']
    .flatMap(name => parseAllDocuments(read(name)))
    .map(document => stringifyEntityRef(document.toJS() as Entity)),
);

describe('the packs of this repository as entities', () => {
  it.each(fs.readdirSync(path.join(CATALOG, 'evaluations')))(
    '%s is one that the catalog takes',
    async name => {
      const entity: EvaluationPackEntityV1alpha1 = parse(
        read('evaluations', name, 'pack.yaml'),
      );
      const location = { type: 'file', target: name };
      expect(await new ModelKindProcessor().validateEntityKind(entity)).toBe(
        true,
      );
      const references = new ModelReferencesProcessor();
      await references.preProcessEntity(entity);
      await references.postProcessEntity(entity, location, () => undefined);
      expect(entity.metadata.name).toBe(name);
      const { owner, system } = entity.spec;
      expect(known).toContain(owner);
      expect(system === undefined || known.has(system)).toBe(true);
    },
  );
});

it('uses the words that results of packs use', () => {
  // Online results come from live calls, which no pack describes.
  expect([...EVALUATION_PACK_TYPES, 'online']).toEqual([...EVALUATION_TYPES]);
  expect(EVALUATION_PACK_STATISTICS).toEqual(METRIC_STATISTICS);
});
