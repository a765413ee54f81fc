import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import { itemsOf } from './items';
import { matchesOf } from './match';
import { readAdvisories, type OsvAdvisory, type OsvAffected } from './osv';
import { runtimeOf } from './runtimes';
import { gravenessOf } from './severity';

const REVISION = 'c'.repeat(40);
const DIGEST = `sha256:${'d'.repeat(64)}`;

const model = (
  name: string,
  spec: Partial<ModelEntityV1alpha1['spec']> = {},
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
    ...spec,
  },
});
const version = {
  name: 'q4',
  artifact: {
    uri: 'hf://Acme/Tuned-GGUF/tuned.gguf',
    revision: REVISION,
    digest: DIGEST,
  },
};
const base = model('base', {
  versions: [
    { name: 'a', artifact: { uri: 'hf://Acme/Base', revision: REVISION } },
    { name: 'b', artifact: { uri: 'hf://Acme/Base-FP8' } },
  ],
});
const items = itemsOf(
  {
    entity: model('tuned', {
      compatibility: { frameworks: ['vllm==0.8.4', 'llama.cpp', 'unheard-of'] },
    }),
    entityRef: 'model:acme/tuned',
    version,
  },
  [{ ref: 'model:acme/base', entity: base }, { ref: 'model:acme/gone' }],
  [],
);
const found = (affected: OsvAffected, changes: Partial<OsvAdvisory> = {}) =>
  matchesOf({ id: 'A-1', affected: [affected], ...changes }, items).map(
    ({ item, certainty }) => `${item.role} ${item.title}: ${certainty}`,
  );

describe('what an advisory is about', () => {
  it('asks for the model, everything that it was made from, and what runs it', () => {
    expect(items.map(it => [it.role, it.title, it.known])).toEqual([
      ['model', 'tuned', { version: 'q4', commit: REVISION, digest: DIGEST }],
      ['ancestor', 'base', {}],
      ['ancestor', 'model:acme/gone', {}],
      ['runtime', 'vllm', { version: '0.8.4' }],
      ['runtime', 'llama.cpp', {}],
      ['runtime', 'unheard-of', {}],
    ]);
    expect(items[1].packages.map(it => it.purl)).toEqual([
      'pkg:huggingface/Acme/Base',
      'pkg:huggingface/Acme/Base-FP8',
      'pkg:generic/acme/base',
    ]);
  });

  it('leaves out what a provider runs its model with', () => {
    const hosted = itemsOf(
      {
        entity: model('hosted', { compatibility: { frameworks: ['vllm'] } }),
        entityRef: 'model:acme/hosted',
        version: { name: '1', providerModelId: 'h-1', snapshot: '2026-01-01' },
      },
      [],
      [],
    );
    expect(hosted.map(({ role, known }) => [role, known])).toEqual([
      ['model', { version: 'h-1' }],
    ]);
  });

  it.each<[string, OsvAffected, string[]]>([
    [
      'a purl',
      { package: { purl: 'pkg:huggingface/acme/tuned-gguf' } },
      ['model tuned: affected'],
    ],
    [
      'a purl of this revision',
      { package: { purl: `pkg:huggingface/Acme/Tuned-GGUF@${REVISION}` } },
      ['model tuned: affected'],
    ],
    [
      'a purl of another revision',
      {
        package: { purl: `pkg:huggingface/Acme/Tuned-GGUF@${'e'.repeat(40)}` },
      },
      [],
    ],
    ['a purl that is none', { package: { purl: 'tuned' } }, []],
    [
      'a gateway id',
      { package: { ecosystem: 'Model Hub', name: 'acme/tuned' } },
      ['model tuned: affected'],
    ],
    [
      'a generic purl',
      { package: { purl: 'pkg:generic/acme/base' } },
      ['ancestor base: affected'],
    ],
    [
      'the bytes',
      {
        package: { ecosystem: 'Hugging Face', name: 'Acme/Tuned-GGUF' },
        versions: [DIGEST],
      },
      ['model tuned: affected'],
    ],
    [
      'a base of which nobody says the revision',
      { package: { purl: 'pkg:huggingface/Acme/Base' }, versions: [REVISION] },
      ['ancestor base: possible'],
    ],
    [
      'a framework',
      {
        package: { ecosystem: 'PyPI', name: 'VLLM' },
        ranges: [
          {
            type: 'ECOSYSTEM',
            events: [{ introduced: '0' }, { fixed: '0.8.5' }],
          },
        ],
      },
      ['runtime vllm: affected'],
    ],
    [
      'a framework that is mended',
      {
        package: { ecosystem: 'PyPI', name: 'vllm' },
        ranges: [
          {
            type: 'ECOSYSTEM',
            events: [{ introduced: '0' }, { fixed: '0.8.4' }],
          },
        ],
      },
      [],
    ],
    [
      'a repository, once under two names',
      {
        ranges: [
          {
            type: 'GIT',
            repo: 'https://github.com/ggml-org/llama.cpp.git',
            events: [{ introduced: '0' }, { fixed: REVISION }],
          },
          {
            type: 'GIT',
            repo: 'https://github.com/ggerganov/llama.cpp',
            events: [{ introduced: '0' }, { fixed: REVISION }],
          },
        ],
      },
      ['runtime llama.cpp: possible'],
    ],
    ['another package', { package: { ecosystem: 'npm', name: 'vllm' } }, []],
  ])('%s', (_, affected, expected) => {
    expect(found(affected)).toEqual(expected);
  });

  it('is nothing once it is withdrawn', () => {
    const affected = { package: { purl: 'pkg:huggingface/acme/tuned-gguf' } };
    expect(found(affected, { withdrawn: '2026-01-01T00:00:00Z' })).toEqual([]);
  });
});

