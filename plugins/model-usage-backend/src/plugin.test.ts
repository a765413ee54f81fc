import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import request from 'supertest';
import { migratedDatabase } from './__testUtils__/databases';
import { modelUsagePlugin } from './plugin';

jest.setTimeout(60_000);

describe('the plugin', () => {
  it('starts, answers people and turns away who is not a gateway', async () => {
    const knex = await migratedDatabase('SQLITE_3');
    const scheduler = mockServices.scheduler();
    const backend = await startTestBackend({
      features: [
        modelUsagePlugin,
        mockServices.rootConfig.factory({
          data: {
            modelUsage: {
              records: { retentionDays: 30 },
              leases: { releaseAfter: { minutes: 30 } },
            },
          },
        }),
        mockServices.database.factory({ knex, migrations: { skip: true } }),
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: async () => {} }),
        }),
      ],
    });
    const base = '/api/model-usage';
    const as = (header: string) => ({ authorization: header });
    const user = as(mockCredentials.user.header('user:default/ann'));

    const put = await request(backend.server)
      .put(`${base}/budgets/key/k`)
      .set(user)
      .send({ amount: 1, currency: 'EUR' });
    expect([put.status, put.body.id]).toEqual([200, 'key:k']);
    const list = await request(backend.server).get(`${base}/budgets`).set(user);
    expect(list.body.items).toHaveLength(1);
    const anonymous = await request(backend.server)
      .get(`${base}/budgets`)
      .set(as(mockCredentials.none.header()));
    expect(anonymous.status).toBe(401);
    const nobody = await request(backend.server)
      .post(`${base}/leases`)
      .set(user)
      .send({ session: 1, sequence: 1, limits: [], budgets: [] });
    expect(nobody.status).toBe(401);
    const objectives = `${base}/objectives`;
    const wish = { kind: 'gateway-availability', windowDays: 28 };
    const refused = await request(backend.server)
      .post(objectives)
      .set(user)
      .send({ ...wish, target: 0.5 });
    expect(refused.status).toBe(400);
    const set = await request(backend.server)
      .post(objectives)
      .set(user)
      .send({ ...wish, target: 0.99 });
    expect([set.status, set.body.state]).toEqual([200, 'no-events']);
    const one = `${objectives}/${set.body.id}`;
    const changed = await request(backend.server)
      .put(one)
      .set(user)
      .send({ version: 1, target: 0.999, windowDays: 7 });
    expect([changed.status, changed.body.version]).toEqual([200, 2]);
    for (const path of ['', '/performance', '/changes', '/alerts']) {
      const told = await request(backend.server).get(`${one}${path}`).set(user);
      expect([path, told.status]).toEqual([path, 200]);
    }
    const preview = await request(backend.server)
      .post(`${objectives}/preview`)
      .set(user)
      .send({ ...wish, target: 0.99 });
    expect([preview.status, preview.body.events]).toEqual([200, 0]);
    const late = await request(backend.server)
      .delete(`${one}?version=1`)
      .set(user);
    expect(late.status).toBe(409);
    const removed = await request(backend.server)
      .delete(`${one}?version=2&reason=Enough`)
      .set(user);
    expect(removed.status).toBe(204);
    for (const id of [
      'model-usage-alerts',
      'model-usage-objectives',
      'model-usage-objectives-slow',
      'model-usage-prune',
    ]) {
      await scheduler.triggerTask(id);
    }
    const { body } = await request(backend.server).get(objectives).set(user);
    expect(body.items).toHaveLength(3);
    await backend.stop();
  });
});
