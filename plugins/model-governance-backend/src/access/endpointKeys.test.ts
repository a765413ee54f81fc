import { mockCredentials } from '@backstage/backend-test-utils';
import {
  generateSigningKey,
  sha256Hex,
  type SignedSnapshot,
  type SnapshotKey,
} from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import { openStream } from '../__testUtils__/openStream';
import {
  createWorld,
  proofHeader,
  startRooms,
} from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const keyInput = {
  name: 'Tiny for an afternoon',
  profile: 'checkout',
  purpose: 'summaries',
  tier: 'sandbox',
  owner: 'group:default/checkout',
  endpoint: 'ep-1',
  expiresInHours: 9,
};

const binding = {
  gatewayId: 'acme/tiny',
  version: '1.0',
  baseUrl: 'http://127.0.0.1:4100/v1',
  model: 'tiny-q4',
};

const HOUR = 3600;
const NEW = 'experiments endpoint-keys';
const OLD = 'experiments';

/** A service of the portal, as the framework's own tokens say. */
const service = (name: string) => ({
  authorization: mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(`plugin:${name}`),
    targetPluginId: 'model-governance',
  }),
});

describe.each(databaseIds)('keys of endpoints on %s', databaseId => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Awaited<ReturnType<typeof startRooms>>;
  let gateway: { gatewayId: string; privateKey: string };
  let number = 0;

  beforeAll(async () => {
    world = await createWorld(databaseId);
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
      gateways: [{ name: 'one', enrolmentToken: 'the-token-of-gateway-one' }],
    });
    await rooms.declare();
    const key = generateSigningKey();
    const { body } = await rooms.call('POST', '/gateways/enrol', {
      body: {
        token: 'the-token-of-gateway-one',
        name: 'one',
        publicKey: key.publicKey,
      },
    });
    gateway = { privateKey: key.privateKey, gatewayId: body.gatewayId };
  });
  afterAll(() => rooms.stop());

  /** One test does not see the endpoints of another. */
  const issue = async (more: object = {}) => {
    number += 1;
    const { status, body } = await rooms.call('POST', '/keys', {
      as: 'ann',
      body: { ...keyInput, endpoint: `ep-${number}`, ...more },
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  };
  const bind = (
    id: string,
    more: object = {},
    headers: HeadersInit = service('model-serving'),
  ) =>
    rooms.call('PUT', `/keys/${id}/endpoint`, {
      body: { ...binding, ...more },
      headers,
    });
  /** What a gateway gets that says that it knows these features. */
  const taken = async (features: string): Promise<SnapshotKey[]> => {
    const path = '/allowlist/snapshot';
    const { body } = await rooms.call('GET', path, {
      headers: {
        ...proofHeader(gateway, { path, now: world.clock.now() }),
        'x-modelhub-gateway-features': features,
      },
    });
    const { payload } = body as SignedSnapshot;
    return payload.kind === 'full' ? payload.content.keys : [];
  };
  const takenKey = async (id: string, features = NEW) =>
    (await taken(features)).find(key => key.id === id);
  const events = async (id: string) =>
    (
      await rooms.call('GET', '/ledger?order=oldest', { as: 'admin' })
    ).body.items.filter(
      ({ subject }: { subject: string }) => subject === `key:${id}`,
    );

  it('opens nothing at first, then what is bound to it, then nothing again', async () => {
    const key = await issue();
    const { endpoint } = key;
    expect(key).toMatchObject({
      tier: 'sandbox',
      owner: 'group:default/checkout',
      secret: expect.stringMatching(/^mh_/),
      expiresAt: '2026-11-02T18:00:00.000Z',
    });
    const travels = {
      id: key.id,
      hash: sha256Hex(key.secret),
      profile: 'checkout',
      purpose: 'summaries',
      tier: 'sandbox',
      team: 'group:default/checkout',
      expiresAt: key.expiresAt,
    };
    expect(await takenKey(key.id)).toEqual({ ...travels, endpoint });

    const bound = await bind(key.id);
    expect(bound.status).toBe(200);
    expect(bound.body.endpoint).toEqual({
      ...endpoint,
      gatewayId: 'acme/tiny',
      version: '1.0',
      boundAt: world.clock.now().toISOString(),
    });
    expect(JSON.stringify(bound.body)).not.toContain('127.0.0.1');
    expect(await takenKey(key.id)).toEqual({
      ...travels,
      endpoint: { ...endpoint, ...binding },
    });

    const revoked = await rooms.call('DELETE', `/keys/${key.id}`, {
      headers: service('model-serving'),
    });
    expect(revoked.status).toBe(200);
    expect(await takenKey(key.id)).toBeUndefined();
    expect(
      (await events(key.id)).map(
        ({ summary, payload }: { summary: string; payload: object }) => [
          summary,
          payload,
        ],
      ),
    ).toEqual([
      [
        `user:default/ann issued a gateway key of the evaluation endpoint ${endpoint.id} for the profile “checkout” and the purpose “summaries”, up to the tier sandbox, owned by group:default/checkout.`,
        expect.objectContaining({ endpoint: endpoint.id }),
      ],
      [
        `The gateway key of the evaluation endpoint ${endpoint.id} opens acme/tiny@1.0 from now on.`,
        expect.objectContaining({ endpoint: endpoint.id, ...binding }),
      ],
      [
        `The gateway key of the evaluation endpoint ${endpoint.id} was revoked, because it ended.`,
        expect.anything(),
      ],
    ]);
  });

  it.each<[string, object, RegExp]>([
    ['of a higher tier', { tier: 'internal' }, /tier sandbox, not internal/],
    ['for days', { expiresInDays: 9 }, /Send expiresInHours/],
    ['for hours without one', { endpoint: undefined }, /Send expiresInDays/],
    ['for too many hours', { expiresInHours: 169 }, /168/],
    ['of an endpoint that no engine could name', { endpoint: 'Ep_1' }, /must/],
  ])('is not issued %s', async (_what, more, words) => {
    const { status, body } = await rooms.call('POST', '/keys', {
      as: 'ann',
      body: { ...keyInput, ...more },
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(words);
  });

  it('is for members of the profile, as any key', async () => {
    const { status } = await rooms.call('POST', '/keys', {
      as: 'stranger',
      body: { ...keyInput, owner: undefined },
    });
    expect(status).toBe(403);
  });

  it('is bound by nobody but the room of endpoints', async () => {
    const { id } = await issue();
    const others = [
      mockCredentials.user.header('user:default/admin'),
      mockCredentials.user.header('user:default/ann'),
      mockCredentials.service.header(),
    ].map(authorization => ({ authorization }));
    for (const headers of [...others, service('model-usage')]) {
      expect((await bind(id, {}, headers)).status).toBe(403);
    }
    expect((await takenKey(id))?.endpoint).toEqual({
      id: expect.any(String),
    });
  });

  it.each<[string, object]>([
    ['no http', { baseUrl: 'ftp://127.0.0.1/v1' }],
    ['credentials', { baseUrl: 'http://me:secret@127.0.0.1/v1' }],
    ['a query', { baseUrl: 'http://127.0.0.1/v1?a=b' }],
    ['a fragment', { baseUrl: 'http://127.0.0.1/v1#a' }],
    ['no model', { model: '' }],
    ['a line end', { version: '1.0\n' }],
    ['something else', { token: 'secret' }],
  ])('is not bound to an address or model with %s', async (_what, more) => {
    const { id } = await issue();
    expect((await bind(id, more)).status).toBe(400);
  });

  it('moves with its endpoint, and never becomes one of another model', async () => {
    const { id } = await issue();
    await bind(id);
    const count = async () => (await events(id)).length;
    const before = await count();
    expect((await bind(id)).status).toBe(200);
    expect(await count()).toBe(before);

    const baseUrl = 'http://127.0.0.1:4200/v1';
    expect((await bind(id, { baseUrl })).status).toBe(200);
    expect((await takenKey(id))?.endpoint?.baseUrl).toBe(baseUrl);
    expect(await count()).toBe(before + 1);

    for (const more of [{ gatewayId: 'acme/huge' }, { version: '2.0' }]) {
      const refused = await bind(id, more);
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toMatch(/bound to acme\/tiny@1.0/);
    }
    expect((await takenKey(id))?.endpoint?.version).toBe('1.0');
  });

  it('answers a binding that is sent twice once', async () => {
    const { id } = await issue();
    const headers = { ...service('model-serving'), 'idempotency-key': id };
    const [first, again] = [
      await bind(id, {}, headers),
      await bind(id, {}, headers),
    ];
    expect(again.body).toEqual(first.body);
    expect((await bind(id, { version: '2.0' }, headers)).status).toBe(400);
  });

  it('is not bound when it opens nothing any more, or is another kind of key', async () => {
    const [revoked, ended] = [await issue(), await issue()];
    const ordinary = await issue({
      endpoint: undefined,
      expiresInHours: undefined,
    });
    await rooms.call('DELETE', `/keys/${revoked.id}`, { as: 'ann' });
    world.clock.advance(9 * HOUR);
    const refused = async (id: string) => {
      const { status, body } = await bind(id);
      return [status, body.error.message];
    };
    expect(await refused(revoked.id)).toEqual([
      409,
      expect.stringMatching(/is revoked/),
    ]);
    expect(await refused(ended.id)).toEqual([
      409,
      expect.stringMatching(/has ended/),
    ]);
    expect(await refused(ordinary.id)).toEqual([
      409,
      expect.stringMatching(/not the key of an evaluation endpoint/),
    ]);
    expect((await refused('nothing'))[0]).toBe(404);
  });

  it('gets a new secret without an overlap, and stays bound', async () => {
    const key = await issue();
    await bind(key.id);
    const rotate = (body: object) =>
      rooms.call('POST', `/keys/${key.id}/rotate`, { as: 'ann', body });
    expect((await rotate({ expiresInDays: 9 })).status).toBe(400);
    const { status, body } = await rotate({ overlapHours: 9 });
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('previous');
    expect(body.expiresAt).toBe(key.expiresAt);
    expect(await takenKey(key.id)).toMatchObject({
      hash: sha256Hex(body.secret),
      endpoint: binding,
    });
  });

  it('is listed apart, as long as it lives', async () => {
    const { id } = await issue();
    const listed = async () => {
      const { body } = await rooms.call('GET', '/keys', { as: 'ann' });
      const has = (items: Array<{ id: string }>) =>
        items.some(key => key.id === id);
      return [has(body.items), has(body.endpointKeys)];
    };
    expect(await listed()).toEqual([false, true]);
    await rooms.call('DELETE', `/keys/${id}`, { as: 'ann' });
    expect(await listed()).toEqual([false, false]);
  });

  it('is no key at all to gateways that do not know it', async () => {
    const path = '/allowlist/stream';
    const open = (features: string) =>
      openStream(`${rooms.url}${path}`, {
        ...proofHeader(gateway, { path, now: world.clock.now() }),
        'x-modelhub-gateway-features': features,
      });
    const [older, newer] = [await open(OLD), await open(NEW)];
    await older.next();
    await newer.next();
    const { id } = await issue();
    const put = async (stream: typeof older) => {
      const payload = (await stream.next())?.signed.payload;
      return payload?.kind === 'delta' && payload.delta.put.keys;
    };
    expect(await put(newer)).toMatchObject([{ id, endpoint: {} }]);
    expect(await put(older)).toBeUndefined();
    await bind(id);
    expect(await put(newer)).toMatchObject([{ id, endpoint: binding }]);
    expect(await put(older)).toBeUndefined();
    older.close();
    newer.close();
    expect(await takenKey(id, OLD)).toBeUndefined();
    expect((await taken(OLD)).length).toBeGreaterThan(0);

    // A replica of the former version reads this column and knows no other.
    const { hash } = await world.knex('access_keys').where({ id }).first();
    expect(hash).not.toBe((await takenKey(id))?.hash);
  });
});
