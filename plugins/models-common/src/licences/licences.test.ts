import {
  findLicence,
  licenceDemands,
  type LicenceUse,
  knownLicences,
  licenceConflicts,
  licenceSummary,
} from '.';
import { LICENCE_LIMITS } from './limits';

describe('licenceSummary', () => {
  it.each([
    ['apache-2.0', 'Apache-2.0', 'yes'],
    ['Apache-2.0', 'Apache-2.0', 'yes'],
    ['mit', 'MIT', 'yes'],
    ['bsd-3-clause', 'BSD-3-Clause', 'yes'],
    ['cc0-1.0', 'CC0-1.0', 'yes'],
    ['cc-by-4.0', 'CC-BY-4.0', 'yes'],
    ['cc-by-sa-4.0', 'CC-BY-SA-4.0', 'yes'],
    ['cc-by-nc-4.0', 'CC-BY-NC-4.0', 'no'],
    ['cc-by-nc-sa-4.0', 'CC-BY-NC-SA-4.0', 'no'],
    ['cc-by-nc-nd-4.0', 'CC-BY-NC-ND-4.0', 'no'],
    ['gpl-3.0', 'GPL-3.0-only', 'yes'],
    ['GPL-3.0+', 'GPL-3.0-or-later', 'yes'],
    ['agpl-3.0', 'AGPL-3.0-only', 'yes'],
    ['lgpl-3.0', 'LGPL-3.0-only', 'yes'],
    ['llama2', 'llama2', 'conditional'],
    ['llama3', 'llama3', 'conditional'],
    ['llama3.1', 'llama3.1', 'conditional'],
    ['Llama 3.2', 'llama3.2', 'conditional'],
    ['LicenseRef-llama3.3', 'llama3.3', 'conditional'],
    ['llama4', 'llama4', 'conditional'],
    ['gemma', 'gemma', 'conditional'],
    ['openrail', 'openrail', 'conditional'],
    ['openrail++', 'openrail++', 'conditional'],
    ['creativeml-openrail-m', 'creativeml-openrail-m', 'conditional'],
    ['bigscience-bloom-rail-1.0', 'bigscience-bloom-rail-1.0', 'conditional'],
    ['deepseek', 'deepseek', 'conditional'],
    ['tongyi-qianwen', 'qwen', 'conditional'],
    ['qwen', 'qwen', 'conditional'],
    ['qwen-research', 'qwen-research', 'no'],
    ['mrl', 'mrl', 'no'],
    ['mnpl', 'mnpl', 'no'],
    ['falcon-llm-license', 'falcon', 'conditional'],
    ['nvidia-open-model-license', 'nvidia-open-model-license', 'conditional'],
    [
      'fair-noncommercial-research-license',
      'fair-noncommercial-research-license',
      'no',
    ],
    [
      'LicenseRef-OpenAI-Services-Agreement',
      'LicenseRef-OpenAI-Services-Agreement',
      'yes',
    ],
    [
      'LicenseRef-Anthropic-Commercial-Terms',
      'LicenseRef-Anthropic-Commercial-Terms',
      'yes',
    ],
    ['LicenseRef-Gemini-API-Terms', 'LicenseRef-Gemini-API-Terms', 'yes'],
    ['LicenseRef-AWS-Service-Terms', 'LicenseRef-AWS-Service-Terms', 'yes'],
  ])('%s is %s, commercial use: %s', (written, id, commercialUse) => {
    expect(licenceSummary(written)).toMatchObject({
      known: true,
      commercialUse,
      licences: [expect.objectContaining({ id })],
    });
  });

  it.each([
    '',
    'other',
    'unknown',
    'acme-1.0',
    'LicenseRef-acme',
    'MIT OR',
    '((',
    'MIT AND acme',
  ])('does not pretend to know %p', written => {
    const summary = licenceSummary(written);
    expect(summary.known).toBe(false);
    expect(summary.commercialUse).toBeUndefined();
    expect(summary.unknown).not.toEqual([]);
  });

  it.each([
    ['MIT AND Apache-2.0', ['MIT', 'Apache-2.0'], 'yes'],
    ['mit and cc-by-nc-4.0', ['MIT', 'CC-BY-NC-4.0'], 'no'],
    ['GPL-3.0-only OR MIT', ['MIT'], 'yes'],
    ['cc-by-nc-4.0 OR llama3.3', ['llama3.3'], 'conditional'],
    ['acme-1.0 OR MIT', ['MIT'], 'yes'],
    ['(llama3.3 AND MIT) OR mrl', ['llama3.3', 'MIT'], 'conditional'],
    ['openrail++ AND apache-2.0', ['openrail++', 'Apache-2.0'], 'conditional'],
    ['GPL-3.0-only WITH Classpath-exception-2.0', ['GPL-3.0-only'], 'yes'],
  ])('reads %s', (written, ids, commercialUse) => {
    const summary = licenceSummary(written);
    expect(summary.licences.map(({ id }) => id)).toEqual(ids);
    expect(summary).toMatchObject({ known: true, commercialUse });
  });

  it('says what Llama asks for', () => {
    expect(licenceSummary('llama3.3')).toMatchObject({
      summary: 'Llama 3.3 Community License: commercial use under conditions.',
      userThreshold: 700_000_000,
      attributions: ['Built with Llama'],
      acceptableUses: ['https://www.llama.com/llama3_3/use-policy/'],
      urls: ['https://www.llama.com/llama3_3/license/'],
    });
    const texts = licenceSummary('llama3.3').duties.map(d => d.text);
    expect(texts).toContain(
      'Show "Built with Llama" in the product or its documentation.',
    );
    expect(licenceSummary('llama2').attributions).toEqual([]);
  });
});

