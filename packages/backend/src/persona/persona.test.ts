import { Entity } from '@backstage/catalog-model';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import authPlugin from '@backstage/plugin-auth-backend';
import request from 'supertest';
import personaProvider from '.';

const group: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'security' },
  spec: { type: 'team', profile: { displayName: 'Security' }, children: [] },
};
const user: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ines', description: 'Signs as security.' },
  spec: {
    profile: { displayName: 'Ines Iversen', email: 'ines@example.org' },
    memberOf: ['security'],
  },
  relations: [{ type: 'memberOf', targetRef: 'group:default/security' }],
};
const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ines' },
  spec: { type: 'service', lifecycle: 'production', owner: 'security' },
};

const start = (config: object) =>
  startTestBackend({
    features: [
      authPlugin,
      personaProvider,
      catalogServiceMock.factory({ entities: [group, user, component] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: {
            baseUrl: 'http://localhost',
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          ...config,
        },
      }),
    ],
  });

const enabled = { auth: { providers: { persona: { enabled: true } } } };

describe('the persona provider', () => {
  it('lists the people of the catalog without a sign-in', async () => {
    const { server } = await start(enabled);
    const { status, body } = await request(server).get(
      '/api/auth/persona/people',
    );
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        userEntityRef: 'user:default/ines',
        name: 'Ines Iversen',
        teams: ['Security'],
        description: 'Signs as security.',
      },
    ]);
  });

  it('signs in as the chosen person with the ownership of the catalog', async () => {
    const { server } = await start(enabled);
    const { status, body } = await request(server)
      .get('/api/auth/persona/refresh')
      .set('X-ModelHub-Persona', 'user:default/ines');
    expect(status).toBe(200);
    expect(body.profile).toMatchObject({ displayName: 'Ines Iversen' });
    expect(body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/ines',
      ownershipEntityRefs: ['user:default/ines', 'group:default/security'],
    });
    expect(body.backstageIdentity.token).toMatch(/^ey/);
  });

  it.each([
    [undefined, 401, 'Nobody was chosen'],
    ['user:default/nobody', 404, 'User not found'],
    ['component:default/ines', 400, 'is not a user'],
    ['user:/', 400, 'is not an entity ref'],
  ])('refuses %s with %s', async (persona, status, message) => {
    const { server } = await start(enabled);
    const call = request(server).get('/api/auth/persona/refresh');
    const response = await (persona
      ? call.set('X-ModelHub-Persona', persona)
      : call);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(message);
    expect(response.body.backstageIdentity).toBeUndefined();
  });

  it('is not there without the demo configuration', async () => {
    const { server } = await start({ auth: { providers: {} } });
    const people = await request(server).get('/api/auth/persona/people');
    expect(people.status).toBe(404);
    const refresh = await request(server)
      .get('/api/auth/persona/refresh')
      .set('X-ModelHub-Persona', 'user:default/ines');
    expect(refresh.status).toBe(404);
  });

  it('does not start together with the production configuration', async () => {
    await expect(
      start({ ...enabled, modelHub: { production: true } }),
    ).rejects.toThrow(/modelHub\.production/);
  });
});
