import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { someModel } from './__testUtils__/startReviews';
import plugin from './index';

jest.setTimeout(60_000);

it('starts in a portal that has nothing but a catalog', async () => {
  const backend = await startTestBackend({
    features: [
      plugin,
      catalogServiceMock.factory({ entities: [someModel('alone')] }),
      mockServices.rootConfig.factory({
        data: {
          backend: {
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          modelReviews: { ratings: { priorWeight: 0 } },
        },
      }),
    ],
  });
  try {
    const api = '/api/model-reviews';
    const created = await request(backend.server)
      .post(`${api}/reviews`)
      .send({
        entityRef: 'model:acme/alone',
        modelVersion: '1.0',
        stars: { quality: 4 },
      });
    expect(created.body).toMatchObject({ overall: 4, verified: false });
    const rating = await request(backend.server).get(
      `${api}/ratings?entityRef=model%3Aacme%2Falone`,
    );
    expect(rating.body).toMatchObject({
      overall: { average: 4, count: 1 },
      prior: { weight: 0 },
    });
    const rules = await request(backend.server).get(
      `${api}/.well-known/backstage/permissions/metadata`,
    );
    expect(
      rules.body.rules.map(({ name }: { name: string }) => name).sort(),
    ).toEqual(['IS_AUTHOR', 'IS_OF_KIND', 'OF_MODEL']);
    expect(
      rules.body.permissions.map(({ name }: { name: string }) => name).sort(),
    ).toEqual([
      'model.review.create',
      'model.review.erase',
      'model.review.moderate',
      'model.review.read',
      'model.review.update',
    ]);
  } finally {
    await backend.stop();
  }
});
