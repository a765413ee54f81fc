import { TestDatabases } from '@backstage/backend-test-utils';
import { ALL, ENTITIES, useIndex } from '../__testUtils__/useIndex';
import { EVERYTHING, NOTHING, type VisibilityFilter } from './ModelStore';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'what a reader may see on %s',
  databaseId => {
    const { index, names } = useIndex(databases, databaseId);

    const RULES: Array<[string, VisibilityFilter, string[]]> = [
      ['everything', EVERYTHING, ['alpha', 'beta', 'gamma']],
      ['nothing', NOTHING, []],
      [
        'IS_ENTITY_OWNER',
        {
          key: 'relations.ownedBy',
          values: ['group:default/other', 'user:x/y'],
        },
        ['beta'],
      ],
      ['HAS_LABEL', { key: 'metadata.labels.team' }, ['alpha']],
      [
        'HAS_LABEL value',
        { key: 'metadata.labels.team', values: ['RED'] },
        ['alpha'],
      ],
      [
        'HAS_LABEL other',
        { key: 'metadata.labels.team', values: ['blue'] },
        [],
      ],
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
        await expect(index.reader.count(ALL, visible)).resolves.toBe(
          expected.length,
        );

        const facets = await index.reader.facets(ALL, visible);
        const providers = facets.provider.reduce(
          (sum, { count }) => sum + count,
          0,
        );
        expect(providers).toBe(expected.length);

        for (const { metadata } of ENTITIES) {
          const found = await index.reader.get(
            `model:acme/${metadata.name}`,
            visible,
          );
          expect(found !== undefined).toBe(expected.includes(metadata.name));
        }
        await expect(
          index.reader.selectVisible(
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
      const facets = await index.reader.facets(query, visible);
      expect(facets.type).toEqual([{ value: 'embedding', count: 1 }]);
      expect(facets.task).toEqual([]);
    });
  },
);
