import { TestDatabases } from '@backstage/backend-test-utils';
import type { StandingSummary } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { modelEntity } from '../__testUtils__/models';
import { projectModel } from '../projection/projectModel';
import { DatabaseModelReader } from './DatabaseModelReader';
import { DatabaseModelWriter } from './DatabaseModelWriter';
import {
  EVERYTHING,
  type ModelPageRequest,
  type ModelQuery,
  NOTHING,
  type VisibilityFilter,
} from './ModelStore';
import { migrationsDir } from './tables';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const standing = (
  name: string,
  values: Partial<StandingSummary> = {},
): StandingSummary => ({
  entityRef: `model:acme/${name}`,
  tiers: [],
  maturity: 'experimental',
  official: false,
  openRequests: 0,
  holds: 0,
  grants: [],
  ...values,
});

const ENTITIES = [
  modelEntity(
    'alpha',
    {
      tasks: ['text-generation', 'summarization'],
      languages: ['en', 'de'],
      context: { maxTokens: 131072 },
      hardware: { minGpuMemoryGiB: 141 },
      license: { id: 'llama3.3' },
      parameters: 70e9,
    },
    {
      title: 'Alpha Großmodell',
      description: 'Résumés of long documents',
      tags: ['chat'],
      labels: { team: 'Red' },
      annotations: { 'acme.com/zone': 'Secret' },
    },
  ),
  modelEntity('beta', {
    tasks: ['text-generation'],
    context: { maxTokens: 8192 },
    hardware: { minGpuMemoryGiB: 16 },
    owner: 'group:default/other',
    curation: 'official',
    compatibility: { frameworks: ['vllm'] },
  }),
  modelEntity('gamma', {
    type: 'embedding',
    tasks: ['feature-extraction'],
    lifecycle: 'deprecated',
    provider: 'zeta',
  }),
];

const ALL: ModelQuery = { facets: {} };
const BY_NAME: ModelPageRequest = { sort: 'name', order: 'asc', limit: 20 };

it('has a real PostgreSQL to run on', () => {
  expect(databases.eachSupportedId().flat()).toEqual([
    'SQLITE_3',
    'POSTGRES_18',
  ]);
});

