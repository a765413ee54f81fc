import type { JsonObject } from '@backstage/types';
import type {
  ModelEntityV1alpha1,
  ModelSpecV1alpha1,
  PurposeUse,
} from '@modelhub/backstage-plugin-models-common';
import { evaluate, model } from '../__testUtils__/evaluate';
import { licenceGate } from './licenceGate';

describe('licence', () => {
  const strict = {
    unknownLicence: 'fail',
    lineageConflict: 'fail',
    requireCommercialUse: true,
    companyMonthlyActiveUsers: 4_000_000,
  };
  const under = (
    id: string | undefined,
    more: Partial<ModelSpecV1alpha1> = {},
  ) => model({ ...(id && { license: { id } }), ...more });

  it.each([
    ['apache-2.0', 'pass'],
    ['MIT', 'pass'],
    ['llama2', 'pass'],
    ['llama3', 'pass'],
    ['llama3.1', 'pass'],
    ['llama3.2', 'pass'],
    ['llama3.3', 'pass'],
    ['llama4', 'pass'],
    ['gemma', 'pass'],
    ['openrail++', 'pass'],
    ['bigscience-bloom-rail-1.0', 'pass'],
    ['deepseek', 'pass'],
    ['qwen', 'pass'],
    ['falcon-llm-license', 'pass'],
    ['nvidia-open-model-license', 'pass'],
    ['LicenseRef-OpenAI-Services-Agreement', 'pass'],
    ['cc-by-4.0', 'pass'],
    ['agpl-3.0', 'pass'],
    ['cc-by-nc-4.0', 'fail'],
    ['cc-by-nc-4.0 OR mit', 'pass'],
    ['cc-by-nc-4.0 AND mit', 'fail'],
    ['mrl', 'fail'],
    ['mnpl', 'fail'],
    ['fair-noncommercial-research-license', 'fail'],
    ['other', 'fail'],
    [undefined, 'fail'],
  ])('%s at work: %s', async (id, verdict) => {
    expect((await evaluate(licenceGate, under(id), strict)).verdict).toBe(
      verdict,
    );
  });

  it('lists duties in plain words with their source', async () => {
    const { findings } = await evaluate(licenceGate, under('llama3.3'), strict);
    expect(findings).toContainEqual({
      id: 'duty-product-3',
      severity: 'info',
      field: 'spec.license.id',
      message: 'Show "Built with Llama" in the product or its documentation.',
      link: 'https://www.llama.com/llama3_3/license/',
    });
  });

  it.each<[string, PurposeUse[] | undefined, string, string]>([
    ['llama2', ['training-on-output'], 'fail', 'may not improve any other'],
    ['llama2', [], 'pass', 'under conditions'],
    ['llama2', undefined, 'pass', 'under conditions'],
    ['openrail++', ['medical-advice'], 'fail', 'may not give medical advice'],
    [
      'gemma',
      ['automated-decisions'],
      'fail',
      'may not be made without a person',
    ],
    ['falcon-180b', ['hosting'], 'fail', 'needs a permission'],
    [
      'LicenseRef-OpenAI-Services-Agreement',
      ['training-on-output'],
      'warn',
      'compete with OpenAI',
    ],
    ['apache-2.0', ['training-on-output', 'hosting'], 'pass', 'few duties'],
  ])('%s for %j: %s', async (id, uses, verdict, words) => {
    const outcome = await evaluate(licenceGate, under(id), strict, {}, uses);
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.summary).toContain(words);
  });

  it('ends where the company or its revenue is', async () => {
    const seeing = under('llama4', {
      modalities: { input: ['text', 'image'] },
    });
    const verdict = async (entity: ModelEntityV1alpha1, params: JsonObject) =>
      (await evaluate(licenceGate, entity, { ...strict, ...params })).verdict;
    expect(await verdict(seeing, { companyRegions: ['eu'] })).toBe('fail');
    expect(await verdict(seeing, { companyRegions: ['us'] })).toBe('pass');
    expect(await verdict(seeing, {})).toBe('pass');
    expect(await verdict(under('llama4'), { companyRegions: ['eu'] })).toBe(
      'pass',
    );
    const stability = under('stabilityai-ai-community');
    expect(await verdict(stability, { companyAnnualRevenueUsd: 2e6 })).toBe(
      'fail',
    );
    expect(await verdict(stability, { companyAnnualRevenueUsd: 1e6 })).toBe(
      'pass',
    );
  });

  it('leaves duties and limits of the whole lineage as evidence', async () => {
    const { evidence } = await evaluate(
      licenceGate,
      under('llama3.1', { baseModel: 'model:meta/base', provider: 'x' }),
      strict,
      {
        'model:meta/base': {
          ...model({ license: { id: 'openrail++' }, provider: 'meta' }),
          metadata: { name: 'base', namespace: 'meta' },
        },
      },
      ['hosting'],
    );
    expect(evidence).toMatchObject({
      kind: 'licence',
      readAs: ['llama3.1'],
      uses: ['hosting'],
      duties: expect.arrayContaining([
        {
          when: 'product',
          text: 'Show "Built with Llama" in the product or its documentation.',
          applies: 'here',
        },
        {
          when: 'derive',
          text: 'Start the name of any model that you make from it with "Llama".',
          applies: 'not-here',
        },
        expect.objectContaining({
          when: 'distribute',
          from: 'model:meta/base',
        }),
      ]),
      limits: expect.arrayContaining([
        expect.objectContaining({
          use: 'law-enforcement',
          applies: 'not-here',
          effect: 'noted',
          from: 'model:meta/base',
        }),
      ]),
    });
  });

  it.each(['warn', 'needs-evidence', 'fail'] as const)(
    'lets the policy say that an unknown licence means %s',
    async unknownLicence => {
      expect(
        await evaluate(licenceGate, under('acme-1.0'), { unknownLicence }),
      ).toMatchObject({
        verdict: unknownLicence,
        summary: 'Nobody has written down what the licence acme-1.0 asks.',
      });
    },
  );

  it('knows when a company is too large', async () => {
    const at = (companyMonthlyActiveUsers: number) =>
      evaluate(licenceGate, under('llama3.3'), {
        ...strict,
        companyMonthlyActiveUsers,
      });
    expect((await at(700_000_000)).verdict).toBe('pass');
    expect(await at(700_000_001)).toMatchObject({
      verdict: 'fail',
      summary: expect.stringContaining('ends at 700 million'),
    });
  });

  it('follows lists, in any spelling', async () => {
    const verdict = async (id: string, params: JsonObject) =>
      (await evaluate(licenceGate, under(id), { ...strict, ...params }))
        .verdict;
    expect(await verdict('mit', { allowedLicences: ['MIT'] })).toBe('pass');
    expect(await verdict('gemma', { allowedLicences: ['MIT'] })).toBe('fail');
    expect(
      await verdict('AGPL-3.0-only', { deniedLicences: ['agpl-3.0'] }),
    ).toBe('fail');
  });

  it('believes the licence, not the card', async () => {
    const claimed = model({
      license: { id: 'cc-by-nc-4.0', commercialUse: 'yes' },
    });
    const outcome = await evaluate(licenceGate, claimed, strict);
    expect(outcome.verdict).toBe('fail');
    expect(outcome.findings.map(f => f.id)).toContain('claim-commercial-use');
    const lax = await evaluate(
      licenceGate,
      model({
        license: { id: 'llama3.3', commercialUse: 'yes', userThreshold: 1 },
      }),
      strict,
    );
    expect(lax.verdict).toBe('warn');
    expect(lax.findings.slice(0, 2).map(f => f.id)).toEqual([
      'claim-commercial-use',
      'claim-user-threshold',
    ]);
  });

  describe('lineage', () => {
    const base = (id: string, more: Partial<ModelSpecV1alpha1> = {}) => ({
      'model:meta/base': {
        ...model({ license: { id }, provider: 'meta', ...more }),
        metadata: { name: 'base', namespace: 'meta' },
      },
    });
    const tuned = (id: string, more: Partial<ModelSpecV1alpha1> = {}) =>
      under(id, { baseModel: 'model:meta/base', ...more });

    it.each([
      ['llama3.1', 'apache-2.0', 'fail'],
      ['llama3.1', 'llama3.1', 'warn'],
      ['gemma', 'mit', 'fail'],
      ['cc-by-nc-4.0', 'mit', 'fail'],
      ['apache-2.0', 'mit', 'pass'],
      ['other', 'mit', 'fail'],
    ])('%s made into %s: %s', async (from, to, verdict) => {
      const outcome = await evaluate(
        licenceGate,
        tuned(to),
        strict,
        base(from),
      );
      expect(outcome.verdict).toBe(verdict);
    });

    it('carries duties down, over any distance', async () => {
      const catalog = {
        ...base('apache-2.0', { baseModel: 'model:meta/root' }),
        'model:meta/root': model({
          license: { id: 'llama3.1' },
          provider: 'x',
        }),
      };
      const outcome = await evaluate(
        licenceGate,
        tuned('apache-2.0'),
        strict,
        catalog,
      );
      expect(outcome.verdict).toBe('fail');
      expect(outcome.findings.map(f => f.message)).toEqual(
        expect.arrayContaining([
          'model:meta/root: Show "Built with Llama" in the product or its documentation.',
        ]),
      );
      expect(outcome.evidence?.lineage).toEqual([
        { ref: 'model:meta/base', licence: 'apache-2.0' },
        { ref: 'model:meta/root', licence: 'llama3.1' },
      ]);
    });

    it('lets a maker relicense its own, and ends in circles and gaps', async () => {
      const own = await evaluate(
        licenceGate,
        tuned('apache-2.0', { provider: 'meta' }),
        strict,
        base('llama3.1'),
      );
      expect(own.verdict).toBe('pass');
      const circle = await evaluate(
        licenceGate,
        tuned('mit'),
        strict,
        base('mit', { baseModel: 'model:acme/tuned' }),
      );
      expect(circle.verdict).toBe('pass');
      const gap = await evaluate(licenceGate, tuned('mit'), strict);
      expect(gap.verdict).toBe('warn');
      expect(gap.findings[0].message).toContain('is not in the catalog');
    });

    it('minds the name that a licence asks for', async () => {
      const named = { ...tuned('llama3.1'), metadata: { name: 'llama-tuned' } };
      expect(
        (await evaluate(licenceGate, named, strict, base('llama3.1'))).verdict,
      ).toBe('pass');
    });
  });
});
