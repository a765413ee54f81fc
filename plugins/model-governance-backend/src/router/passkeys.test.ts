import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { migratedDatabase } from '../__testUtils__';
import { Guard } from '../access';
import { createFoundation } from '../foundation';
import { createOpenapiRouter } from '../schema/openapi.generated';
import { createStepUpRoom } from '../stepUp';
import { SoftAuthenticator } from '../stepUp/__testUtils__/SoftAuthenticator';
import { addPasskeyRoutes } from './passkeys';

jest.setTimeout(60_000);

const permissions = mockServices.permissions.mock({
  authorize: async (requests, { credentials }) =>
    requests.map(() => ({
      result:
        (credentials as BackstageCredentials<{ userEntityRef?: string }>)
          .principal.userEntityRef === 'user:default/ada'
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    })),
});

const plugin = createBackendPlugin({
  pluginId: 'model-governance',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        database: coreServices.database,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        logger: coreServices.logger,
      },
      async init({ auth, http, ...deps }) {
        const room = createStepUpRoom({
          ...deps,
          foundation: await createFoundation(deps),
          guard: Guard.create({ auth, permissions }),
          organisation: { exists: async () => true },
        });
        const router = await createOpenapiRouter();
        addPasskeyRoutes(router, { ...deps, ...room });
        http.use(router);
      },
    });
  },
});

it('leads from an invitation to a challenge and a removal over HTTP', async () => {
  const { knex } = await migratedDatabase('SQLITE_3');
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost', listen: { port: 0 } },
          modelGovernance: {
            keys: { secret: 'a secret of more than thirty-two characters' },
          },
        },
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
    ],
  });
  const send = (
    as: string,
    method: 'get' | 'post' | 'delete',
    path: string,
    body?: object,
  ) =>
    request(backend.server)
      [method](`/api/model-governance${path}`)
      .set('authorization', mockCredentials.user.header(`user:default/${as}`))
      .send(body);

  try {
    const service = await request(backend.server)
      .get('/api/model-governance/passkeys')
      .set('authorization', mockCredentials.service.header());
    expect(service.status).toBe(403);

    const invite = { user: 'user:default/ines' };
    expect(
      (await send('ines', 'post', '/passkeys/invitations', invite)).status,
    ).toBe(403);
    expect(
      (await send('ada', 'post', '/passkeys/invitations', {})).status,
    ).toBe(400);
    expect(
      (await send('ada', 'post', '/passkeys/invitations', invite)).status,
    ).toBe(201);
    expect(
      (await send('ada', 'get', '/passkeys/invitations')).body.items,
    ).toHaveLength(1);

    const key = new SoftAuthenticator();
    const options = await send(
      'ines',
      'post',
      '/passkeys/registration/options',
      {},
    );
    expect(options.body.rp).toEqual({ id: 'localhost', name: 'Model Hub' });
    const enrolled = await send('ines', 'post', '/passkeys/registration', {
      name: 'Laptop',
      response: key.create(options.body),
    });
    expect(enrolled.status).toBe(201);

    const challenge = await send('ines', 'post', '/step-up/challenges', {
      action: 'approval.command',
      payload: { id: 'a1', command: 'approve', revision: 1 },
    });
    expect(challenge.status).toBe(201);
    expect(challenge.body.options).toMatchObject({
      rpId: 'localhost',
      userVerification: 'required',
      allowCredentials: [{ id: key.id.toString('base64url') }],
    });

    const path = `/passkeys/${enrolled.body.id}`;
    expect((await send('tom', 'delete', path)).status).toBe(404);
    expect((await send('ines', 'delete', path)).status).toBe(204);
    expect((await send('ines', 'get', '/passkeys')).body).toEqual({
      items: [],
      mayEnrol: false,
    });
  } finally {
    await backend.stop();
  }
});