describe('declared programs', () => {
  it.each([
    ['vllm', 'vllm', undefined],
    ['vLLM==0.8.5', 'vllm', '0.8.5'],
    ['vllm@0.8.5', 'vllm', '0.8.5'],
    ['vllm v0.8.5', 'vllm', '0.8.5'],
    ['llama.cpp b4000', 'llama.cpp b4000', undefined],
    ['llama.cpp@b4000', 'llama.cpp', 'b4000'],
  ])('%s', (text, name, runs) => {
    expect(runtimeOf(text, [])).toMatchObject({ name });
    expect(runtimeOf(text, []).version).toBe(runs);
  });

  it('are completed by what the organisation says it runs', () => {
    const settings = [
      { name: 'vLLM', version: '0.11.0' },
      {
        name: 'own',
        version: '2',
        packages: [{ ecosystem: 'npm', name: 'o' }],
      },
    ];
    expect(runtimeOf('vllm', settings).version).toBe('0.11.0');
    expect(runtimeOf('vllm==0.8.5', settings).version).toBe('0.8.5');
    expect(runtimeOf('own', settings).packages).toEqual([
      { ecosystem: 'npm', name: 'o' },
    ]);
  });
});

describe('how grave it is', () => {
  const v3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
  const v4 = 'CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N';
  it.each<[string, Partial<OsvAdvisory>, OsvAffected, object]>([
    [
      'CVSS 3.1',
      { severity: [{ type: 'CVSS_V3', score: v3 }] },
      {},
      { severity: 'critical', score: 9.8 },
    ],
    [
      'CVSS 2',
      { severity: [{ type: 'CVSS_V2', score: 'AV:N/AC:L/Au:N/C:P/I:P/A:P' }] },
      {},
      { severity: 'high', score: 7.5 },
    ],
    [
      'the newest system',
      {
        severity: [
          { type: 'CVSS_V3', score: v3 },
          { type: 'CVSS_V4', score: v4 },
        ],
      },
      {},
      { severity: 'medium', score: 4.8 },
    ],
    [
      'the package before the advisory',
      { severity: [{ type: 'CVSS_V3', score: v3 }] },
      {
        severity: [
          {
            type: 'CVSS_V3',
            score: 'CVSS:3.0/AV:N/AC:H/PR:L/UI:N/S:C/C:L/I:N/A:N',
          },
        ],
      },
      { severity: 'low', score: 3.5 },
    ],
    [
      'half a vector is none',
      {
        severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' }],
        database_specific: { severity: 'MODERATE' },
      },
      {},
      { severity: 'medium' },
    ],
    ['nothing', {}, {}, {}],
  ])('%s', (_, advisory, affected, expected) => {
    const { vector, ...rest } = gravenessOf({ id: 'A', ...advisory }, affected);
    expect(rest).toEqual(expected);
  });
});

describe('documents of feeds', () => {
  const one = { id: 'A-1', affected: [] };
  it.each([
    JSON.stringify(one),
    JSON.stringify([one]),
    JSON.stringify({ vulns: [one] }),
    JSON.stringify({ advisories: [one] }),
  ])('%s', text => {
    expect(readAdvisories(text, 'It').map(({ id }) => id)).toEqual(['A-1']);
  });

  it('one to a line', () => {
    const lines = `${JSON.stringify(one)}\n${JSON.stringify({ id: 'A-2' })}\n`;
    expect(readAdvisories(lines, 'It').map(({ id }) => id)).toEqual([
      'A-1',
      'A-2',
    ]);
  });

  it.each([
    ['no JSON', '{', 'It is neither JSON nor JSON Lines'],
    [
      'no id',
      '[{"affected":[]}]',
      'It, entry 1 is not an advisory in the OSV format: id',
    ],
    ['wrong kinds', '{"id":"A","affected":"all"}', 'affected'],
    ['no object', '3', 'the document'],
  ])('%s is refused', (_, text, message) => {
    expect(() => readAdvisories(text, 'It')).toThrow(message);
  });
});
