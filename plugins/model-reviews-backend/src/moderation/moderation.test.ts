import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  modelReviewModeratePermission,
  modelReviewReadPermission,
} from '@modelhub/backstage-plugin-models-common';
import { databaseIds } from '../__testUtils__/databases';
import { startReviews, type Reviews } from '../__testUtils__/startReviews';
import {
  createModelReviewConditionalDecision,
  modelReviewConditions,
} from '../permissions';

jest.setTimeout(60_000);

describe.each(databaseIds)('moderation on %s', databaseId => {
  let reviews: Reviews;

  beforeAll(async () => {
    reviews = await startReviews(databaseId);
  });
  afterAll(() => reviews.stop());

  it('goes from a report to hiding, and back', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('reported');
    const { id } = await as('dana').review(entityRef, 1, {
      whatWorked: 'Buy at example.org',
    });
    const reports = `/contributions/${id}/reports`;
    const report = { reason: 'spam', comment: 'It sells something.' };
    expect((await as('dana').post(reports, report)).status).toBe(403);
    expect((await as('tom').post(reports, report)).status).toBe(204);
    const twice = await as('tom').post(reports, report);
    expect(twice.status).toBe(409);
    expect((await as('vera').post(reports, { reason: 'abuse' })).status).toBe(
      204,
    );

    expect((await as('tom').get('/moderation')).status).toBe(403);
    const queue = await as('mod').get('/moderation');
    expect(queue.body.items).toMatchObject([
      {
        kind: 'review',
        contribution: { id, state: 'published', mayModerate: true },
        content: { whatWorked: 'Buy at example.org' },
        reports: [
          { reporter: 'user:default/tom', ...report },
          { reporter: 'user:default/vera', reason: 'abuse' },
        ],
        log: [],
      },
    ]);

    const moderate = `/contributions/${id}/moderation`;
    const hide = { action: 'hide', reason: 'Advertising' };
    expect((await as('tom').post(moderate, hide)).status).toBe(403);
    const hidden = await as('mod').post(moderate, hide);
    expect(hidden.body).toMatchObject({
      contribution: { state: 'hidden', hidden: { reason: 'Advertising' } },
      reports: [],
      log: [{ action: 'hide', by: 'user:default/mod', reason: 'Advertising' }],
    });
    expect((await as('mod').post(moderate, hide)).status).toBe(409);
    expect((await as('mod').get('/moderation')).body.items).toEqual([]);
    const list = await as('mod').get('/moderation?state=hidden');
    expect(list.body.items).toMatchObject([{ contribution: { id } }]);

    // Author and moderators see it, nobody else; and it does not count.
    const path = `/reviews/${id}`;
    expect((await as('tom').get(path)).status).toBe(404);
    expect((await as('dana').get(path)).body).toMatchObject({
      state: 'hidden',
      hidden: { reason: 'Advertising' },
    });
    for (const [name, count] of [
      ['tom', 0],
      ['dana', 1],
      ['mod', 1],
    ] as const) {
      const { body } = await as(name).get(`/reviews?entityRef=${entityRef}`);
      expect([name, body.items.length]).toEqual([name, count]);
    }
    const rating = await as('mod').get(`/ratings?entityRef=${entityRef}`);
    expect(rating.body.count).toBe(0);

    const restore = { action: 'restore', reason: 'It was a quotation' };
    expect((await as('mod').post(moderate, restore)).status).toBe(200);
    expect((await as('tom').get(path)).status).toBe(200);
    await reviews.run('model-reviews-notices');
    expect(
      world.sent
        .filter(({ recipients }) =>
          JSON.stringify(recipients).includes('user:default/dana"]'),
        )
        .map(({ payload }) => [payload.title, payload.description]),
    ).toEqual([
      ['Your review about REPORTED was hidden by a moderator', 'Advertising'],
      ['Your review about REPORTED is shown again', 'It was a quotation'],
    ]);
    expect(world.audited).toContain('model-contribution-moderate');
  });

  it('is never of what one wrote oneself', async () => {
    const { world, as } = reviews;
    const { id } = await as('mod').review(world.add('own'), 5);
    await as('tom').post(`/contributions/${id}/reports`, { reason: 'wrong' });
    const own = await as('mod').post(`/contributions/${id}/moderation`, {
      action: 'dismiss',
      reason: 'It is fine',
    });
    expect(own.status).toBe(403);
    expect((await as('mod').get('/moderation')).body.items).toEqual([]);
  });

  it('reaches as far as the conditions of the policy', async () => {
    const { world, as } = reviews;
    const mine = world.add('mine');
    const other = world.add('other');
    const of = async (entityRef: string) => {
      const { id } = await as('dana').review(entityRef, 2);
      await as('tom').post(`/contributions/${id}/reports`, { reason: 'wrong' });
      return id;
    };
    const [first, second] = [await of(mine), await of(other)];
    world.decisions.set(
      'model.review.moderate user:default/steward',
      createModelReviewConditionalDecision(
        modelReviewModeratePermission,
        modelReviewConditions.ofModel({ entityRefs: [mine] }),
      ),
    );
    const queue = await as('steward').get('/moderation');
    expect(
      queue.body.items.map(
        (it: { contribution: { id: string } }) => it.contribution.id,
      ),
    ).toEqual([first]);
    const hide = { action: 'hide', reason: 'Not about this model' };
    const answer = (id: string) =>
      as('steward').post(`/contributions/${id}/moderation`, hide);
    expect((await answer(second)).status).toBe(403);
    expect((await answer(first)).status).toBe(200);
    const seen = await as('steward').get(`/reviews?entityRef=${mine}`);
    expect(seen.body.items).toMatchObject([{ id: first, state: 'hidden' }]);
  });

  it('and what is read go by conditions in the database', async () => {
    const { world, as } = reviews;
    const entityRef = world.add('conditions');
    const { id } = await as('dana').review(entityRef, 2);
    await as('vera').review(entityRef, 4);
    world.decisions.set(
      'model.review.read user:default/limited',
      createModelReviewConditionalDecision(modelReviewReadPermission, {
        allOf: [
          {
            not: modelReviewConditions.isAuthor({
              claims: ['user:default/vera'],
            }),
          },
          modelReviewConditions.isOfKind({ kinds: ['review'] }),
        ],
      }),
    );
    const list = await as('limited').get(`/reviews?entityRef=${entityRef}`);
    expect(list.body.items).toMatchObject([{ id }]);
    const rating = await as('limited').get(`/ratings?entityRef=${entityRef}`);
    expect(rating.body).toMatchObject({ count: 1, overall: { mean: 2 } });
    world.decisions.set('model.review.read user:default/nobody', {
      result: AuthorizeResult.DENY,
    });
    expect((await as('nobody').get(`/reviews/${id}`)).status).toBe(404);
    const none = await as('nobody').get(`/reviews?entityRef=${entityRef}`);
    expect(none.body.items).toEqual([]);
    expect(
      (await as('nobody').get(`/ratings?entityRef=${entityRef}`)).status,
    ).toBe(403);
  });
});
