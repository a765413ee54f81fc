import { sha256Hex } from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import { createWorld, startRooms } from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const keyInput = {
  name: 'my laptop',
  profile: 'checkout',
  purpose: 'summaries',
  tier: 'internal',
};

const HOUR = 3600;

describe.each(databaseIds)('the life of gateway keys on %s', databaseId => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Awaited<ReturnType<typeof startRooms>>;

  const start = async (config: object = {}) => {
    rooms = await startRooms(world, {
      purposes: [
        { id: 'summaries', title: 'Summaries', dataClasses: ['internal'] },
      ],
      profiles: [
        {
          id: 'checkout',
          title: 'Checkout',
          owner: 'group:default/checkout',
          members: ['group:default/checkout'],
        },
      ],
      ...config,
    });
    await rooms.declare();
  };
  beforeEach(async () => {
    world = await createWorld(databaseId);
  });
  afterEach(async () => {
    await rooms.publisher.stop();
    await rooms.stop();
  });

  const call = async (
    method: string,
    path: string,
    body?: object,
    as = 'ann',
    headers?: HeadersInit,
  ) => {
    const answer = await rooms.call(method, path, { as, body, headers });
    return { status: answer.status, body: answer.body, sent: answer.headers };
  };
  const issue = async (more: object = {}, as = 'ann') =>
    (await call('POST', '/keys', { ...keyInput, ...more }, as)).body;
  const rotate = (id: string, more: object = {}, as = 'ann', key?: string) =>
    call(
      'POST',
      `/keys/${id}/rotate`,
      more,
      as,
      key ? { 'idempotency-key': key } : undefined,
    );
  /** Hashes that gateways take now. */
  const taken = async () => {
    const { payload } = await rooms.publisher.snapshot({
      knowsEndpoints: true,
    });
    if (payload.kind !== 'full') throw new Error('Expected a full snapshot');
    return payload.content.keys.flatMap(({ hash, previous }) => [
      hash,
      ...(previous ? [previous.hash] : []),
    ]);
  };
  const summaries = async () =>
    (
      await rooms.call('GET', '/ledger?order=oldest', { as: 'admin' })
    ).body.items
      .filter(({ type }: { type: string }) => type.startsWith('key.'))
      .map(({ summary, text }: { summary: string; text: string }) => [
        summary,
        text,
      ]);
  const owners = () =>
    rooms.jobs.find(job => job.id.endsWith('key-owners'))!.run();

  it('gives a new secret while the old one still holds, and then it dies', async () => {
    await start();
    const key = await issue();
    world.clock.advance(10);
    const { status, body, sent } = await rotate(key.id, { overlapHours: 2 });
    expect(status).toBe(200);
    expect(sent.get('cache-control')).toBe('no-store');
    expect(body.secret).toMatch(/^mh_[A-Za-z0-9_-]{43}$/);
    expect(body.secret).not.toBe(key.secret);
    expect(body).toMatchObject({
      id: key.id,
      hint: body.secret.slice(-4),
      rotatedAt: '2026-11-02T09:00:10.000Z',
      expiresAt: key.expiresAt,
      previous: { hint: key.hint, until: '2026-11-02T11:00:10.000Z' },
    });
    const both = [sha256Hex(body.secret), sha256Hex(key.secret)];
    expect(await taken()).toEqual(both);
    // As gateways look secrets up.
    const index = await rooms.publisher.index();
    const known = (secret: string) =>
      index.keyOfSecret(secret, world.clock.now())?.id;
    expect([body.secret, key.secret].map(known)).toEqual([key.id, key.id]);
    for (const table of ['access_keys', 'idempotency_keys', 'ledger_events']) {
      const rows = JSON.stringify(await world.knex(table));
      expect(rows).not.toContain(body.secret);
    }

    world.clock.advance(2 * HOUR);
    expect([body.secret, key.secret].map(known)).toEqual([key.id, undefined]);
    expect(await taken()).toEqual(both.slice(0, 1));
    const { items } = (await call('GET', '/keys')).body;
    expect(items[0].previous).toBeUndefined();
    expect(await summaries()).toEqual([
      [
        'user:default/ann issued a gateway key for the profile “checkout” and the purpose “summaries”, up to the tier internal.',
        'my laptop',
      ],
      [
        'user:default/ann gave a gateway key of the profile “checkout” a new secret; the old one holds until 2 November 2026 at 11:00 UTC.',
        'my laptop',
      ],
    ]);
  });

  it('overlaps for a day by default, never beyond the old end, or not at all', async () => {
    await start();
    const short = await issue({ expiresInDays: 1 });
    world.clock.advance(HOUR);
    const renewed = await rotate(short.id, { expiresInDays: 30 });
    expect(renewed.body).toMatchObject({
      expiresAt: '2026-12-02T10:00:00.000Z',
      // The old secret was promised for a day only.
      previous: { until: '2026-11-03T09:00:00.000Z' },
    });
    const long = await issue();
    expect((await rotate(long.id)).body.previous.until).toBe(
      '2026-11-03T10:00:00.000Z',
    );
    const leaked = await issue();
    const { body } = await rotate(leaked.id, { overlapHours: 0 });
    expect(body.previous).toBeUndefined();
    expect(await taken()).not.toContain(sha256Hex(leaked.secret));
    expect((await summaries()).at(-1)[0]).toMatch(/the old one ended at once/);
  });

  it('keeps two secrets at most, and revoking ends both at once', async () => {
    await start();
    const key = await issue();
    const second = (await rotate(key.id)).body;
    const third = (await rotate(key.id)).body;
    expect(await taken()).toEqual([
      sha256Hex(third.secret),
      sha256Hex(second.secret),
    ]);
    const revoked = await call('DELETE', `/keys/${key.id}`);
    expect(revoked.body.previous).toBeUndefined();
    expect(await taken()).toEqual([]);
    expect(await rotate(key.id)).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/is revoked/) } },
    });
  });

  it('rotates once for a key of idempotency, and shows the secret once', async () => {
    await start();
    const key = await issue();
    const first = (await rotate(key.id, {}, 'ann', 'rotate-1')).body;
    const { secret, ...rest } = first;
    expect(secret).toBeDefined();
    const replay = (await rotate(key.id, {}, 'ann', 'rotate-1')).body;
    expect(replay).toEqual(rest);
    expect(await taken()).toContain(sha256Hex(secret));
    expect(await taken()).toContain(sha256Hex(key.secret));
  });

  it('lets only one of two rotations at the same moment win', async () => {
    await start();
    const key = await issue();
    const answers = await Promise.all([rotate(key.id), rotate(key.id)]);
    const won = answers.filter(({ status }) => status === 200);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect(await taken()).toContain(sha256Hex(won.at(-1)!.body.secret));
    expect(
      (await summaries()).filter(([text]: string[]) => /new secret/.test(text)),
    ).toHaveLength(won.length);
  });

  it('is for those who may issue the key now', async () => {
    await start();
    const key = await issue({ owner: 'group:default/checkout' });
    expect(await rotate(key.id, {}, 'bob')).toMatchObject({ status: 404 });
    expect(await rotate(key.id, {}, 'admin')).toMatchObject({ status: 200 });
    // She issued it, and is no member any more.
    world.organisation.groups['group:default/checkout'] = [];
    expect(await rotate(key.id)).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringMatching(/not a member/) } },
    });
    for (const more of [
      { overlapHours: -1 },
      { overlapHours: 721 },
      { overlapHours: 0.5 },
      { more: 1 },
    ]) {
      expect(await rotate(key.id, more, 'admin')).toMatchObject({
        status: 400,
      });
    }
  });

  it('ends keys, and bounds their life as configured', async () => {
    await start({ gatewayKeys: { defaultDays: 7, maxDays: 14 } });
    const { body } = await call('GET', '/keys');
    expect(body).toEqual({
      items: [],
      endpointKeys: [],
      expiry: { defaultDays: 7, maxDays: 14 },
    });
    const key = await issue();
    expect(key.expiresAt).toBe('2026-11-09T09:00:00.000Z');
    expect((await issue({ expiresInDays: 15 })).error.message).toMatch(
      /14 days at most, not 15/,
    );
    expect(
      (await rotate(key.id, { expiresInDays: 15 })).body.error.message,
    ).toMatch(/14 days at most/);
    world.clock.advance(7 * 24 * HOUR);
    expect(await taken()).toEqual([]);
    expect((await rotate(key.id)).body.error.message).toMatch(/has ended/);
  });

  it('carries limits and the team that owns it', async () => {
    await start();
    const limits = { requestsPerMinute: 10, maxConcurrent: 2 };
    await issue({ limits, owner: 'component:default/checkout-api' }, 'admin');
    await issue({ limits: { tokensPerMinute: 5 } });
    const { content } = await rooms.publisher.current();
    const told = content.keys.map(key => ({ team: key.team, ...key.limits }));
    expect(told).toHaveLength(2);
    expect(told).toContainEqual({
      team: 'component:default/checkout-api',
      ...limits,
    });
    expect(told).toContainEqual({ tokensPerMinute: 5 });
    expect((await summaries())[0][0]).toMatch(
      /, owned by component:default\/checkout-api\.$/,
    );
    for (const more of [
      { limits: { requestsPerMinute: 0 } },
      { limits: { perDay: 1 } },
      { owner: 'system:default/x' },
    ]) {
      expect(await issue(more, 'admin')).toMatchObject({
        error: { name: 'InputError' },
      });
    }
  });

  describe('whose owner is gone', () => {
    const owner = 'component:default/checkout-api';

    beforeEach(() => start({ gatewayKeys: { ownerGraceHours: 24 } }));

    it('is flagged, and revoked after the grace period', async () => {
      const kept = await issue();
      const key = await issue({ owner }, 'admin');
      await owners();
      expect(await summaries()).toHaveLength(2);

      world.organisation.others.delete(owner);
      await owners();
      await owners();
      const find = async () =>
        (await call('GET', '/keys', undefined, 'admin')).body.items.find(
          ({ id }: { id: string }) => id === key.id,
        );
      expect((await find()).ownerMissing).toEqual({
        since: '2026-11-02T09:00:00.000Z',
        revokedAfter: '2026-11-03T09:00:00.000Z',
      });
      expect(await taken()).toContain(sha256Hex(key.secret));
      expect((await rotate(key.id, {}, 'admin')).body.error.message).toMatch(
        /has lost its owner component:default\/checkout-api/,
      );
      const [notice] = await world.knex('outbox').where({
        topic: 'notification',
      });
      expect(JSON.parse(notice.payload)).toMatchObject({
        recipients: ['user:default/admin', 'group:default/checkout'],
        title: 'The owner of gateway key my laptop is gone',
      });

      world.clock.advance(24 * HOUR - 1);
      await owners();
      expect((await find()).revokedAt).toBeUndefined();
      world.clock.advance(1);
      await owners();
      expect(await find()).toMatchObject({
        revokedAt: '2026-11-03T09:00:00.000Z',
      });
      expect((await find()).ownerMissing).toBeUndefined();
      expect(await taken()).toEqual([sha256Hex(kept.secret)]);
      expect((await summaries()).slice(2)).toEqual([
        [
          'The owner of a gateway key of the profile “checkout” is not in the catalog any more; the key is revoked after 3 November 2026 at 09:00 UTC unless the owner comes back.',
          'my laptop',
        ],
        [
          'A gateway key of the profile “checkout” was revoked, because its owner is gone.',
          'my laptop',
        ],
      ]);
    });

    it('stays when the owner comes back, and while the catalog does not answer', async () => {
      const key = await issue({ owner }, 'admin');
      world.organisation.existing = async () => {
        throw new Error('The catalog is away');
      };
      await expect(owners()).rejects.toThrow('away');
      expect(await summaries()).toHaveLength(1);

      let there: string[] = [];
      world.organisation.existing = async () => new Set(there);
      await owners();
      world.clock.advance(12 * HOUR);
      there = [owner];
      await owners();
      world.clock.advance(24 * HOUR);
      await owners();
      expect(await taken()).toEqual([sha256Hex(key.secret)]);
      expect((await summaries()).at(-1)[0]).toMatch(/in the catalog again/);
      expect(await rotate(key.id, {}, 'admin')).toMatchObject({ status: 200 });
    });
  });
});
