import { databaseIds } from '../__testUtils__/databases';
import { startReviews, type Reviews } from '../__testUtils__/startReviews';

jest.setTimeout(60_000);

describe.each(databaseIds)('contributions on %s', databaseId => {
  let reviews: Reviews;

  beforeAll(async () => {
    reviews = await startReviews(databaseId);
  });
  afterAll(() => reviews.stop());

  const tipOf = async (entityRef: string, more: object = {}) => {
    reviews.world.tick();
    const { status, body } = await reviews.as('dana').post('/tips', {
      entityRef,
      kind: 'prompt',
      title: 'Ask for JSON',
      body: 'Say *JSON only*.',
      ...more,
    });
    expect([status, body]).toEqual([201, body]);
    return body;
  };

  it('are tips that belong to a review or stand alone', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('tips');
    const { id: reviewId } = await as('dana').review(entityRef, 4);
    await tipOf(entityRef, { reviewId, modelVersion: '1.0' });
    const settings = { temperature: 0.2, stop: ['\n'], nested: { a: 'ü' } };
    const alone = await tipOf(entityRef, {
      kind: 'settings',
      title: 'Kühl bleiben',
      body: '',
      settings,
    });
    expect(alone).toMatchObject({ kind: 'settings', settings });
    const foreign = await as('tom').post('/tips', {
      entityRef,
      reviewId,
      kind: 'prompt',
      title: 'Not mine',
      body: 'Hello',
    });
    expect(foreign.status).toBe(403);
    const empty = await as('tom').post('/tips', {
      entityRef,
      kind: 'prompt',
      title: 'Empty',
      body: ' ',
    });
    expect(empty.status).toBe(400);
    const found = async (query: string) =>
      (await as('tom').get(`/tips?${query}`)).body.items.map(
        ({ title }: { title: string }) => title,
      );
    expect(await found(`entityRef=${entityRef}`)).toEqual([
      'Kühl bleiben',
      'Ask for JSON',
    ]);
    expect(await found('q=json%20on')).toEqual(['Ask for JSON']);
    expect(await found('q=kuhl')).toEqual(['Kühl bleiben']);
    expect(await found('q=temperature')).toEqual(['Kühl bleiben']);
    expect(await found('q=json%20bleiben')).toEqual([]);
    expect(await found('q=%22%27%3A%2A%20%29%20OR%20%28')).toEqual([]);
    expect(await found('kind=settings')).toEqual(['Kühl bleiben']);
    expect(await found(`reviewId=${reviewId}`)).toEqual(['Ask for JSON']);
    const review = await as('tom').get(`/reviews/${reviewId}`);
    expect(review.body.tips).toBe(1);
    world.tick();
    const changed = await as('dana').put(`/tips/${alone.id}`, {
      revision: 1,
      kind: 'settings',
      title: 'Warm',
      body: 'Now warmer',
      settings: { temperature: 0.9 },
    });
    expect(changed.body).toMatchObject({ revision: 2, title: 'Warm' });
    expect(await found('q=kuhl')).toEqual([]);
    expect(await found('q=warmer')).toEqual(['Warm']);
  });

  it('are voted for once by each person, and the author hears of it', async () => {
    const { world, as } = reviews;
    const { id } = await tipOf(world.add('votes'));
    const path = `/contributions/${id}/helpful`;
    expect((await as('dana').put(path)).status).toBe(403);
    expect((await as('tom').put(path)).body).toEqual({
      helpful: 1,
      votedHelpful: true,
    });
    expect((await as('tom').put(path)).body.helpful).toBe(1);
    const seen = await as('tom').get(`/tips/${id}`);
    expect(seen.body).toMatchObject({ helpful: 1, votedHelpful: true });
    expect((await as('tom').delete(path)).body).toEqual({
      helpful: 0,
      votedHelpful: false,
    });
    // Nobody is told twice of the first vote.
    await as('tom').put(path);
    const votes = await Promise.all(
      ['a', 'b', 'c', 'd'].map(name => as(name).put(path)),
    );
    expect(votes.map(({ body }) => body.helpful).sort()).toEqual([2, 3, 4, 5]);
    await reviews.run('model-reviews-notices');
    expect(
      world.sent
        .map(({ payload }) => payload.title)
        .filter(title => title.includes('VOTES')),
    ).toEqual([
      'Somebody finds your tip about VOTES helpful',
      '5 people find your tip about VOTES helpful',
    ]);
  });

  it('are questions, and answers that who asked or the owner accepts', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('questions');
    await reviews.run('model-reviews-notices');
    world.sent.length = 0;
    const asked = await as('dana').post('/questions', {
      entityRef,
      title: 'Does it speak Welsh?',
    });
    const { id } = asked.body.question;
    expect(asked.body).toMatchObject({
      question: { title: 'Does it speak Welsh?', answers: 0, mayAccept: true },
      answers: [],
    });
    world.tick();
    await as('tom').post(`/questions/${id}/answers`, { text: 'No.' });
    world.tick();
    const { body } = await as('olga').post(`/questions/${id}/answers`, {
      text: 'Since version 2.',
    });
    const [byOlga, byTom] = ['olga', 'tom'].map(name =>
      body.answers.find(
        ({ author }: { author: string }) => author === `user:default/${name}`,
      ),
    );
    expect(byOlga).toMatchObject({ byOwner: true, accepted: false });
    expect(byTom).toMatchObject({ byOwner: false });
    const accept = (name: string, answerId?: string) =>
      as(name).put(`/questions/${id}/accepted`, { answerId });
    expect((await accept('tom', byTom.id)).status).toBe(403);
    expect((await accept('dana', 'no-such-answer')).status).toBe(404);
    await as('vera').put(`/contributions/${byTom.id}/helpful`);
    const accepted = await accept('olga', byOlga.id);
    expect(
      accepted.body.answers.map((it: { id: string; accepted: boolean }) => [
        it.id,
        it.accepted,
      ]),
    ).toEqual([
      [byOlga.id, true],
      [byTom.id, false],
    ]);
    const open = await as('tom').get(
      `/questions?entityRef=${entityRef}&answered=false`,
    );
    expect(open.body.items).toEqual([]);
    const numbers = await as('vera').get(
      '/people/contributions?author=user:default/olga',
    );
    expect(numbers.body).toMatchObject({ answers: 1, accepted: 1 });
    await reviews.run('model-reviews-notices');
    expect(
      world.sent.map(({ payload, recipients }) => [
        payload.title,
        recipients.type === 'entity' && recipients.entityRef,
      ]),
    ).toEqual([
      ['New question about QUESTIONS', ['group:default/search']],
      ['Your question about QUESTIONS has an answer', ['user:default/dana']],
      ['Your question about QUESTIONS has an answer', ['user:default/dana']],
      [
        'Somebody finds your answer about QUESTIONS helpful',
        ['user:default/tom'],
      ],
      ['Your answer about QUESTIONS was accepted', ['user:default/olga']],
    ]);
    // An answer that is taken back is no longer accepted, and goes with its question.
    await as('olga').delete(`/contributions/${byOlga.id}`);
    const after = await as('tom').get(`/questions/${id}`);
    expect(after.body.question.acceptedAnswerId).toBeUndefined();
    await as('dana').delete(`/contributions/${id}`);
    const answer = `/contributions/${byTom.id}/history`;
    expect((await as('vera').get(answer)).status).toBe(404);
  });

  it('are told of again when notifications were away', async () => {
    const { world, as } = reviews;
    await reviews.run('model-reviews-notices');
    world.sent.length = 0;
    world.notificationsAreDown = true;
    await as('dana').review(world.add('patient'), 3);
    await reviews.run('model-reviews-notices');
    world.notificationsAreDown = false;
    expect(world.sent).toEqual([]);
    world.tick(60_000);
    await reviews.run('model-reviews-notices');
    expect(world.sent.map(({ payload }) => payload.title)).toEqual([
      'New review of PATIENT',
    ]);
  });

  it('make a feed of the models that one calls', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('feed');
    world.add('quiet');
    const review = await as('dana').review(entityRef, 3);
    const tip = await tipOf(entityRef);
    await as('dana').review(world.add('elsewhere'), 3);
    world.calls.set('user:default/fred', ['acme/feed', 'acme/gone']);
    const mine = await as('fred').get('/feed');
    expect(mine.body).toMatchObject({
      scope: 'mine',
      items: [
        { kind: 'tip', tip: { id: tip.id } },
        { kind: 'review', review: { id: review.id } },
      ],
    });
    world.calls.set('user:default/gina', ['acme/quiet']);
    const all = await as('gina').get('/feed?limit=2');
    expect(all.body.scope).toBe('all');
    expect(all.body.items).toHaveLength(2);
  });

  it('forget who somebody was', async () => {
    const { world, as, knex } = reviews;
    const entityRef = world.add('erased');
    const { id } = await as('leaver').review(entityRef, 5, {
      whatWorked: 'Kept',
    });
    const tip = await tipOf(entityRef);
    await as('leaver').put(`/contributions/${tip.id}/helpful`);
    await as('leaver').post(`/contributions/${tip.id}/reports`, {
      reason: 'wrong',
    });
    const erase = { person: 'User:default/Leaver', texts: 'keep' };
    expect((await as('dana').post('/people/erasures', erase)).status).toBe(403);
    const done = await as('mod').post('/people/erasures', erase);
    expect(done.body).toMatchObject({ contributions: 1, votes: 1, reports: 1 });
    const { body } = await as('tom').get(`/reviews/${id}`);
    expect(body).toMatchObject({
      author: done.body.pseudonym,
      authorErased: true,
      whatWorked: 'Kept',
    });
    for (const table of [
      'contributions',
      'contribution_revisions',
      'helpful_votes',
      'contribution_reports',
      'moderation_log',
      'notices',
      'idempotency_keys',
    ]) {
      const rows = JSON.stringify(await knex(table));
      expect([table, rows.includes('default/leaver')]).toEqual([table, false]);
    }
    // And all that another one wrote goes, with what was said to it.
    const other = await as('goner').review(entityRef, 1);
    await as('olga').put(`/reviews/${other.id}/reply`, { text: 'Sorry.' });
    const gone = await as('mod').post('/people/erasures', {
      person: 'user:default/goner',
      texts: 'remove',
    });
    expect(gone.status).toBe(200);
    expect((await as('mod').get(`/reviews/${other.id}`)).status).toBe(404);
    expect(await knex('contributions').where({ parent_id: other.id })).toEqual(
      [],
    );
    const rating = await as('mod').get(`/ratings?entityRef=${entityRef}`);
    expect(rating.body.overall).toMatchObject({ count: 1, mean: 5 });
  });
});
