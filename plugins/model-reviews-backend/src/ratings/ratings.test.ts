import { databaseIds } from '../__testUtils__/databases';
import { startReviews, type Reviews } from '../__testUtils__/startReviews';

jest.setTimeout(60_000);

describe.each(databaseIds)('ratings on %s', databaseId => {
  let reviews: Reviews;
  let good: string;
  let bad: string;

  beforeAll(async () => {
    reviews = await startReviews(databaseId);
    const { world, as } = reviews;
    good = world.add('good');
    bad = world.add('bad');
    world.calls.set('user:default/vera', ['acme/good']);
    await as('vera').review(good, 5, {
      stars: { quality: 5, speed: 4 },
      useCase: 'Support answers',
    });
    await as('dana').review(good, 4, { useCase: 'support  answers' });
    // The second one of a person counts instead of the first.
    await as('tom').review(good, 1);
    await as('tom').review(good, 5, {
      modelVersion: '2.0',
      useCase: 'Search',
    });
    await as('dana').review(bad, 2);
  });
  afterAll(() => reviews.stop());

  const ratingOf = async (query: string) =>
    (await reviews.as('mod').get(`/ratings?entityRef=${query}`)).body;

  it('are Bayesian, with the prior of all models', async () => {
    // All stars: 4.5 + 4 + 1 + 5 + 2 of five reviews.
    const prior = { mean: 3.3, weight: 5 };
    expect(await ratingOf(good)).toEqual({
      entityRef: good,
      count: 3,
      verifiedCount: 1,
      overall: {
        average: 3.75,
        mean: 4.5,
        count: 3,
        distribution: [0, 0, 0, 1, 2],
      },
      aspects: {
        quality: {
          average: 3.875,
          mean: 4.667,
          count: 3,
          distribution: [0, 0, 0, 1, 2],
        },
        speed: {
          average: 4,
          mean: 4,
          count: 1,
          distribution: [0, 0, 0, 1, 0],
        },
      },
      prior,
      versions: [
        { modelVersion: '1.0', count: 3 },
        { modelVersion: '2.0', count: 1 },
      ],
      useCases: [
        { useCase: expect.stringMatching(/^support +answers$/i), count: 2 },
        { useCase: 'Search', count: 1 },
      ],
    });
  });

  it('are filtered by version, use case and verified people', async () => {
    expect(await ratingOf(`${good}&modelVersion=1.0`)).toMatchObject({
      count: 3,
      overall: { mean: 3.167, distribution: [1, 0, 0, 1, 1] },
    });
    expect(await ratingOf(`${good}&useCase=SEARCH`)).toMatchObject({
      count: 1,
      overall: { mean: 5 },
    });
    expect(await ratingOf(`${good}&verified=true`)).toMatchObject({
      count: 1,
      verifiedCount: 1,
    });
    const none = await ratingOf(`${good}&useCase=nobody`);
    expect(none).toMatchObject({ count: 0, aspects: {} });
    expect(none.overall).toBeUndefined();
  });

  it('of a page of models come at once', async () => {
    const nobody = reviews.world.add('nobody');
    const { body } = await reviews.as('mod').post('/ratings/by-refs', {
      entityRefs: [good, nobody, bad, 'model:acme/none'],
    });
    expect(body.items).toMatchObject([
      { entityRef: bad, average: 3.083, mean: 2, count: 1 },
      { entityRef: good, average: 3.75, count: 3, verifiedCount: 1 },
    ]);
    expect(body.prior).toEqual({ mean: 3.3, weight: 5 });
    const none = await reviews
      .as('mod')
      .post('/ratings/by-refs', { entityRefs: [nobody] });
    expect(none.body).toEqual({ items: [], prior: body.prior });
  });

  it('change what other rooms follow, and only for services', async () => {
    const { as, world } = reviews;
    expect((await as('mod').get('/changes')).status).toBe(403);
    const first = await as('service').get('/changes');
    expect(
      first.body.items.map((it: { entityRef: string }) => it.entityRef),
    ).toEqual([good, bad]);
    const { next } = first.body;
    const nothing = await as('service').get(`/changes?after=${next}`);
    expect(nothing.body).toEqual({ items: [], next });
    world.tick();
    world.events.length = 0;
    const { id } = await as('paul').review(good, 3);
    // Refused: it wakes nobody.
    const again = await as('paul').post('/reviews', {
      entityRef: good,
      modelVersion: '1.0',
      stars: { quality: 1 },
    });
    expect(again.status).toBe(409);
    expect(world.events).toEqual(['model-reviews']);
    await as('paul').delete(`/contributions/${id}`);
    const { body } = await as('service').get(`/changes?after=${next}`);
    expect(body.items).toMatchObject([{ entityRef: good }]);
    expect(body.next).toBeGreaterThan(next);
    expect((await ratingOf(good)).count).toBe(3);
  });
});
