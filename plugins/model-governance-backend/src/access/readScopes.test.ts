import { mockServices } from '@backstage/backend-test-utils';
import { databaseIds } from '../__testUtils__/databases';
import { createWorld, startRooms } from '../__testUtils__/startRooms';
import { createFoundation } from '../foundation';
import { createAccessRoom } from './createAccessRoom';
import { Guard } from './Guard';
import { readScopes } from './readScopes';

jest.setTimeout(60_000);

const read = (modelGovernance: object) =>
  readScopes(mockServices.rootConfig({ data: { modelGovernance } }));

const scopes = {
  profiles: [
    { id: 'checkout', members: ['group:default/checkout', 'user:ann'] },
  ],
  purposes: [{ id: 'search', title: 'Search', dataClasses: ['public'] }],
};

it('reads profiles and purposes', () => {
  expect(read({})).toEqual({ profiles: [], purposes: [] });
  expect(read(scopes)).toEqual({
    profiles: [
      {
        id: 'checkout',
        title: 'checkout',
        members: ['group:default/checkout', 'user:ann'],
        enforcement: 'enforce',
      },
    ],
    purposes: [
      { id: 'search', title: 'Search', dataClasses: ['public'], regions: [] },
    ],
  });
});

it.each([
  [{ profiles: [{ id: 'No Good', members: [] }] }, /id 'No Good'/],
  [{ profiles: [{ id: 'a', members: [], enforcement: 'x' }] }, /'x' is none/],
  [{ purposes: [{ id: 'a', dataClasses: ['secret'] }] }, /'secret' is none/],
  [{ purposes: [{ id: 'a' }] }, /dataClasses/],
  [
    { purposes: [{ id: 'a', dataClasses: [], maxRetentionDays: -1 }] },
    /whole days/,
  ],
  [
    { purposes: [{ id: 'a', dataClasses: [], uses: ['anything'] }] },
    /'anything' is none of product/,
  ],
])('refuses %j', (data, message) => {
  expect(() => read(data)).toThrow(message);
});

it.each(databaseIds)('creates once what is missing on %s', async databaseId => {
  const world = await createWorld(databaseId);
  const replica = async () => {
    const config = mockServices.rootConfig({
      data: { modelGovernance: scopes },
    });
    const foundation = await createFoundation({
      config,
      database: { getClient: async () => world.knex },
      logger: mockServices.logger.mock(),
      clock: world.clock,
    });
    const access = createAccessRoom({
      foundation,
      config,
      organisation: world.organisation,
      guard: Guard.create({
        auth: mockServices.auth(),
        permissions: mockServices.permissions(),
      }),
      bound: { submittedFor: async () => [] },
    });
    return access.declare;
  };
  const replicas = await Promise.all([replica(), replica(), replica()]);
  await Promise.all(replicas.map(declare => declare()));
  await replicas[0]();
  const events = await world
    .knex('ledger_events')
    .orderBy('seq')
    .select('actor', 'subject', 'type');
  expect(events).toEqual([
    { actor: 'system', subject: 'purpose:search', type: 'purpose.created' },
    { actor: 'system', subject: 'profile:checkout', type: 'profile.created' },
  ]);

  const rooms = await startRooms(world);
  try {
    const { body } = await rooms.call('GET', '/access-profiles', { as: 'ann' });
    expect(body.items).toMatchObject([
      {
        id: 'checkout',
        mine: true,
        members: ['group:default/checkout', 'user:default/ann'],
      },
    ]);
  } finally {
    await rooms.stop();
  }
});
