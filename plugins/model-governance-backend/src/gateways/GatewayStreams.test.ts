import { generateSigningKey } from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import { openStream } from '../__testUtils__/openStream';
import {
  createWorld,
  proofHeader,
  startRooms,
} from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const config = {
  gateways: [{ name: 'demo', enrolmentToken: 'the-token-of-the-demo' }],
};
type Rooms = Awaited<ReturnType<typeof startRooms>>;

describe.each(databaseIds)('streams of gateways on %s', databaseId => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Rooms;
  const cleanups: Array<() => unknown> = [];

  beforeEach(async () => {
    world = await createWorld(databaseId);
    rooms = await startRooms(world, config);
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
    await rooms.publisher.stop();
    await rooms.stop();
  });

  const gateways = async () =>
    (await rooms.call('GET', '/gateways', { as: 'admin' })).body.items;

  /** Ask until the answer is right; each question is a round trip. */
  async function eventually(connected: boolean) {
    for (let asked = 0; asked < 200; asked++) {
      if ((await gateways())[0].connected === connected) return;
    }
    throw new Error(`Still not: connected is ${connected}`);
  }

  async function enrol() {
    const key = generateSigningKey();
    const { body } = await rooms.call('POST', '/gateways/enrol', {
      body: {
        token: config.gateways[0].enrolmentToken,
        name: 'demo',
        publicKey: key.publicKey,
      },
    });
    return { ...key, gatewayId: body.gatewayId as string };
  }

  async function connect(
    gateway: Awaited<ReturnType<typeof enrol>>,
    at: Rooms = rooms,
  ) {
    const stream = await openStream(
      `${at.url}/allowlist/stream`,
      proofHeader(gateway, {
        path: '/allowlist/stream',
        now: world.clock.now(),
      }),
    );
    cleanups.push(stream.close);
    await stream.next();
    await eventually(true);
    return stream;
  }

  it('keeps the sight of an idle gateway fresh, but seldom writes it down', async () => {
    const gateway = await enrol();
    expect(await gateways()).toMatchObject([{ connected: false }]);
    await connect(gateway);

    const seenAfter = async (seconds: number) => {
      world.clock.advance(seconds);
      await rooms.publisher.heartbeat();
      return (await gateways())[0];
    };
    expect(await seenAfter(15)).toMatchObject({
      connected: true,
      lastSeenAt: '2026-11-02T09:00:15.000Z',
    });
    expect(await seenAfter(14)).toMatchObject({
      connected: true,
      lastSeenAt: '2026-11-02T09:00:15.000Z',
    });
    expect(await seenAfter(14)).toMatchObject({
      connected: true,
      lastSeenAt: '2026-11-02T09:00:43.000Z',
    });
  });

  it('notices that a gateway hung up', async () => {
    const stream = await connect(await enrol());
    stream.close();
    await eventually(false);
    expect(await gateways()).toMatchObject([
      { lastSeenAt: '2026-11-02T09:00:00.000Z' },
    ]);
  });

  it('believes a replica that says no more for 35 seconds', async () => {
    await connect(await enrol());
    world.clock.advance(34);
    expect(await gateways()).toMatchObject([{ connected: true }]);
    world.clock.advance(1);
    expect(await gateways()).toMatchObject([{ connected: false }]);
  });

  it('says of a replica that ends that it holds no streams', async () => {
    await connect(await enrol());
    await rooms.publisher.stop();
    expect(await gateways()).toMatchObject([{ connected: false }]);
  });

  it('takes the word of the replica that has the stream now', async () => {
    const gateway = await enrol();
    const first = await connect(gateway);
    const other = await startRooms(world, config);
    cleanups.push(async () => {
      await other.publisher.stop();
      await other.stop();
    });
    await connect(gateway, other);
    await other.publisher.heartbeat();
    first.close();
    await rooms.publisher.stop();
    expect(await gateways()).toMatchObject([{ connected: true }]);
  });

  it('goes on serving gateways when this cannot be written down', async () => {
    const stream = await connect(await enrol());
    await world.knex.schema.renameTable('gateway_identities', 'away');
    world.clock.advance(15);
    await rooms.publisher.heartbeat();
    await world.knex.schema.renameTable('away', 'gateway_identities');
    expect((await stream.next())?.event).toBe('heartbeat');
  });
});