describe('licenceDemands', () => {
  const demands = (id: string, use: LicenceUse) =>
    licenceDemands(licenceSummary(id), use);
  const limitsOf = (id: string, use: LicenceUse) =>
    demands(id, use).limits.map(
      limit => `${limit.use ?? 'any'} ${limit.applies}`,
    );

  it('tells duties that are owed from those that would be', () => {
    const applies = (use: LicenceUse) =>
      Object.fromEntries(
        demands('llama3.3', use).duties.map(duty => [duty.when, duty.applies]),
      );
    expect(applies({})).toEqual({
      use: 'here',
      product: 'if',
      distribute: 'if',
      derive: 'if',
    });
    expect(applies({ uses: [] })).toEqual({
      use: 'here',
      product: 'not-here',
      distribute: 'not-here',
      derive: 'not-here',
    });
    expect(applies({ uses: ['hosting', 'fine-tuning'] })).toEqual({
      use: 'here',
      product: 'here',
      distribute: 'here',
      derive: 'here',
    });
    expect(applies({ uses: [], tier: 'customer-facing' }).product).toBe('here');
    expect(applies({ tier: 'customer-facing' }).product).toBe('here');
  });

  it.each<[string, LicenceUse, string[]]>([
    [
      'llama2',
      { uses: ['training-on-output'] },
      ['training-on-output here', 'medical-advice not-here'],
    ],
    ['llama3.1', { uses: ['training-on-output'] }, ['medical-advice not-here']],
    [
      'llama3.2',
      { uses: [], isMultimodal: true, companyRegions: ['EU'] },
      ['any here', 'medical-advice not-here'],
    ],
    [
      'llama3.2',
      { uses: [], isMultimodal: true, companyRegions: ['us'] },
      ['any not-here', 'medical-advice not-here'],
    ],
    [
      'llama3.2',
      { uses: [], isMultimodal: true },
      ['any if', 'medical-advice not-here'],
    ],
    [
      'llama4',
      { isMultimodal: false, companyRegions: ['eu'] },
      ['any not-here', 'medical-advice if'],
    ],
    [
      'openrail++',
      { uses: ['law-enforcement'] },
      [
        'automated-decisions not-here',
        'medical-advice not-here',
        'law-enforcement here',
      ],
    ],
    [
      'stabilityai-ai-community',
      { uses: [], companyAnnualRevenueUsd: 1_000_001 },
      ['any here', 'training-on-output not-here'],
    ],
    [
      'stabilityai-ai-community',
      { uses: [], companyAnnualRevenueUsd: 1_000_000 },
      ['any not-here', 'training-on-output not-here'],
    ],
    ['falcon-180b', { uses: ['hosting'] }, ['hosting here']],
    ['apache-2.0', { uses: ['hosting'] }, []],
  ])('%s for %j ends at %j', (id, use, expected) => {
    expect(limitsOf(id, use)).toEqual(expected);
  });
});

describe('the data', () => {
  it('has limits for licences that it knows only', () => {
    for (const id of Object.keys(LICENCE_LIMITS)) {
      expect(findLicence(id)?.id).toBe(id);
      expect(findLicence(id)?.limits).toEqual(LICENCE_LIMITS[id]);
    }
  });

  it('has each spelling once, a source, and plain sentences', () => {
    for (const terms of knownLicences) {
      for (const id of [terms.id, ...(terms.aliases ?? [])]) {
        expect(findLicence(id)).toBe(terms);
      }
      expect(terms.url).toMatch(/^https:\/\/[a-z]/);
      for (const { text } of terms.duties) {
        expect(text).toMatch(/^[A-Z].+[.]$/);
      }
    }
  });
});

describe('licenceConflicts', () => {
  it.each([
    ['llama3.1', 'llama3.3', 0],
    ['llama3.1', 'apache-2.0', 1],
    ['llama3.1', 'mit AND llama3.1', 0],
    ['apache-2.0', 'mit', 0],
    ['apache-2.0', 'LicenseRef-acme', 0],
    ['gemma', 'apache-2.0', 1],
    ['openrail++', 'creativeml-openrail-m', 0],
    ['openrail++', 'mit', 1],
    ['cc-by-nc-4.0', 'apache-2.0', 1],
    ['cc-by-nc-4.0', 'mrl', 0],
    ['cc-by-nc-nd-4.0', 'cc-by-nc-nd-4.0', 1],
    ['cc-by-sa-4.0', 'cc-by-4.0', 1],
    ['gpl-3.0', 'mit', 1],
  ])('%s → %s: %d', (base, derivative, count) => {
    expect(
      licenceConflicts(licenceSummary(base), licenceSummary(derivative)),
    ).toHaveLength(count);
  });
});
