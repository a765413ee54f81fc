import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type {
  DataProvenanceEvidence,
  ModelEntityV1alpha1,
  ModelSpecV1alpha1,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import { gateContext } from '../__testUtils__/gateContext';
import { dataProvenanceGate } from './dataProvenanceGate';

const model = (
  name: string,
  spec: Partial<ModelSpecV1alpha1> = {},
): ModelEntityV1alpha1 => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { name, namespace: 'acme', title: name },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml',
    provider: 'acme',
    gatewayId: `acme/${name}`,
    license: { id: 'apache-2.0' },
    ...spec,
  },
});
const dataset = (
  name: string,
  annotations: Record<string, string>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name,
    title: `Data ${name}`,
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [
        `modelhub.dev/${key}`,
        value,
      ]),
    ),
  },
  spec: { type: 'dataset', owner: 'group:default/ml' },
});
const clean = { 'dataset-licence': 'cc-by-4.0', 'personal-data': 'none' };
const strict = {
  undeclared: 'fail',
  unknown: 'fail',
  requireCommercialUse: true,
};

async function ask(
  annotations: Record<string, string> | undefined,
  options: {
    params?: JsonObject;
    purpose?: Partial<Purpose>;
    entity?: ModelEntityV1alpha1;
    catalog?: Record<string, object>;
  } = {},
) {
  const entity = options.entity ?? model('m', { trainedOn: ['d'] });
  const outcome = await dataProvenanceGate.evaluate(
    {
      entity,
      entityRef: 'model:acme/m',
      version: { name: '1' },
      pin: 'p',
      decisionFactsHash: 'sha256:bb',
      tier: 'internal',
      purpose: {
        id: 'p',
        title: 'P',
        dataClasses: ['internal'],
        regions: [],
        ...options.purpose,
      },
      profile: 'team',
    },
    { ...strict, ...options.params },
    gateContext({
      catalog: {
        ...(annotations && { 'resource:default/d': dataset('d', annotations) }),
        ...options.catalog,
      },
    }),
  );
  return {
    ...outcome,
    evidence: outcome.evidence as unknown as DataProvenanceEvidence,
  };
}

