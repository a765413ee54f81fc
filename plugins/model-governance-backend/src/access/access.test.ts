import { sha256Hex } from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import { createWorld, startRooms } from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const scopes = {
  profiles: [
    { id: 'checkout', members: ['group:default/checkout'] },
    { id: 'search', members: ['group:default/search-discovery'] },
  ],
  purposes: [{ id: 'summaries', dataClasses: ['internal'] }],
};

const keyInput = {
  name: 'my laptop',
  profile: 'checkout',
  purpose: 'summaries',
  tier: 'internal',
};

describe.each(databaseIds)('access on %s', databaseId => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Awaited<ReturnType<typeof startRooms>>;
  const types = () =>
    world.knex('ledger_events').orderBy('seq').pluck('type') as Promise<
      string[]
    >;

  beforeEach(async () => {
    world = await createWorld(databaseId);
    rooms = await startRooms(world);
    await rooms.call('POST', '/purposes', {
      as: 'admin',
      body: { ...scopes.purposes[0], title: 'Summaries', regions: [] },
    });
    for (const profile of scopes.profiles) {
      await rooms.call('POST', '/access-profiles', {
        as: 'admin',
        body: { ...profile, title: profile.id },
      });
    }
  });
  afterEach(() => rooms.stop());

  it('manages profiles and purposes, by permission', async () => {
    const list = await rooms.call('GET', '/access-profiles', { as: 'ann' });
    expect(list.body.items).toEqual([
      {
        id: 'checkout',
        title: 'checkout',
        members: ['group:default/checkout'],
        enforcement: 'enforce',
        settings: { sanitation: { requests: { secrets: 'redact' } } },
        mine: true,
      },
      expect.objectContaining({ id: 'search', mine: false }),
    ]);
    const body = {
      id: 'checkout',
      title: 'Checkout',
      members: ['Group:default/Checkout', 'user:default/bob'],
      enforcement: 'warn',
    };
    const path = '/access-profiles/checkout';
    expect(await rooms.call('PUT', path, { as: 'ann', body })).toMatchObject({
      status: 403,
    });
    expect(await rooms.call('PUT', path, { as: 'admin', body })).toMatchObject({
      status: 200,
      body: {
        members: ['group:default/checkout', 'user:default/bob'],
        enforcement: 'warn',
      },
    });
    expect(
      (await rooms.call('GET', '/purposes', { as: 'ann' })).body.items,
    ).toMatchObject([{ id: 'summaries', dataClasses: ['internal'] }]);
    expect(await types()).toEqual([
      'purpose.created',
      'profile.created',
      'profile.created',
      'profile.updated',
    ]);
    const events = await world.knex('ledger_events').pluck('payload');
    expect(events.join()).not.toContain('bob');
  });

  it.each([
    [{ id: 'UPPER', title: 'x', members: [] }, 400, /pattern/],
    [{ id: 'x', title: 'x', members: ['nonsense'] }, 400, /entity reference/],
    [
      { id: 'x', title: 'x', members: ['group:default/none'] },
      400,
      /not in the catalog/,
    ],
    [{ id: 'checkout', title: 'x', members: [] }, 409, /already/],
    [{ id: 'x', title: 'x', members: [], more: 1 }, 400, /additional/],
  ])('refuses profile %j', async (body, status, message) => {
    const before = await types();
    const answer = await rooms.call('POST', '/access-profiles', {
      as: 'admin',
      body,
    });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(message);
    expect(await types()).toEqual(before);
  });

  it('refuses to change what is not there, or its id', async () => {
    const body = { id: 'other', title: 'x', members: [] };
    const put = (id: string) =>
      rooms.call('PUT', `/access-profiles/${id}`, { as: 'admin', body });
    expect((await put('checkout')).body.error.message).toMatch(
      /does not change/,
    );
    expect(await put('other')).toMatchObject({ status: 404 });
  });

  it('issues a key that is shown once and kept as a hash', async () => {
    const headers = { 'idempotency-key': 'issue-key-1' };
    const issue = () =>
      rooms.call('POST', '/keys', { as: 'ann', body: keyInput, headers });
    const first = await issue();
    expect(first.status).toBe(201);
    expect(first.headers.get('cache-control')).toBe('no-store');
    const { secret, ...key } = first.body;
    expect(secret).toMatch(/^mh_[A-Za-z0-9_-]{43}$/);
    expect(key).toMatchObject({
      hint: secret.slice(-4),
      owner: 'user:default/ann',
      issuedBy: 'user:default/ann',
    });

    expect(await issue()).toMatchObject({ status: 201, body: key });
    expect((await issue()).body.secret).toBeUndefined();

    const row = await world.knex('access_keys').first();
    expect(row.hash).toBe(sha256Hex(secret));
    for (const table of [
      'access_keys',
      'idempotency_keys',
      'ledger_events',
      'outbox',
    ]) {
      expect(JSON.stringify(await world.knex(table))).not.toContain(secret);
    }
    const { content } = await rooms.publisher.current();
    expect(content.keys).toEqual([
      {
        id: key.id,
        hash: row.hash,
        profile: 'checkout',
        purpose: 'summaries',
        tier: 'internal',
        // Nobody asked for an end.
        expiresAt: '2027-01-31T09:00:00.000Z',
      },
    ]);
  });

  it('issues no key in another person’s name, member of the profile or not', async () => {
    await rooms.call('PUT', '/access-profiles/checkout', {
      as: 'admin',
      body: {
        id: 'checkout',
        title: 'Checkout',
        members: ['group:default/checkout', 'user:default/bob'],
      },
    });
    const answer = await rooms.call('POST', '/keys', {
      as: 'ann',
      body: { ...keyInput, owner: 'user:default/bob' },
    });
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toMatch(/not for user:default\/bob/);
  });

  it('issues keys for components of the profile, and none beyond one’s reach', async () => {
    const issue = async (as: string, more: object) => {
      const { status, body } = await rooms.call('POST', '/keys', {
        as,
        body: { ...keyInput, ...more },
      });
      return [status, body.error?.message];
    };
    expect(await issue('bob', {})).toEqual([
      403,
      expect.stringMatching(/not a member/),
    ]);
    expect(await issue('ann', { owner: 'group:default/ml-platform' })).toEqual([
      403,
      expect.stringMatching(/not for group/),
    ]);
    expect(await issue('ann', { owner: 'group:default/nobody' })).toEqual([
      400,
      expect.stringMatching(/not in the catalog/),
    ]);
    expect(await issue('ann', { profile: 'none' })).toEqual([
      400,
      expect.stringMatching(/no access profile 'none'/),
    ]);
    expect(await issue('ann', { purpose: 'none' })).toEqual([
      400,
      expect.stringMatching(/no purpose 'none'/),
    ]);
    expect(await issue('ann', { tier: 'all' })).toEqual([
      400,
      expect.stringMatching(/tier/),
    ]);
    expect(await world.knex('access_keys')).toEqual([]);

    expect(await issue('ann', { owner: 'group:default/checkout' })).toEqual([
      201,
      undefined,
    ]);
    expect(
      await issue('admin', { owner: 'component:default/checkout-api' }),
    ).toEqual([201, undefined]);
    const names = async (as: string) =>
      (await rooms.call('GET', '/keys', { as })).body.items.map(
        (key: { owner: string }) => key.owner,
      );
    expect(await names('ann')).toEqual(['group:default/checkout']);
    expect(await names('bob')).toEqual([]);
    expect(await names('admin')).toHaveLength(2);
  });

  it('revokes keys of one’s own, once', async () => {
    const { body: key } = await rooms.call('POST', '/keys', {
      as: 'ann',
      body: { ...keyInput, expiresInDays: 30 },
    });
    expect(key.expiresAt).toBe('2026-12-02T09:00:00.000Z');
    const revoke = (as: string) =>
      rooms.call('DELETE', `/keys/${key.id}`, { as });
    expect(await revoke('bob')).toMatchObject({ status: 404 });
    expect((await rooms.publisher.current()).content.keys).toHaveLength(1);
    expect(await revoke('ann')).toMatchObject({
      status: 200,
      body: { revokedAt: '2026-11-02T09:00:00.000Z' },
    });
    expect(await revoke('ann')).toMatchObject({ status: 200 });
    expect((await types()).filter(type => type === 'key.revoked')).toHaveLength(
      1,
    );
    expect((await rooms.publisher.current()).content.keys).toEqual([]);
  });

  it('needs somebody who signed in', async () => {
    for (const path of ['/access-profiles', '/purposes', '/keys', '/ledger']) {
      expect(await rooms.call('GET', path, {})).toMatchObject({ status: 401 });
    }
  });
});
