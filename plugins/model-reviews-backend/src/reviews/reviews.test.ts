import { databaseIds } from '../__testUtils__/databases';
import { startReviews, type Reviews } from '../__testUtils__/startReviews';

jest.setTimeout(60_000);

describe.each(databaseIds)('reviews on %s', databaseId => {
  let reviews: Reviews;

  beforeAll(async () => {
    reviews = await startReviews(databaseId);
  });
  afterAll(() => reviews.stop());

  it('are written once for each person, model and version', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('once');
    const input = {
      entityRef: 'Model:acme/once',
      modelVersion: '1.0',
      stars: { quality: 5, speed: 2 },
      useCase: '  Support   answers ',
      whatWorked: 'Short **answers**.\n',
      limitations: ' ',
    };
    const first = await as('dana').post('/reviews', input, 'key-of-dana-1');
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      entityRef,
      author: 'user:default/dana',
      authorErased: false,
      mine: true,
      revision: 1,
      state: 'published',
      stars: { quality: 5, speed: 2 },
      overall: 3.5,
      useCase: 'Support answers',
      whatWorked: 'Short **answers**.',
      verified: false,
      helpful: 0,
      tips: 0,
    });
    expect(first.body.limitations).toBeUndefined();
    // The same call again does nothing twice; another one with its key is refused.
    const again = await as('dana').post('/reviews', input, 'key-of-dana-1');
    expect(again.body).toEqual(first.body);
    const other = await as('dana').post(
      '/reviews',
      { ...input, modelVersion: '2.0' },
      'key-of-dana-1',
    );
    expect(other.status).toBe(400);
    const second = await as('dana').post('/reviews', input);
    expect(second.status).toBe(409);
    expect(second.body.error.message).toMatch(/Change that review/);
    await as('dana').review(entityRef, 3, { modelVersion: '2.0' });
    const list = await as('mod').get(`/reviews?entityRef=${entityRef}`);
    expect(list.body.items).toHaveLength(2);
    expect(list.body.items[0]).toMatchObject({
      modelVersion: '2.0',
      mine: false,
      mayModerate: true,
    });
    expect(world.audited).toContain('model-review-create failed');
  });

  it.each([
    ['no stars', { stars: {} }, 400],
    ['six stars', { stars: { quality: 6 } }, 400],
    ['a version that is not there', { modelVersion: '9' }, 400],
    ['a text of 10,001 characters', { whatWorked: 'x'.repeat(10_001) }, 400],
    ['control characters', { limitations: 'a\u0007b' }, 400],
    ['a NUL', { useCase: 'a\u0000b' }, 400],
    ['no model', { entityRef: 'component:default/once' }, 400],
    ['a model that is not there', { entityRef: 'model:acme/none' }, 404],
    ['a field of nobody', { verified: true }, 400],
  ])('refuses %s', async (_, fields, status) => {
    const entityRef = reviews.world.add('strict');
    const answer = await reviews.as('dana').post('/reviews', {
      entityRef,
      modelVersion: '1.0',
      stars: { ease: 3 },
      ...fields,
    });
    expect([answer.status, answer.body.error?.message]).toEqual([
      status,
      expect.any(String),
    ]);
  });

  it('are not for the team that owns the model, nor for programs', async () => {
    const entityRef = reviews.world.add('owned');
    const input = { entityRef, modelVersion: '1.0', stars: { ease: 5 } };
    const owner = await reviews.as('olga').post('/reviews', input);
    expect(owner.status).toBe(403);
    expect(owner.body.error.message).toMatch(/Your team owns this model/);
    const program = await reviews.as('service').post('/reviews', input);
    expect(program.status).toBe(403);
    const standing = await reviews
      .as('olga')
      .get(`/standing?entityRef=${entityRef}`);
    expect(standing.body).toMatchObject({
      mayReview: false,
      whyNot: expect.stringMatching(/owns/),
      mayContribute: true,
      isOwner: true,
      versions: ['1.0', '2.0'],
    });
  });

  it('keep what they said before, and refuse to lose a change', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('edited');
    const { id } = await as('dana').review(entityRef, 5, {
      whatWorked: 'All of it',
    });
    world.tick();
    const change = { revision: 1, stars: { quality: 2 }, whatWorked: 'Some' };
    const changed = await as('dana').put(`/reviews/${id}`, change);
    expect(changed.body).toMatchObject({
      revision: 2,
      overall: 2,
      whatWorked: 'Some',
      editedAt: world.now.toISOString(),
    });
    const late = await as('dana').put(`/reviews/${id}`, change);
    expect(late.status).toBe(409);
    expect(late.body.error.message).toMatch(/Load it again/);
    expect((await as('mod').put(`/reviews/${id}`, change)).status).toBe(403);
    const { body } = await as('mod').get(`/contributions/${id}/history`);
    expect(body.items).toEqual([
      {
        revision: 2,
        at: world.now.toISOString(),
        content: { stars: { quality: 2 }, whatWorked: 'Some' },
      },
      {
        revision: 1,
        at: expect.any(String),
        content: { stars: { quality: 5 }, whatWorked: 'All of it' },
      },
    ]);
  });

  it('can be withdrawn, and come back for a day', async () => {
    const { world, as, knex } = reviews;
    const entityRef = world.add('withdrawn');
    const { id } = await as('dana').review(entityRef, 1);
    expect((await as('mod').delete(`/contributions/${id}`)).status).toBe(403);
    const gone = await as('dana').delete(`/contributions/${id}`);
    expect(Date.parse(gone.body.undoUntil) - world.now.getTime()).toBe(
      24 * 3600_000,
    );
    expect((await as('mod').get(`/reviews/${id}`)).status).toBe(404);
    const own = await as('dana').get(`/standing?entityRef=${entityRef}`);
    expect(own.body.reviews).toMatchObject([{ id, state: 'withdrawn' }]);
    expect(
      (await as('dana').post(`/contributions/${id}/undo-withdrawal`)).status,
    ).toBe(204);
    expect((await as('mod').get(`/reviews/${id}`)).status).toBe(200);
    // Another one in its place: now there are two, and one has to go.
    await as('dana').delete(`/contributions/${id}`);
    await as('dana').review(entityRef, 4);
    const clash = await as('dana').post(`/contributions/${id}/undo-withdrawal`);
    expect(clash.status).toBe(409);
    world.tick(25 * 3600_000);
    const late = await as('dana').post(`/contributions/${id}/undo-withdrawal`);
    expect(late.status).toBe(404);
    await reviews.run('model-reviews-prune');
    expect(await knex('contributions').where({ id })).toEqual([]);
    expect(
      await knex('contribution_revisions').where({ contribution_id: id }),
    ).toEqual([]);
  });

  it('say who is verified by what their team called', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('called');
    world.calls.set('user:default/vera', ['acme/called']);
    const vera = await as('vera').review(entityRef, 4);
    expect(vera.verified).toBe(true);
    world.usageIsDown = true;
    const tom = await as('tom').review(entityRef, 2);
    expect(tom.verified).toBe(false);
    world.usageIsDown = false;
    // Nothing yet; he calls it later, and comes back.
    const not = await as('tom').get(`/standing?entityRef=${entityRef}`);
    expect(not.body.verified).toBe(false);
    world.calls.set('user:default/tom', ['acme/called']);
    world.tick(16_000);
    const before = await as('mod').get(
      `/reviews?entityRef=${entityRef}&verified=true`,
    );
    expect(before.body.items).toMatchObject([{ id: vera.id }]);
    const { body } = await as('tom').get(`/standing?entityRef=${entityRef}`);
    expect(body).toMatchObject({
      verified: true,
      reviews: [{ id: tom.id, verified: true }],
    });
    const after = await as('mod').get(
      `/reviews?entityRef=${entityRef}&verified=true`,
    );
    expect(after.body.items).toHaveLength(2);
  });

  it('get one reply of the owner, who hears of them', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('replied');
    await reviews.run('model-reviews-notices');
    world.sent.length = 0;
    const { id } = await as('dana').review(entityRef, 2);
    await reviews.run('model-reviews-notices');
    expect(world.sent).toMatchObject([
      {
        recipients: {
          entityRef: ['group:default/search'],
          excludeEntityRef: 'user:default/dana',
        },
        payload: {
          title: 'New review of REPLIED',
          link: `/catalog/acme/model/replied/reviews?review=${id}`,
        },
      },
    ]);
    const path = `/reviews/${id}/reply`;
    const stranger = await as('tom').put(path, { text: 'Me too' });
    expect(stranger.status).toBe(403);
    expect(stranger.body.error.message).toMatch(/group:default\/search/);
    const reply = await as('olga').put(path, { text: 'Try version 2.' });
    expect(reply.body.reply).toMatchObject({
      text: 'Try version 2.',
      author: 'user:default/olga',
      group: 'group:default/search',
      revision: 1,
    });
    // Another one of the team changes it; the author of a reply stays.
    expect((await as('oscar').put(path, { text: 'Or 3.' })).status).toBe(400);
    const changed = await as('oscar').put(path, { revision: 1, text: 'Or 3.' });
    expect(changed.body.reply).toMatchObject({ text: 'Or 3.', revision: 2 });
    await reviews.run('model-reviews-notices');
    expect(world.sent.map(({ payload }) => payload.title)).toEqual([
      'New review of REPLIED',
      'The owner of REPLIED replied to your review',
    ]);
  });

  it('are sorted, filtered and paged', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('paged');
    const ids: string[] = [];
    for (const [n, stars] of [3, 5, 1, 5].entries()) {
      const { id } = await as(`p${n}`).review(entityRef, stars, {
        useCase: n % 2 ? 'Search' : 'Support',
        whatWorked: n === 2 ? 'Zusammenfassung von Straßen' : 'Everything',
      });
      ids.push(id);
    }
    await as('tom').put(`/contributions/${ids[0]}/helpful`);
    const pages = async (query: string) => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await as('mod').get(
          `/reviews?entityRef=${entityRef}&limit=3&${query}${
            cursor ? `&cursor=${cursor}` : ''
          }`,
        );
        found.push(...body.items.map(({ id }: { id: string }) => id));
        cursor = body.nextCursor;
      } while (cursor);
      return found.map(id => ids.indexOf(id));
    };
    expect(await pages('')).toEqual([3, 2, 1, 0]);
    expect(await pages('sort=helpful')).toEqual([0, 3, 2, 1]);
    expect(await pages('sort=highest')).toEqual([3, 1, 0, 2]);
    expect(await pages('sort=lowest')).toEqual([2, 0, 1, 3]);
    expect(await pages('useCase=search')).toEqual([3, 1]);
    expect(await pages('q=STRASSEN')).toEqual([2]);
    expect(await pages('author=user:default/p1')).toEqual([1]);
    const { body } = await as('mod').get(
      `/reviews?entityRef=${entityRef}&limit=3`,
    );
    const elsewhere = await as('mod').get(
      `/reviews?sort=helpful&cursor=${body.nextCursor}`,
    );
    expect(elsewhere.status).toBe(400);
  });

  it('of models that the caller may not see are not there', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('secret');
    const { id } = await as('dana').review(entityRef, 5);
    world.secret.add(entityRef);
    const paths = [
      `/reviews/${id}`,
      `/reviews?entityRef=${entityRef}`,
      `/contributions/${id}/history`,
      `/ratings?entityRef=${entityRef}`,
      `/standing?entityRef=${entityRef}`,
    ];
    for (const path of paths) {
      expect([path, (await as('tom').get(path)).status]).toEqual([path, 404]);
      expect([path, (await as('olga').get(path)).status]).toEqual([path, 200]);
    }
    expect((await as('tom').put(`/contributions/${id}/helpful`)).status).toBe(
      404,
    );
    const all = await as('tom').get('/reviews?limit=100');
    expect(all.body.items.length).toBeGreaterThan(0);
    expect(JSON.stringify(all.body)).not.toContain(entityRef);
    const feed = await as('tom').get('/feed?limit=50');
    expect(JSON.stringify(feed.body)).not.toContain(entityRef);
    const some = await as('tom').post('/ratings/by-refs', {
      entityRefs: [entityRef],
    });
    expect(some.body.items).toEqual([]);
    // What one wrote oneself can still be taken back.
    expect((await as('dana').delete(`/contributions/${id}`)).status).toBe(200);
  });
});