describe.each(databases.eachSupportedId())('the index on %s', databaseId => {
  let knex: Knex;
  let reader: DatabaseModelReader;
  let writer: DatabaseModelWriter;

  const names = async (
    query: Partial<ModelQuery> = {},
    visible: VisibilityFilter = EVERYTHING,
    request: Partial<ModelPageRequest> = {},
  ) =>
    (
      await reader.page({ ...ALL, ...query }, visible, {
        ...BY_NAME,
        ...request,
      })
    ).items.map(({ row }) => row.name);

  beforeAll(async () => {
    knex = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await knex.migrate.latest({ directory: migrationsDir });
    reader = await DatabaseModelReader.create(knex);
    writer = await DatabaseModelWriter.create(knex);
    await writer.upsert(ENTITIES.map(projectModel));
  });

  afterEach(async () => {
    await knex.migrate.rollback({ directory: migrationsDir }, true);
  });

  it('migrates down to nothing', async () => {
    await knex.migrate.rollback({ directory: migrationsDir }, true);
    await expect(knex.schema.hasTable('models')).resolves.toBe(false);
    await expect(knex.schema.hasTable('model_text')).resolves.toBe(false);
  });

  it.each<[Partial<ModelQuery>, string[]]>([
    [{ facets: { task: ['summarization'] } }, ['alpha']],
    [
      { facets: { task: ['summarization', 'feature-extraction'] } },
      ['alpha', 'gamma'],
    ],
    [{ facets: { task: ['text-generation'], language: ['de'] } }, ['alpha']],
    [{ facets: { type: ['embedding'], lifecycle: ['active'] } }, []],
    [{ facets: { owner: ['group:default/other'] } }, ['beta']],
    [{ facets: { licence: ['llama3.3'] } }, ['alpha']],
    [{ facets: { framework: ['vllm'] } }, ['beta']],
    [{ facets: { tag: ['chat'] } }, ['alpha']],
    [{ facets: { provider: ['nobody'] } }, []],
    [{ maxGpuMemory: 24 }, ['beta']],
    [{ minContext: 8192 }, ['alpha', 'beta']],
    [{ minContext: 8192, facets: { task: ['summarization'] } }, ['alpha']],
    [{ q: 'alph' }, ['alpha']],
    [{ q: 'GROSSMODELL resumes' }, ['alpha']],
    [{ q: 'resumes documents' }, ['alpha']],
    [{ q: 'summarise' }, ['alpha']],
    [{ q: 'alpha vllm' }, []],
    [{ q: `"; DROP TABLE models; -- ' OR` }, []],
    [{ q: '* : & | ! ( )' }, ['alpha', 'beta', 'gamma']],
  ])('finds by %j', async (query, expected) => {
    await expect(names(query)).resolves.toEqual(expected);
    await expect(reader.count({ ...ALL, ...query }, EVERYTHING)).resolves.toBe(
      expected.length,
    );
  });

  it('ranks a word in the name above the same word in the text', async () => {
    await writer.upsert([
      projectModel(
        modelEntity('delta', {}, { description: 'Better than gamma' }),
      ),
    ]);
    await expect(
      names({ q: 'gamma' }, EVERYTHING, { sort: 'relevance', order: 'desc' }),
    ).resolves.toEqual(['gamma', 'delta']);
  });

  it.each<[ModelPageRequest['sort'], 'asc' | 'desc', string[]]>([
    ['name', 'desc', ['gamma', 'beta', 'alpha']],
    ['context', 'desc', ['alpha', 'beta', 'gamma']],
    ['context', 'asc', ['beta', 'alpha', 'gamma']],
    ['gpuMemory', 'asc', ['beta', 'alpha', 'gamma']],
    ['parameters', 'desc', ['alpha', 'beta', 'gamma']],
    ['completeness', 'desc', ['alpha', 'beta', 'gamma']],
    ['relevance', 'desc', ['alpha', 'beta', 'gamma']],
  ])('sorts by %s %s, what lacks the value last', async (sort, order, list) => {
    await expect(names({}, EVERYTHING, { sort, order })).resolves.toEqual(list);
  });

  it.each<[ModelPageRequest['sort'], 'asc' | 'desc', string | undefined]>([
    ['name', 'asc', undefined],
    ['name', 'desc', undefined],
    ['parameters', 'desc', undefined],
    ['updated', 'desc', undefined],
    ['relevance', 'desc', 'acme'],
  ])(
    'pages through %s %s without gap or repetition',
    async (sort, order, q) => {
      await writer.upsert(
        Array.from({ length: 20 }, (_, i) =>
          projectModel(modelEntity(`m${i}`, { parameters: i % 3 })),
        ),
      );
      const whole = await names({ q }, EVERYTHING, { sort, order, limit: 100 });
      const paged: string[] = [];
      let after: ModelPageRequest['after'];
      do {
        const page = await reader.page({ ...ALL, q }, EVERYTHING, {
          sort,
          order,
          limit: 7,
          after,
        });
        paged.push(...page.items.map(({ row }) => row.name));
        after = page.next;
      } while (after);
      expect(paged).toEqual(whole);
      expect(new Set(paged).size).toBe(23);
    },
  );

  it('counts each facet with all filters except its own', async () => {
    const facets = await reader.facets(
      { facets: { task: ['summarization'], language: ['en'] } },
      EVERYTHING,
    );
    expect(facets.task).toEqual([
      { value: 'summarization', count: 1 },
      { value: 'text-generation', count: 1 },
    ]);
    expect(facets.type).toEqual([{ value: 'llm', count: 1 }]);

    const one = await reader.facets(
      { facets: { type: ['embedding'] } },
      EVERYTHING,
    );
    expect(one.type).toEqual([
      { value: 'llm', count: 2 },
      { value: 'embedding', count: 1 },
    ]);
    expect(one.provider).toEqual([{ value: 'zeta', count: 1 }]);
  });

  const RULES: Array<[string, VisibilityFilter, string[]]> = [
    ['everything', EVERYTHING, ['alpha', 'beta', 'gamma']],
    ['nothing', NOTHING, []],
    [
      'IS_ENTITY_OWNER',
      { key: 'relations.ownedBy', values: ['group:default/other', 'user:x/y'] },
      ['beta'],
    ],
    ['HAS_LABEL', { key: 'metadata.labels.team' }, ['alpha']],
    [
      'HAS_LABEL value',
      { key: 'metadata.labels.team', values: ['RED'] },
      ['alpha'],
    ],
    ['HAS_LABEL other', { key: 'metadata.labels.team', values: ['blue'] }, []],
    [
      'HAS_ANNOTATION',
      { key: 'metadata.annotations.acme.com/zone', values: ['secret'] },
      ['alpha'],
    ],
    ['HAS_METADATA', { key: 'metadata.tags', values: ['chat'] }, ['alpha']],
    [
      'HAS_METADATA path',
      { key: 'metadata.tags.chat', values: ['true'] },
      ['alpha'],
    ],
    [
      'HAS_METADATA name',
      { key: 'metadata.name', values: ['Gamma'] },
      ['gamma'],
    ],
    ['HAS_SPEC', { key: 'spec.provider', values: ['zeta'] }, ['gamma']],
    [
      'HAS_SPEC list',
      { key: 'spec.tasks', values: ['summarization'] },
      ['alpha'],
    ],
    [
      'HAS_SPEC number',
      { key: 'spec.context.maxTokens', values: ['8192'] },
      ['beta'],
    ],
    ['no values', { key: 'spec.provider', values: [] }, []],
    ['refs', { entityRefs: ['model:acme/beta'] }, ['beta']],
    ['no refs', { entityRefs: [] }, []],
    [
      'not',
      { not: { key: 'spec.provider', values: ['zeta'] } },
      ['alpha', 'beta'],
    ],
    ['not everything', { not: EVERYTHING }, []],
    ['not nothing', { not: NOTHING }, ['alpha', 'beta', 'gamma']],
    [
      'allOf and anyOf',
      {
        allOf: [
          {
            anyOf: [
              { key: 'spec.provider', values: ['zeta'] },
              { key: 'spec.curation' },
            ],
          },
          { not: { key: 'spec.lifecycle', values: ['deprecated'] } },
        ],
      },
      ['beta'],
    ],
  ];

  it.each(RULES)(
    'shows and counts only what %s lets through',
    async (_, visible, expected) => {
      await expect(names({}, visible)).resolves.toEqual(expected);
      await expect(reader.count(ALL, visible)).resolves.toBe(expected.length);

      const facets = await reader.facets(ALL, visible);
      const providers = facets.provider.reduce(
        (sum, { count }) => sum + count,
        0,
      );
      expect(providers).toBe(expected.length);

      for (const { metadata } of ENTITIES) {
        const found = await reader.get(`model:acme/${metadata.name}`, visible);
        expect(found !== undefined).toBe(expected.includes(metadata.name));
      }
      await expect(
        reader.selectVisible(
          ENTITIES.map(({ metadata }) => `model:acme/${metadata.name}`),
          visible,
        ),
      ).resolves.toEqual(new Set(expected.map(name => `model:acme/${name}`)));
    },
  );

  it('hides with a facet selected and with words, too', async () => {
    const visible = { key: 'spec.provider', values: ['zeta'] };
    const query = { q: 'acme', facets: { type: ['llm'] } };
    await expect(names(query, visible)).resolves.toEqual([]);
    const facets = await reader.facets(query, visible);
    expect(facets.type).toEqual([{ value: 'embedding', count: 1 }]);
    expect(facets.task).toEqual([]);
  });

  it('joins what governance says, and believes nobody else on official', async () => {
    await expect(
      reader.get('model:acme/beta', EVERYTHING),
    ).resolves.toMatchObject({
      row: { curation: undefined, official: false, maturity: undefined },
    });

    await writer.setStandings([
      standing('beta', { tiers: ['sandbox', 'internal'], official: true }),
      standing('nobody', { tiers: ['internal'] }),
    ]);
    await expect(
      reader.get('model:acme/beta', EVERYTHING),
    ).resolves.toMatchObject({
      row: {
        curation: 'official',
        tiers: ['sandbox', 'internal'],
        maturity: 'experimental',
      },
    });
    await expect(names({ facets: { tier: ['internal'] } })).resolves.toEqual([
      'beta',
    ]);

    await writer.upsert([
      projectModel(modelEntity('beta', {}, { etag: 'etag-beta-2' })),
    ]);
    await expect(
      names({ facets: { tier: ['internal'], maturity: ['experimental'] } }),
    ).resolves.toEqual(['beta']);

    await writer.setStandings([standing('beta')]);
    await expect(names({ facets: { tier: ['internal'] } })).resolves.toEqual(
      [],
    );
  });

  it('replaces all that it knew of a model', async () => {
    await writer.upsert([
      projectModel(
        modelEntity('alpha', { tasks: ['translation'] }, { etag: 'etag-2' }),
      ),
    ]);
    await expect(names({ q: 'documents' })).resolves.toEqual([]);
    await expect(
      names({ facets: { task: ['summarization'] } }),
    ).resolves.toEqual([]);
    await expect(names({}, { key: 'metadata.labels.team' })).resolves.toEqual(
      [],
    );
    await expect(
      names({ q: 'translation', facets: { task: ['translation'] } }),
    ).resolves.toEqual(['alpha']);
    expect((await writer.getEtags()).get('model:acme/alpha')).toBe('etag-2');
  });

  it('forgets a model that went', async () => {
    await writer.remove(['model:acme/alpha', 'model:acme/nobody']);
    await expect(names()).resolves.toEqual(['beta', 'gamma']);
    await expect(names({ q: 'alpha' })).resolves.toEqual([]);
    const facets = await reader.facets(ALL, EVERYTHING);
    expect(facets.tag).toEqual([]);
  });

  it('keeps the last change of each model, in order', async () => {
    const first = await reader.listChanges(0, 500);
    expect(first.items.map(({ entityRef }) => entityRef)).toEqual([
      'model:acme/alpha',
      'model:acme/beta',
      'model:acme/gamma',
    ]);
    await writer.setStandings([standing('alpha', { openRequests: 1 })]);
    await writer.setStandings([standing('alpha', { openRequests: 1 })]);
    await writer.remove(['model:acme/gamma']);
    const second = await reader.listChanges(first.next, 500);
    expect(second.items).toMatchObject([
      { entityRef: 'model:acme/alpha', type: 'upserted' },
      { entityRef: 'model:acme/gamma', type: 'deleted' },
    ]);
    await expect(reader.listChanges(second.next, 500)).resolves.toEqual({
      items: [],
      next: second.next,
    });
    await expect(reader.listChanges(0, 1)).resolves.toMatchObject({
      items: [{ entityRef: 'model:acme/beta' }],
    });
  });

  it('flags models that dispute a gateway id, until they no longer do', async () => {
    const forged = { gatewayId: 'ACME/alpha' };
    await writer.upsert([projectModel(modelEntity('thief', forged))]);
    await expect(writer.resolveConflicts()).resolves.toHaveLength(2);
    await expect(
      reader.get('model:acme/thief', EVERYTHING),
    ).resolves.toMatchObject({
      conflict: { outcome: 'refused', otherClaimants: ['model:acme/alpha'] },
    });
    await expect(
      reader.get('model:acme/alpha', EVERYTHING),
    ).resolves.toMatchObject({ conflict: { outcome: 'held' } });

    await writer.upsert([projectModel(modelEntity('thief'))]);
    await expect(writer.resolveConflicts()).resolves.toEqual([]);
    const alpha = await reader.get('model:acme/alpha', EVERYTHING);
    expect(alpha?.conflict).toBeUndefined();
  });

  it('does not let an old model take over a gateway id by an edit', async () => {
    await knex('models')
      .where({ entity_ref: 'model:acme/gamma' })
      .update({ first_seen_at: '2020-01-01T00:00:00.000Z' });
    await writer.upsert([
      projectModel(modelEntity('gamma', { gatewayId: 'acme/alpha' })),
    ]);
    await writer.resolveConflicts();
    await expect(
      reader.get('model:acme/gamma', EVERYTHING),
    ).resolves.toMatchObject({ conflict: { outcome: 'refused' } });
  });

  it('remembers how far a feed was read', async () => {
    await expect(writer.getFeedCursor('x')).resolves.toBeUndefined();
    await writer.setFeedCursor('x', 7);
    await writer.setFeedCursor('x', 12);
    await expect(writer.getFeedCursor('x')).resolves.toBe(12);
  });

  it('finds mistyped words where the database can', async () => {
    const found = await names({ q: 'alpah', fuzzy: true });
    expect(found).toEqual(reader.supportsFuzzy ? ['alpha'] : []);
    expect(reader.supportsFuzzy).toBe(databaseId !== 'SQLITE_3');
  });
});
