import { TestDatabases } from '@backstage/backend-test-utils';
import type { ModelRating } from '@modelhub/backstage-plugin-models-common';
import { modelEntity } from '../__testUtils__/models';
import { ALL, useIndex } from '../__testUtils__/useIndex';
import { projectModel } from '../projection/projectModel';
import { EVERYTHING, NOTHING } from './ModelStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const prior = { mean: 3, weight: 5 };
const [ALPHA, BETA, GAMMA] = ['alpha', 'beta', 'gamma'].map(
  name => `model:acme/${name}`,
);

/** What the reviews room says of so many people who gave so many stars. */
const rating = (
  entityRef: string,
  count: number,
  mean: number,
): ModelRating => ({
  entityRef,
  count,
  mean,
  average: (prior.weight * prior.mean + count * mean) / (prior.weight + count),
  verifiedCount: 0,
  distribution: [],
});

describe.each(databases.eachSupportedId())('ratings on %s', databaseId => {
  const { index, names } = useIndex(databases, databaseId);

  beforeEach(async () => {
    await index.writer.setRatings([ALPHA, BETA, GAMMA], {
      items: [rating(ALPHA, 1, 5), rating(BETA, 20, 4.5)],
      prior,
    });
  });

  const rowOf = async (entityRef: string) =>
    (await index.reader.get(entityRef, EVERYTHING))!.row;

  it('are shown with the row, rounded, and absent where nobody rated', async () => {
    expect((await rowOf(ALPHA)).rating).toEqual({ average: 3.333, count: 1 });
    const { items } = await index.reader.page(ALL, EVERYTHING, {
      sort: 'name',
      order: 'asc',
      limit: 9,
    });
    expect(items.map(({ row }) => row.rating?.average)).toEqual([
      3.333,
      4.2,
      undefined,
    ]);
  });

  it.each<['asc' | 'desc', string[]]>([
    ['desc', ['beta', 'alpha', 'gamma']],
    ['asc', ['alpha', 'beta', 'gamma']],
  ])('sort %s, those that nobody rated last', async (order, expected) => {
    await expect(
      names({}, EVERYTHING, { sort: 'rating', order }),
    ).resolves.toEqual(expected);
  });

  it('page on where the page before ended', async () => {
    const request = { sort: 'rating', order: 'desc', limit: 1 } as const;
    const first = await index.reader.page(ALL, EVERYTHING, request);
    await expect(
      names({}, EVERYTHING, { ...request, limit: 9, after: first.next }),
    ).resolves.toEqual(['alpha', 'gamma']);
  });

  it('filter by so many stars and more', async () => {
    await expect(names({ minRating: 4 })).resolves.toEqual(['beta']);
    await expect(names({ minRating: 1 })).resolves.toEqual(['alpha', 'beta']);
    // 4.2 as it is shown, whatever the last digits are.
    await expect(names({ minRating: 4.2 })).resolves.toEqual(['beta']);
    await expect(
      names({ minRating: 1, withoutRatings: true }),
    ).resolves.toEqual([]);
  });

  it('are a facet that is counted without its own filter', async () => {
    const count = async (query: object, visible = EVERYTHING) =>
      (await index.reader.facets({ ...ALL, ...query }, visible)).rating;
    const both = [
      { value: '4', count: 1 },
      { value: '3', count: 2 },
      { value: '2', count: 2 },
      { value: '1', count: 2 },
    ];
    await expect(count({})).resolves.toEqual(both);
    await expect(count({ minRating: 4 })).resolves.toEqual(both);
    await expect(
      count({ minRating: 4, facets: { framework: ['vllm'] } }),
    ).resolves.toEqual(
      ['4', '3', '2', '1'].map(value => ({ value, count: 1 })),
    );
    await expect(count({}, NOTHING)).resolves.toEqual([]);
    await expect(count({ withoutRatings: true })).resolves.toEqual([]);
    const { type } = await index.reader.facets(
      { ...ALL, minRating: 4 },
      EVERYTHING,
    );
    expect(type).toEqual([{ value: 'llm', count: 1 }]);
  });

  it('move with what is assumed of all models, and only what changed is told', async () => {
    const { next } = await index.reader.listChanges(0, 100);
    await index.writer.setRatings([GAMMA], {
      items: [rating(GAMMA, 2, 1)],
      prior: { mean: 2, weight: 5 },
    });
    expect((await rowOf(ALPHA)).rating).toEqual({ average: 2.5, count: 1 });
    expect((await rowOf(BETA)).rating?.average).toBe(4);
    expect((await rowOf(GAMMA)).rating).toEqual({ average: 1.714, count: 2 });
    const { items } = await index.reader.listChanges(next, 100);
    expect(items.map(({ entityRef }) => entityRef)).toEqual([GAMMA]);

    // Withdrawn: asked about, and without an answer.
    await index.writer.setRatings([GAMMA], { items: [], prior });
    expect((await rowOf(GAMMA)).rating).toBeUndefined();
  });

  it('are asked for again for models that come, and go with those that go', async () => {
    await expect(index.writer.getRefsWithoutRating()).resolves.toEqual([]);
    await index.writer.upsert([projectModel(modelEntity('delta'))]);
    await expect(index.writer.getRefsWithoutRating()).resolves.toEqual([
      'model:acme/delta',
    ]);
    await index.writer.remove([ALPHA]);
    await expect(index.knex('model_ratings').pluck('people')).resolves.toEqual(
      expect.arrayContaining([0, 20]),
    );
    expect(await index.knex('model_ratings')).toHaveLength(2);
  });
});
