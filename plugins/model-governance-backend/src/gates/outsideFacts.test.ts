import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type {
  AdvisoriesEvidence,
  DataProvenanceEvidence,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { TestClock } from '../__testUtils__';
import { migratedDatabase } from '../__testUtils__/databases';
import { readScopes } from '../access/readScopes';
import {
  advisoriesGate,
  DefaultAdvisoryService,
  readAdvisoryConfig,
} from './advisories';
import { licenceGate } from './builtIn';
import { dataBoundaryGate, readDataBoundaryConfig } from './dataBoundary';
import { dataProvenanceGate } from './dataProvenance';
import { demoCatalog } from './__testUtils__/demoCatalog';
import { gateContext } from './__testUtils__/gateContext';

jest.setTimeout(60_000);

const repository = resolve(__dirname, '../../../..');
const { catalog, models } = demoCatalog();
const settings = parse(
  readFileSync(join(repository, 'app-config.demo.yaml'), 'utf8'),
) as JsonObject;
const config = new ConfigReader(settings);
const { purposes } = readScopes(config);

const paramsOf = (gate: ModelGate, tier: Tier): JsonObject =>
  parse(readFileSync(join(repository, `policies/${tier}.yaml`), 'utf8')).gates[
    gate.id
  ].params;

/** What a gate says of every version in the demo, for every purpose of it. */
async function outcomes(gate: ModelGate, tier: Tier) {
  const asked = [...models].flatMap(([entityRef, entity]) =>
    (entity.spec.versions ?? []).flatMap(version =>
      purposes.map(purpose => ({
        entity,
        entityRef,
        version,
        pin: 'sha256:aa',
        decisionFactsHash: 'sha256:bb',
        tier,
        purpose,
        profile: 'team',
      })),
    ),
  );
  return Promise.all(
    asked.map(async subject => ({
      id: `${subject.entityRef}@${subject.version.name}`,
      purpose: subject.purpose.id,
      ...(await gate.evaluate(
        subject,
        paramsOf(gate, tier),
        gateContext({
          getEntities: async () => catalog,
          logger: mockServices.logger.mock(),
          now: new Date('2026-11-20T00:00:00Z'),
        }),
      )),
    })),
  );
}

const ids = (found: Array<{ id: string }>) => [
  ...new Set(found.map(({ id }) => id)),
];

describe('what the demo says of licences, data and advisories', () => {
  it('keeps every purpose within its boundary, where somebody says where the data goes', async () => {
    const gate = dataBoundaryGate(readDataBoundaryConfig(config));
    for (const tier of ['internal', 'customer-facing'] as const) {
      const found = await outcomes(gate, tier);
      expect(found.length).toBeGreaterThan(100);
      expect(found.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    }
    const strict = await outcomes(gate, 'regulated');
    expect(ids(strict.filter(({ verdict }) => verdict === 'fail'))).toEqual(
      expect.arrayContaining([
        expect.stringContaining('model:google/gemini-3.5-flash-lite'),
      ]),
    );
  });

  it('uses no licence where it does not reach', async () => {
    const found = await outcomes(licenceGate, 'customer-facing');
    const limited = found.filter(({ findings }) =>
      findings.some(({ id }) => id.includes('limit-')),
    );
    expect(limited).toEqual([]);
    const drafts = found.filter(
      ({ id, purpose }) =>
        purpose === 'support-answers' && id.startsWith('model:meta/llama-3.3'),
    );
    expect(drafts[0].evidence).toMatchObject({
      duties: expect.arrayContaining([
        {
          when: 'product',
          text: 'Show "Built with Llama" in the product or its documentation.',
          applies: 'here',
        },
      ]),
    });
  });

  it('knows data that is for research only, through the lineage', async () => {
    const found = await outcomes(dataProvenanceGate, 'customer-facing');
    const refused = found.filter(({ verdict }) => verdict === 'fail');
    expect(ids(refused).map(id => id.split('@')[0])).toEqual([
      'model:baai/bge-m3',
      'model:baai/bge-reranker-v2-m3',
    ]);
    const evidence = refused[0].evidence as unknown as DataProvenanceEvidence;
    expect(
      evidence.rows.map(({ dataset, fits }) => [dataset, fits]),
    ).toContainEqual(['resource:default/ms-marco', 'no']);
  });

  it('finds the advisory of the sample feed, and none on what runs', async () => {
    const { knex, transactions } = await migratedDatabase('SQLITE_3');
    const advisories = readAdvisoryConfig(config);
    const folder = join(repository, 'catalog-info/advisories');
    const gate = advisoriesGate({
      service: DefaultAdvisoryService.create({
        config: {
          ...advisories,
          feeds: advisories.feeds.map(feed => ({ ...feed, folder })),
        },
        transactions,
        clock: new TestClock(),
      }),
      runtimes: advisories.runtimes,
    });
    const found = await outcomes(gate, 'customer-facing');
    const hit = found.filter(({ findings }) =>
      findings.some(({ id }) => !id.startsWith('lineage-missing')),
    );
    expect(ids(hit)).toEqual(['model:acme/ticket-router@1.0']);
    const evidence = hit[0].evidence as unknown as AdvisoriesEvidence;
    expect(evidence).toMatchObject({
      sources: [{ id: 'acme', advisories: 2 }],
      matches: [{ id: 'ACME-2026-0001', severity: 'high', effect: 'stops' }],
    });
    expect(found.filter(({ verdict }) => verdict === 'error')).toEqual([]);
    await knex.destroy();
  });
});