describe('data provenance', () => {
  it('passes where every dataset may be used', async () => {
    const outcome = await ask(clean);
    expect(outcome).toMatchObject({
      verdict: 'pass',
      summary: '1 dataset along the lineage may be used for this.',
      findings: [],
      evidence: {
        kind: 'data-provenance',
        models: [{ ref: 'model:acme/m', datasets: 1 }],
        rows: [
          {
            dataset: 'resource:default/d',
            title: 'Data d',
            model: 'model:acme/m',
            licence: 'cc-by-4.0',
            commercialUse: 'yes',
            personalData: 'none',
            fits: 'yes',
            problems: [],
          },
        ],
      },
    });
  });

  it.each<
    [
      string,
      Record<string, string> | undefined,
      JsonObject,
      string,
      string,
      string,
    ]
  >([
    [
      'data that is not in the catalog',
      undefined,
      {},
      'fail',
      'unknown',
      'is not in the catalog',
    ],
    [
      'no licence',
      { 'personal-data': 'none' },
      {},
      'fail',
      'unknown',
      'under which licence',
    ],
    [
      'a licence that nobody knows',
      { ...clean, 'dataset-licence': 'acme-1' },
      { unknown: 'needs-evidence' },
      'needs-evidence',
      'unknown',
      'what its licence acme-1 asks',
    ],
    [
      'terms of its own that are known',
      {
        ...clean,
        'dataset-licence': 'acme-1',
        'dataset-commercial-use': 'yes',
      },
      {},
      'pass',
      'yes',
      'may be used',
    ],
    [
      'our own data',
      { ...clean, 'dataset-licence': 'own' },
      {},
      'pass',
      'yes',
      'may be used',
    ],
    [
      'a flag that is missing',
      { 'dataset-licence': 'mit' },
      { unknown: 'warn' },
      'warn',
      'unknown',
      'whether it holds personal data',
    ],
    [
      'a flag that is no word',
      { ...clean, 'personal-data': 'maybe' },
      {},
      'fail',
      'unknown',
      'whether it holds personal data',
    ],
    [
      'research only',
      { ...clean, 'dataset-licence': 'cc-by-nc-4.0' },
      {},
      'fail',
      'no',
      'does not allow commercial use',
    ],
    [
      'research only, which the policy bears',
      { ...clean, 'dataset-licence': 'cc-by-nc-4.0' },
      { nonCommercial: 'warn' },
      'warn',
      'no',
      'does not allow commercial use',
    ],
    [
      'research only, in a sandbox',
      { ...clean, 'dataset-licence': 'cc-by-nc-4.0' },
      { requireCommercialUse: false },
      'pass',
      'yes',
      'may be used',
    ],
    [
      'share alike',
      { ...clean, 'dataset-licence': 'cc-by-sa-4.0' },
      {},
      'warn',
      'no',
      'keeps its terms',
    ],
    [
      'share alike, refused',
      { ...clean, 'dataset-licence': 'odbl-1.0' },
      { shareAlike: 'fail' },
      'fail',
      'no',
      'keeps its terms',
    ],
    [
      'masked people',
      { ...clean, 'personal-data': 'pseudonymised' },
      {},
      'pass',
      'yes',
      'may be used',
    ],
    [
      'people without a reason',
      { ...clean, 'personal-data': 'personal' },
      {},
      'fail',
      'no',
      'nobody says why',
    ],
    [
      'people beyond the purpose',
      { ...clean, 'personal-data': 'personal', 'legal-basis': 'consent' },
      {},
      'fail',
      'no',
      'is not for such data',
    ],
  ])('%s', async (_, annotations, params, verdict, fits, words) => {
    const outcome = await ask(annotations, { params });
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.summary).toContain(words);
    expect(outcome.evidence.rows.map(row => row.fits)).toEqual([fits]);
    expect(outcome.findings.every(({ howToFix }) => howToFix)).toBe(true);
  });

  it('lets people’s data train what is used on people’s data', async () => {
    const personal = {
      ...clean,
      'personal-data': 'personal',
      'legal-basis': 'https://wiki/dpia',
    };
    const verdict = async (
      annotations: Record<string, string>,
      dataClasses: Purpose['dataClasses'],
    ) => (await ask(annotations, { purpose: { dataClasses } })).verdict;
    expect(await verdict(personal, ['personal'])).toBe('pass');
    const special = { ...personal, 'personal-data': 'special-category' };
    expect(await verdict(special, ['personal'])).toBe('fail');
    expect(await verdict(special, ['special-category'])).toBe('pass');
  });

  it('follows the lineage, whose share-alike is held against its own model', async () => {
    const base = model('base', {
      trainedOn: ['resource:default/b', 'd'],
      license: { id: 'cc-by-sa-4.0' },
      baseModel: 'model:acme/root',
    });
    const outcome = await ask(clean, {
      entity: model('m', { trainedOn: ['d'], baseModel: 'base' }),
      params: { undeclaredAncestors: 'warn' },
      catalog: {
        'model:acme/base': base,
        'resource:default/b': dataset('b', {
          ...clean,
          'dataset-licence': 'cc-by-sa-4.0',
        }),
      },
    });
    expect(
      outcome.evidence.models.map(it => [it.ref, it.known, it.datasets]),
    ).toEqual([
      ['model:acme/m', true, 1],
      ['model:acme/base', true, 2],
      ['model:acme/root', false, 0],
    ]);
    expect(
      outcome.evidence.rows.map(it => [it.dataset, it.model, it.fits]),
    ).toEqual([
      ['resource:default/d', 'model:acme/m', 'yes'],
      ['resource:default/b', 'model:acme/base', 'yes'],
    ]);
    expect(outcome).toMatchObject({
      verdict: 'warn',
      summary:
        'model:acme/root is not in the catalog, so nobody knows what it was trained on.',
    });
  });

  it.each(['note', 'warn', 'needs-evidence', 'fail'])(
    'lets the policy say that silence means %s',
    async undeclared => {
      const outcome = await ask(undefined, {
        entity: model('m'),
        params: { undeclared },
      });
      expect(outcome.verdict).toBe(undeclared === 'note' ? 'pass' : undeclared);
      expect(outcome.findings[0].id).toBe('undeclared');
    },
  );

  it('takes a quantised build for what its base says', async () => {
    const outcome = await ask(clean, {
      entity: model('m', { baseModel: 'base' }),
      catalog: { 'model:acme/base': model('base', { trainedOn: ['d'] }) },
    });
    expect(outcome.verdict).toBe('pass');
  });
});
