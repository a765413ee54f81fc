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
    for (const id of ['model-usage-alerts', 'model-usage-prune']) {
      await scheduler.triggerTask(id);
    }
    await backend.stop();
  });
});
