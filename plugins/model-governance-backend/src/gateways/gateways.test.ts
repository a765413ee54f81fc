import { generateSigningKey } from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import {
  createWorld,
  proofHeader,
  startRooms,
} from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const config = {
  gateways: [{ name: 'demo', enrolmentToken: 'the-token-of-the-demo' }],
};
const snapshotPath = '/allowlist/snapshot';

describe.each(databaseIds)('gateways on %s', databaseId => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Awaited<ReturnType<typeof startRooms>>;

  beforeEach(async () => {
    world = await createWorld(databaseId);
    rooms = await startRooms(world, config);
  });
  afterEach(() => rooms.stop());

  const types = () =>
    world.knex('ledger_events').orderBy('seq').pluck('type') as Promise<
      string[]
    >;
  const invite = async (name: string) =>
    (
      await rooms.call('POST', '/gateways/invitations', {
        as: 'admin',
        body: { name },
      })
    ).body;
  const enrol = (body: object) =>
    rooms.call('POST', '/gateways/enrol', { body });
  async function enrolled(name = 'edge') {
    const key = generateSigningKey();
    const { token } = await invite(name);
    const { body } = await enrol({ token, name, publicKey: key.publicKey });
    return { gatewayId: body.gatewayId as string, ...key };
  }
  const list = async () =>
    (await rooms.call('GET', '/gateways', { as: 'admin' })).body.items;

  it('enrols by an invitation, once', async () => {
    expect(
      await rooms.call('POST', '/gateways/invitations', {
        as: 'ann',
        body: { name: 'edge' },
      }),
    ).toMatchObject({ status: 403 });
    const { token, expiresAt } = await invite('edge');
    expect(expiresAt).toBe('2026-11-02T10:00:00.000Z');
    const stored = JSON.stringify(await world.knex('gateway_invitations'));
    expect(stored).not.toContain(token);

    const { publicKey } = generateSigningKey();
    const wrong = [
      [{ token: 'wrong', name: 'edge', publicKey }, 401],
      [{ token, name: 'another', publicKey }, 401],
      [{ token, name: 'edge', publicKey: 'nonsense' }, 400],
      [{ token, name: 'edge' }, 400],
    ] as const;
    for (const [body, status] of wrong) {
      expect(await enrol(body)).toMatchObject({ status });
    }
    const first = await enrol({ token, name: 'edge', publicKey });
    expect(first).toMatchObject({
      status: 201,
      body: {
        gatewayId: expect.any(String),
        signingKeys: [{ use: 'snapshot', state: 'active' }],
      },
    });
    expect(await enrol({ token, name: 'edge', publicKey })).toMatchObject({
      status: 401,
    });
    expect(await types()).toEqual(['gateway.invited', 'gateway.enrolled']);
    expect((await invite('edge')).error.message).toMatch(/Remove it first/);
    expect((await rooms.call('GET', '/signing-keys', {})).body.items).toEqual(
      first.body.signingKeys,
    );
  });

  it('lets an invitation expire after an hour', async () => {
    const { token } = await invite('edge');
    world.clock.advance(3600);
    const { publicKey } = generateSigningKey();
    expect(await enrol({ token, name: 'edge', publicKey })).toMatchObject({
      status: 401,
    });
  });

  it('gives one identity when two enrol with one invitation at once', async () => {
    const { token } = await invite('edge');
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        enrol({
          token,
          name: 'edge',
          publicKey: generateSigningKey().publicKey,
        }),
      ),
    );
    expect(answers.map(a => a.status).sort()).toEqual([201, 401, 401]);
  });

  it('enrols what the configuration lists, again and again, until it is removed', async () => {
    const token = config.gateways[0].enrolmentToken;
    const one = generateSigningKey();
    const two = generateSigningKey();
    const demo = (publicKey: string) =>
      enrol({ token, name: 'demo', publicKey });
    const first = await demo(one.publicKey);
    expect(first.status).toBe(201);
    expect((await demo(one.publicKey)).body.gatewayId).toBe(
      first.body.gatewayId,
    );
    expect((await demo(two.publicKey)).body.gatewayId).toBe(
      first.body.gatewayId,
    );
    expect(await types()).toEqual(['gateway.enrolled', 'gateway.re-enrolled']);
    const get = (privateKey: string) =>
      rooms.call('GET', snapshotPath, {
        headers: proofHeader(
          { gatewayId: first.body.gatewayId, privateKey },
          { path: snapshotPath, now: world.clock.now() },
        ),
      });
    expect(await get(one.privateKey)).toMatchObject({ status: 401 });
    expect(await get(two.privateKey)).toMatchObject({ status: 200 });
    expect(
      await enrol({ token, name: 'other', publicKey: one.publicKey }),
    ).toMatchObject({ status: 401 });

    await rooms.call('DELETE', `/gateways/${first.body.gatewayId}`, {
      as: 'admin',
    });
    const after = await demo(two.publicKey);
    expect(after.status).toBe(403);
    expect(after.body.error.message).toMatch(/another enrolmentToken/);
  });

  it('refuses forged, replayed, misdirected and old proofs', async () => {
    const gateway = await enrolled();
    const stranger = { ...generateSigningKey(), gatewayId: gateway.gatewayId };
    const now = world.clock.now();
    const request = { path: snapshotPath, now };
    const get = async (headers: HeadersInit) => {
      const { status, body } = await rooms.call('GET', snapshotPath, {
        headers,
      });
      return [status, body.error?.message];
    };
    const good = proofHeader(gateway, request);
    expect(await get(good)).toEqual([200, undefined]);
    expect(await get(good)).toEqual([
      401,
      expect.stringMatching(/used before/),
    ]);
    expect(await get(proofHeader(stranger, request))).toEqual([
      401,
      expect.stringMatching(/not signed by/),
    ]);
    expect(
      await get(proofHeader({ ...gateway, gatewayId: 'nobody' }, request)),
    ).toEqual([401, expect.stringMatching(/not enrolled/)]);
    expect(
      await get(proofHeader(gateway, { path: '/allowlist/stream', now })),
    ).toEqual([401, expect.stringMatching(/make one for each request/)]);
    expect(
      await get(proofHeader(gateway, { ...request, method: 'POST' })),
    ).toEqual([401, expect.stringMatching(/make one for each request/)]);
    const late = proofHeader(gateway, request);
    world.clock.advance(91);
    expect(await get(late)).toEqual([
      401,
      expect.stringMatching(/not of this minute/),
    ]);
    expect(await get({ authorization: 'Gateway x.y.z' })).toEqual([
      401,
      expect.stringMatching(/No gateway proof/),
    ]);
    expect(await get({ authorization: 'Bearer x' })).toEqual([
      401,
      expect.stringMatching(/No gateway proof/),
    ]);
  });

  it('refuses a replay at another replica', async () => {
    const gateway = await enrolled();
    const other = await startRooms(world, config);
    const headers = proofHeader(gateway, {
      path: snapshotPath,
      now: world.clock.now(),
    });
    expect(await rooms.call('GET', snapshotPath, { headers })).toMatchObject({
      status: 200,
    });
    expect(await other.call('GET', snapshotPath, { headers })).toMatchObject({
      status: 401,
    });
    await other.stop();
  });

  it('shows how far gateways are behind, and that a database was restored', async () => {
    const gateway = await enrolled();
    const report = (body: object) =>
      rooms.call('POST', '/gateways/status', {
        body,
        headers: proofHeader(gateway, {
          method: 'POST',
          path: '/gateways/status',
          now: world.clock.now(),
        }),
      });
    expect(await report({ epoch: 1, version: 1 })).toMatchObject({
      status: 204,
    });
    expect(await list()).toEqual([
      {
        id: gateway.gatewayId,
        name: 'edge',
        enrolledAt: '2026-11-02T09:00:00.000Z',
        connected: false,
        lastSeenAt: '2026-11-02T09:00:00.000Z',
        epoch: 1,
        version: 1,
        behind: 1,
        alarms: [],
      },
    ]);
    await report({ epoch: 1, version: 40, alarms: ['clock skew'] });
    expect(await list()).toMatchObject([
      { behind: 0, alarms: ['clock skew', expect.stringMatching(/restored/)] },
    ]);
    expect(await report({ epoch: 1 })).toMatchObject({ status: 400 });
    expect(await report({ epoch: -1, version: 2 })).toMatchObject({
      status: 400,
    });
    expect(await report({ epoch: 1, version: 2, alarms: 'x' })).toMatchObject({
      status: 400,
    });
    const huge = await report({
      epoch: 1,
      version: 2,
      alarms: ['x'.repeat(200_000)],
    });
    expect(huge.status).toBe(413);
    expect(huge.body.error.message).toMatch(/larger than 102400 bytes/);
    expect(await list()).toMatchObject([{ version: 40 }]);
    expect(await rooms.call('GET', '/gateways', { as: 'ann' })).toMatchObject({
      status: 403,
    });
  });

  it('raises the epoch above what gateways have seen, with a passkey', async () => {
    const gateway = await enrolled();
    await rooms.call('POST', '/gateways/status', {
      body: { epoch: 4, version: 9 },
      headers: proofHeader(gateway, {
        method: 'POST',
        path: '/gateways/status',
        now: world.clock.now(),
      }),
    });
    const raise = (as: string, challengeId: string) =>
      rooms.call('POST', '/allowlist/epoch', {
        as,
        body: {
          reason: 'The database was restored from a backup',
          stepUp: { challengeId, response: {} },
        },
      });
    expect(await raise('ann', 'good')).toMatchObject({ status: 403 });
    expect(await raise('admin', 'bad')).toMatchObject({ status: 403 });
    expect((await rooms.publisher.current()).epoch).toBe(1);
    expect(await raise('admin', 'good')).toMatchObject({
      status: 200,
      body: { epoch: 5 },
    });
    expect((await rooms.publisher.current()).epoch).toBe(5);
    expect((await types()).at(-1)).toBe('allowlist.epoch-raised');
  });

  it('tells other backends, and only them, the public key of a gateway', async () => {
    const gateway = await enrolled();
    const get = (as: string | undefined, id = gateway.gatewayId) =>
      rooms.call('GET', `/gateways/${id}/identity`, { as });
    expect(await get('service')).toMatchObject({
      status: 200,
      body: {
        id: gateway.gatewayId,
        name: 'edge',
        publicKey: gateway.publicKey,
      },
    });
    expect(await get('admin')).toMatchObject({ status: 403 });
    expect(await get(undefined)).toMatchObject({ status: 401 });
    expect(await get('service', 'nobody')).toMatchObject({ status: 404 });
    await rooms.call('DELETE', `/gateways/${gateway.gatewayId}`, {
      as: 'admin',
    });
    expect(await get('service')).toMatchObject({ status: 404 });
  });

  it('removes a gateway for good', async () => {
    const gateway = await enrolled();
    const remove = (as: string) =>
      rooms.call('DELETE', `/gateways/${gateway.gatewayId}`, { as });
    expect(await remove('ann')).toMatchObject({ status: 403 });
    expect(await remove('admin')).toMatchObject({ status: 204 });
    expect(await remove('admin')).toMatchObject({ status: 404 });
    expect(
      await rooms.call('GET', snapshotPath, {
        headers: proofHeader(gateway, {
          path: snapshotPath,
          now: world.clock.now(),
        }),
      }),
    ).toMatchObject({ status: 401 });
    expect(await list()).toMatchObject([
      { removedAt: '2026-11-02T09:00:00.000Z' },
    ]);
    await enrolled('edge');
  });
});
