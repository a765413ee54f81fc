import {
  followKeySuccessions,
  generateSigningKey,
  trustKeys,
  verifySnapshot,
} from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import {
  createWorld,
  proofHeader,
  startRooms,
} from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const token = 'the-token-of-the-demo';
const reason = 'The yearly rotation of keys';
const stepUp = { challengeId: 'good', response: {} };

describe.each(databaseIds)('rotation of signing keys on %s', databaseId => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Awaited<ReturnType<typeof startRooms>>;

  beforeEach(async () => {
    world = await createWorld(databaseId);
    rooms = await startRooms(world, {
      gateways: [{ name: 'demo', enrolmentToken: token }],
    });
  });
  afterEach(async () => {
    await rooms.publisher.stop();
    await rooms.stop();
  });

  const rotate = (options: {
    as: string;
    body?: object;
    headers?: HeadersInit;
  }) =>
    rooms.call('POST', '/signing-keys/rotate', {
      ...options,
      body: { use: 'snapshot', reason, stepUp, ...options.body },
    });

  it('gives an enrolled gateway reason to trust what the new key signs', async () => {
    const key = generateSigningKey();
    const { body: identity } = await rooms.call('POST', '/gateways/enrol', {
      body: { token, name: 'demo', publicKey: key.publicKey },
    });
    const gateway = { ...key, gatewayId: identity.gatewayId as string };
    const enrolled = trustKeys(
      identity.signingKeys.map((it: { publicKey: string }) => it.publicKey),
    );
    const { version } = await rooms.publisher.current();
    const { status, body: rotated } = await rotate({ as: 'admin' });
    expect([status, rotated.state]).toEqual([200, 'active']);

    const { body: signed } = await rooms.call('GET', '/allowlist/snapshot', {
      headers: proofHeader(gateway, {
        path: '/allowlist/snapshot',
        now: world.clock.now(),
      }),
    });
    const options = { now: world.clock.now() };
    expect(signed.payload.header).toMatchObject({
      keyId: rotated.keyId,
      version: version + 1,
    });
    expect(verifySnapshot(signed, enrolled, options)).toMatchObject({
      code: 'unknown-key',
    });
    const { body: announced } = await rooms.call('GET', '/signing-keys');
    const { trusted, learned, refused } = followKeySuccessions(
      enrolled,
      announced.items,
      { use: 'snapshot' },
    );
    expect([learned, refused]).toEqual([[rotated.keyId], []]);
    expect(verifySnapshot(signed, trusted, options).ok).toBe(true);
  });

  it('is an event of the ledger, once for a repeated command', async () => {
    const headers = { 'idempotency-key': 'rotate-once' };
    const [first, again] = [
      await rotate({ as: 'admin', headers, body: { use: 'statement' } }),
      await rotate({ as: 'admin', headers, body: { use: 'statement' } }),
    ];
    expect(again.body).toEqual(first.body);
    const { items } = await rooms.foundation.ledger.query({
      type: 'signing-key.rotated',
    });
    expect(items).toMatchObject([
      {
        subject: `signing-key:${first.body.keyId}`,
        text: reason,
        payload: {
          use: 'statement',
          stepUp: { action: 'signing-key.rotate' },
        },
      },
    ]);
  });

  it.each([
    ['somebody without the permission', { as: 'ann' }],
    [
      'somebody without the passkey',
      { as: 'admin', body: { stepUp: { challengeId: 'bad', response: {} } } },
    ],
  ])('is refused to %s', async (_name, options) => {
    const before = await rooms.foundation.keys.active('snapshot');
    expect(await rotate(options)).toMatchObject({ status: 403 });
    world.clock.advance(60);
    expect(await rooms.foundation.keys.active('snapshot')).toEqual(before);
  });

  it('is refused for a use that does not exist', async () => {
    expect(
      await rotate({ as: 'admin', body: { use: 'everything' } }),
    ).toMatchObject({ status: 400 });
  });
});
