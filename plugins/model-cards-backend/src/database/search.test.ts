import { TestDatabases } from '@backstage/backend-test-utils';
import { modelEntity } from '../__testUtils__/models';
import { ALL, useIndex } from '../__testUtils__/useIndex';
import { projectModel } from '../projection/projectModel';
import {
  EVERYTHING,
  type ModelPageRequest,
  type ModelQuery,
} from './ModelStore';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it('has a real PostgreSQL to run on', () => {
  expect(databases.eachSupportedId().flat()).toEqual([
    'SQLITE_3',
    'POSTGRES_18',
  ]);
});

describe.each(databases.eachSupportedId())(
  'finding models on %s',
  databaseId => {
    const { index, names } = useIndex(databases, databaseId);

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
      await expect(
        index.reader.count({ ...ALL, ...query }, EVERYTHING),
      ).resolves.toBe(expected.length);
    });

    it('ranks a word in the name above the same word in the text', async () => {
      await index.writer.upsert([
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
    ])(
      'sorts by %s %s, what lacks the value last',
      async (sort, order, list) => {
        await expect(names({}, EVERYTHING, { sort, order })).resolves.toEqual(
          list,
        );
      },
    );

    it.each<[ModelPageRequest['sort'], 'asc' | 'desc', string | undefined]>([
      ['name', 'asc', undefined],
      ['name', 'desc', undefined],
      ['parameters', 'desc', undefined],
      ['updated', 'desc', undefined],
      ['relevance', 'desc', 'acme'],
    ])(
      'pages through %s %s without gap or repetition',
      async (sort, order, q) => {
        await index.writer.upsert(
          Array.from({ length: 20 }, (_, i) =>
            projectModel(modelEntity(`m${i}`, { parameters: i % 3 })),
          ),
        );
        const whole = await names({ q }, EVERYTHING, {
          sort,
          order,
          limit: 100,
        });
        const paged: string[] = [];
        let after: ModelPageRequest['after'];
        do {
          const page = await index.reader.page({ ...ALL, q }, EVERYTHING, {
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
      const facets = await index.reader.facets(
        { facets: { task: ['summarization'], language: ['en'] } },
        EVERYTHING,
      );
      expect(facets.task).toEqual([
        { value: 'summarization', count: 1 },
        { value: 'text-generation', count: 1 },
      ]);
      expect(facets.type).toEqual([{ value: 'llm', count: 1 }]);

      const one = await index.reader.facets(
        { facets: { type: ['embedding'] } },
        EVERYTHING,
      );
      expect(one.type).toEqual([
        { value: 'llm', count: 2 },
        { value: 'embedding', count: 1 },
      ]);
      expect(one.provider).toEqual([{ value: 'zeta', count: 1 }]);
    });

    it('finds mistyped words', async () => {
      expect(index.reader.supportsFuzzy).toBe(true);
      const query = { q: 'alpah', fuzzy: true, facets: {} };
      await expect(names(query)).resolves.toEqual(['alpha']);
      await expect(index.reader.count(query, EVERYTHING)).resolves.toBe(1);
      await expect(index.reader.listRefs(query, 5)).resolves.toEqual([
        'model:acme/alpha',
      ]);
      const { type } = await index.reader.facets(query, EVERYTHING);
      expect(type).toEqual([{ value: 'llm', count: 1 }]);
      await expect(names({ q: 'alpah' })).resolves.toEqual([]);
      await expect(
        names(query, EVERYTHING, { sort: 'relevance', order: 'desc' }),
      ).resolves.toEqual(['alpha']);
    });

    it('forgets the words of models that went', async () => {
      await index.writer.remove(['model:acme/alpha']);
      await expect(names({ q: 'alpah', fuzzy: true })).resolves.toEqual([]);
    });
  },
);
