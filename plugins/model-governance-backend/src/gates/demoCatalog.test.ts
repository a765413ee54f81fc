import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import {
  isModelEntity,
  type ModelEntityV1alpha1,
  type Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { DefaultPolicyService } from '../policies';
import { gateContext } from './__testUtils__/gateContext';
import { artifactScanRules } from './artifactScan';
import { licenceGate, modelCardGate } from './builtIn';

const repository = resolve(__dirname, '../../../..');
const folder = join(repository, 'catalog-info/models');

const models = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(file => /\.ya?ml$/.test(file))
  .flatMap(file =>
    parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map(
      document => document.toJS() as ModelEntityV1alpha1,
    ),
  )
  .filter(isModelEntity);
const catalog = new Map(models.map(m => [stringifyEntityRef(m), m]));

/** Models that a gate refuses at a tier, by its parameters in `policies/`. */
async function refused(gate: ModelGate, tier: Tier): Promise<string[]> {
  const policies = await DefaultPolicyService.create({
    path: join(repository, 'policies'),
    gates: [
      licenceGate,
      modelCardGate,
      { id: 'ownership', title: 'Ownership' },
      artifactScanRules,
    ],
    logger: mockServices.logger.mock(),
  });
  const demand = policies
    .describe()
    .tiers.find(demands => demands.tier === tier)
    ?.gates.find(({ id }) => id === gate.id);
  const outcomes = await Promise.all(
    [...catalog].map(async ([entityRef, entity]) => {
      const { verdict } = await gate.evaluate(
        {
          entity,
          entityRef,
          version: { name: '1' },
          pin: 'sha256:aa',
          decisionFactsHash: 'sha256:bb',
          tier,
          purpose: { id: 'p', title: 'P', dataClasses: [], regions: [] },
          profile: 'team',
        },
        (demand?.params ?? {}) as JsonObject,
        gateContext({ getEntities: async () => catalog }),
      );
      return verdict === 'pass' || verdict === 'warn' ? [] : [entityRef];
    }),
  );
  return outcomes.flat();
}

describe('the models of the demo under the policies of this repository', () => {
  const nonCommercial = ['model:coherelabs/aya-expanse-8b'];
  const thinCards = ['model:meta/llama-3.1-70b'];

  it.each<[string, ModelGate, Tier, string[]]>([
    ['licence', licenceGate, 'sandbox', []],
    ['licence', licenceGate, 'internal', nonCommercial],
    ['licence', licenceGate, 'regulated', nonCommercial],
    ['card', modelCardGate, 'sandbox', []],
    ['card', modelCardGate, 'internal', thinCards],
    ['card', modelCardGate, 'customer-facing', thinCards],
  ])('%s, case %#', async (_, gate, tier, expected) => {
    expect(models.length).toBeGreaterThan(20);
    expect(await refused(gate, tier)).toEqual(expected);
  });

  it('reach the top with a good card', async () => {
    expect(await refused(modelCardGate, 'regulated')).not.toContain(
      'model:meta/llama-3.3-70b-instruct',
    );
  });
});
