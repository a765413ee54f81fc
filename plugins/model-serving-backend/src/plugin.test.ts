import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import {
  deploymentEnginesExtensionPoint,
  modelGovernanceServiceRef,
} from '@modelhub/backstage-plugin-models-node';
import request from 'supertest';
import { FakeEngine } from './__testUtils__/FakeEngine';
import { FakeGovernance } from './__testUtils__/FakeGovernance';
import { someModel } from './__testUtils__/someModel';
import plugin from './index';

jest.setTimeout(60_000);

const secret = 'a secret of the test, 32 characters at least';

it('starts, previews and ends an endpoint over HTTP', async () => {
  const engine = new FakeEngine('fake');
  const governance = new FakeGovernance();
  const backend = await startTestBackend({
    features: [
      plugin,
      createBackendModule({
        pluginId: 'model-serving',
        moduleId: 'fake-engine',
        register(env) {
          env.registerInit({
            deps: { engines: deploymentEnginesExtensionPoint },
            async init({ engines }) {
              engines.addEngine(engine);
              expect(() => engines.addEngine(engine)).toThrow(/two engines/);
            },
          });
        },
      }),
      createServiceFactory({
        service: modelGovernanceServiceRef,
        deps: {},
        factory: () =>
          Object.assign(governance, {
            // The mock's user is in no profile of the test's governance.
            listAccessProfiles: async () => ({
              items: [
                {
                  id: 'all',
                  title: 'All',
                  members: [],
                  enforcement: 'enforce',
                  mine: true,
                },
              ],
            }),
          }) as unknown as ModelGovernanceClient,
      }),
      catalogServiceMock.factory({ entities: [someModel('talker')] }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/mock',
            ownershipEntityRefs: ['group:default/checkout'],
          }),
        }),
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: {
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          modelServing: {
            gatewayUrl: 'http://127.0.0.1:4000/v1',
            endpointSecret: secret,
            storageKey: secret,
          },
        },
      }),
    ],
  });
  const api = (path: string) => `/api/model-serving${path}`;
  try {
    const engines = await request(backend.server).get(api('/engines'));
    expect(engines.body.items).toEqual([
      expect.objectContaining({
        id: 'fake',
        gpusInUse: 0,
        gpuLimit: 4,
        health: expect.objectContaining({ state: 'up' }),
      }),
    ]);
    const choice = { entityRef: 'model:acme/talker' };
    const preview = await request(backend.server)
      .post(api('/endpoints/preview'))
      .send(choice);
    expect(preview.body).toMatchObject({
      mayCreate: true,
      access: { state: 'allowed' },
      cost: { known: true, amount: 3.2, currency: 'USD' },
      queuePosition: 0,
    });
    const started = await request(backend.server)
      .post(api('/endpoints'))
      .send(choice);
    expect(started.status).toBe(201);
    expect(started.headers['cache-control']).toBe('no-store');
    const { id, secret: keySecret } = started.body;
    expect(keySecret).toMatch(/^mh_/);
    const logs = await request(backend.server).get(
      api(`/endpoints/${id}/logs`),
    );
    // It may not have been begun yet; then the words say so.
    expect([200, 409]).toContain(logs.status);
    const stopped = await request(backend.server).post(
      api(`/endpoints/${id}/stop`),
    );
    expect(['stopping', 'ended']).toContain(stopped.body.state);
    const missing = await request(backend.server).get(
      api('/endpoints/ev-nobody-knows'),
    );
    expect(missing.status).toBe(404);
    const bad = await request(backend.server).post(api('/endpoints')).send({});
    expect(bad.status).toBe(400);
  } finally {
    await backend.stop();
  }
});
