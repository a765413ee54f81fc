import type { Grant } from '@modelhub/backstage-plugin-models-common';
import {
  applyDelta,
  EMPTY_CONTENT,
  generateSigningKey,
  trustKeys,
  verifySnapshot,
  type SignedSnapshot,
} from '@modelhub/governance-protocol';
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

const grant = (id: string, more: Partial<Grant> = {}): Grant => ({
  approvalId: id,
  kind: 'standard',
  entityRef: 'model:meta/llama',
  gatewayId: 'meta/llama',
  modelVersion: '1.0',
  digest: 'sha256:1',
  tier: 'internal',
  purpose: 'summaries',
  profile: 'checkout',
  approvedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2026-12-01T00:00:00.000Z',
  ...more,
});

type Rooms = Awaited<ReturnType<typeof startRooms>>;

describe.each(databaseIds)('allowlist on %s', databaseId => {
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

  async function enrol() {
    const key = generateSigningKey();
    const { body } = await rooms.call('POST', '/gateways/enrol', {
      body: {
        token: config.gateways[0].enrolmentToken,
        name: 'demo',
        publicKey: key.publicKey,
      },
    });
    return {
      ...key,
      gatewayId: body.gatewayId as string,
      trusted: trustKeys(
        body.signingKeys.map((k: { publicKey: string }) => k.publicKey),
      ),
    };
  }
  type Enrolled = Awaited<ReturnType<typeof enrol>>;

  async function stream(gateway: Enrolled, query = '', at: Rooms = rooms) {
    const opened = await openStream(
      `${at.url}/allowlist/stream${query}`,
      proofHeader(gateway, {
        path: '/allowlist/stream',
        now: world.clock.now(),
      }),
    );
    cleanups.push(opened.close);
    return opened;
  }

  /** What the approvals room does: state, ledger and outbox in one transaction. */
  async function commit(change: () => void, at: Rooms = rooms) {
    const { transactions, ledger, outbox } = at.foundation;
    await transactions.run(async tx => {
      const [event] = await ledger.append(tx, [
        {
          actor: { kind: 'system' },
          subject: 'approval:x',
          type: 'approval.approved',
          payload: {},
        },
      ]);
      await outbox.add(tx, [
        { topic: 'allowlist', payload: { seq: event.seq } },
      ]);
    });
    change();
    outbox.wake();
  }

  function take(
    gateway: Enrolled,
    signed: SignedSnapshot | undefined,
    held?: { epoch: number; version: number },
  ) {
    const result = verifySnapshot(signed, gateway.trusted, {
      now: world.clock.now(),
      highest: held,
    });
    if (!result.ok) throw new Error(result.message);
    return result.payload;
  }

  it('is empty at first, and signed', async () => {
    const gateway = await enrol();
    const { status, body, headers } = await rooms.call(
      'GET',
      '/allowlist/snapshot',
      {
        headers: proofHeader(gateway, {
          path: '/allowlist/snapshot',
          now: world.clock.now(),
        }),
      },
    );
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-transform, no-store');
    expect(take(gateway, body)).toMatchObject({
      kind: 'full',
      content: EMPTY_CONTENT,
      header: {
        epoch: 1,
        version: 1,
        issuedAt: '2026-11-02T09:00:00.000Z',
        notAfter: '2026-11-02T09:15:00.000Z',
      },
    });
  });

  it('streams a full snapshot, then deltas at once', async () => {
    const gateway = await enrol();
    const events = await stream(gateway);
    expect(events.response.headers.get('content-type')).toBe(
      'text/event-stream',
    );
    expect(events.response.headers.get('content-encoding')).toBeNull();
    const full = await events.next();
    expect(full?.event).toBe('snapshot');
    const first = take(gateway, full?.signed);

    const start = performance.now();
    await commit(() => world.grants.push(grant('a1')));
    const delta = await events.next();
    const took = performance.now() - start;
    expect(delta?.event).toBe('delta');
    const second = take(gateway, delta?.signed, first.header);
    if (first.kind !== 'full' || second.kind !== 'delta') {
      throw new Error('Expected a full snapshot and a delta');
    }
    expect(second.header.prev).toBe(first.header.version);
    const content = applyDelta(first.content, second.delta);
    expect(content.grants.map(g => g.id)).toEqual(['a1']);
    expect(content.models).toMatchObject([
      { gatewayId: 'meta/llama', lifecycle: 'active', provider: 'meta' },
    ]);
    expect(took).toBeLessThan(1000);

    await commit(() => world.grants.pop());
    const third = take(gateway, (await events.next())?.signed, second.header);
    expect(third).toMatchObject({
      kind: 'delta',
      delta: { remove: { grants: ['a1'], models: ['meta/llama'] } },
    });
  });

  it('goes on where a gateway left off', async () => {
    const gateway = await enrol();
    await commit(() => world.grants.push(grant('a1')));
    const before = await rooms.publisher.current();
    await commit(() => world.grants.push(grant('a2')));

    const first = async (query: string) =>
      (await (await stream(gateway, query)).next())?.signed.payload;
    expect(await first(`?epoch=1&after=${before.version}`)).toMatchObject({
      kind: 'delta',
      header: { prev: before.version },
      delta: { put: { grants: [{ id: 'a2' }] } },
    });
    expect(await first(`?epoch=1&after=${before.version + 1}`)).toMatchObject({
      kind: 'heartbeat',
    });
    for (const query of [
      '',
      '?epoch=2&after=2',
      '?epoch=1&after=99',
      '?after=2',
    ]) {
      expect(await first(query)).toMatchObject({ kind: 'full' });
    }
    expect(
      await rooms.call('GET', '/allowlist/stream?after=x', {}),
    ).toMatchObject({ status: 400 });
  });

  it('reaches gateways of another replica within a second and a half', async () => {
    const gateway = await enrol();
    const other = await startRooms(world, config);
    cleanups.push(async () => {
      await other.publisher.stop();
      await other.stop();
    });
    other.publisher.start();
    const events = await stream(gateway, '', other);
    const full = take(gateway, (await events.next())?.signed);
    const start = performance.now();
    await commit(() => world.grants.push(grant('a1')));
    const delta = take(gateway, (await events.next())?.signed, full.header);
    expect(delta).toMatchObject({
      kind: 'delta',
      delta: { put: { grants: [{ id: 'a1' }] } },
    });
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it('prolongs what gateways hold', async () => {
    const gateway = await enrol();
    const events = await stream(gateway);
    const full = take(gateway, (await events.next())?.signed);
    world.clock.advance(15);
    await rooms.publisher.heartbeat();
    const beat = await events.next();
    expect(beat?.event).toBe('heartbeat');
    expect(take(gateway, beat?.signed, full.header).header).toMatchObject({
      version: full.header.version,
      notAfter: '2026-11-02T09:15:15.000Z',
    });
  });

  it('prolongs nothing while the database is away', async () => {
    const gateway = await enrol();
    const events = await stream(gateway);
    await events.next();
    await world.knex.schema.renameTable('ledger_head', 'away');
    await expect(rooms.publisher.heartbeat()).rejects.toThrow();
    await world.knex.schema.renameTable('away', 'ledger_head');
    await rooms.publisher.heartbeat();
    expect((await events.next())?.event).toBe('heartbeat');
  });

  it('drops what expired by the clock, without an event', async () => {
    await enrol();
    await commit(() =>
      world.grants.push(
        grant('a1', { expiresAt: '2026-11-02T10:00:00.000Z' }),
        grant('a2'),
      ),
    );
    const grants = async () => {
      const { payload } = await rooms.publisher.snapshot({
        knowsEndpoints: true,
      });
      return payload.kind === 'full' && payload.content.grants.map(g => g.id);
    };
    expect(await grants()).toEqual(['a1', 'a2']);
    world.clock.advance(3600);
    expect(await grants()).toEqual(['a2']);
    const { body } = await rooms.call('GET', '/allowlist', { as: 'admin' });
    expect(body.items).toMatchObject([{ approvalId: 'a2' }]);
    expect(await rooms.call('GET', '/allowlist', { as: 'ann' })).toMatchObject({
      status: 403,
    });
  });

  it('begins anew after the epoch was raised', async () => {
    const gateway = await enrol();
    const events = await stream(gateway);
    const first = take(gateway, (await events.next())?.signed);
    await rooms.call('POST', '/allowlist/epoch', {
      as: 'admin',
      body: {
        reason: 'The database was restored',
        stepUp: { challengeId: 'good', response: {} },
      },
    });
    const next = take(gateway, (await events.next())?.signed, first.header);
    expect(next).toMatchObject({ kind: 'full', header: { epoch: 2 } });
  });

  it('sends no older version of the same epoch as if it were news', async () => {
    const gateway = await enrol();
    await commit(() => {});
    const events = await stream(gateway);
    const first = take(gateway, (await events.next())?.signed);
    await world.knex('ledger_events').where({ seq: 2 }).delete();
    await world.knex('ledger_head').update({ seq: 1 });
    rooms.publisher.wake();
    const next = (await events.next())?.signed;
    expect(
      verifySnapshot(next, gateway.trusted, {
        now: world.clock.now(),
        highest: first.header,
      }),
    ).toMatchObject({ ok: false, code: 'older-than-held' });
  });

  it('hangs up on a gateway that was removed', async () => {
    const gateway = await enrol();
    const events = await stream(gateway);
    await events.next();
    await rooms.call('DELETE', `/gateways/${gateway.gatewayId}`, {
      as: 'admin',
    });
    expect(await events.next()).toBeUndefined();
  });
});
