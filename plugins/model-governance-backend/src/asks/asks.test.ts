import {
  createGatewayProof,
  generateSigningKey,
} from '@modelhub/governance-protocol';
import { mockCredentials } from '@backstage/backend-test-utils';
import { modelAskReadPermission } from '@modelhub/backstage-plugin-models-common';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import {
  createPortalWorld,
  databaseIds,
  startPortal,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';
import {
  createModelAskConditionalDecision,
  modelAskConditions as is,
} from './askRules';

jest.setTimeout(120_000);

type Criteria = Parameters<typeof createModelAskConditionalDecision>[1];

const hash = (letter: string) => letter.repeat(64);
const tool = (name: string, letter = 'a', risk = 2) => ({
  name,
  descriptionHash: hash(letter),
  risk,
});

/** Everybody asks and decides as far as the room lets them; nora manages gateways. */
const usual = (permission: string, user: string | undefined) =>
  permission !== 'model.gateway.manage' || user === 'user:default/nora';

describe.each(databaseIds)('questions to a person on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;
  let gateway: Gateway;
  let key: { id: string };

  const issue = (as: string, fields: object = {}) =>
    portal.as(as).post('/keys', {
      name: `key of ${as}`,
      profile: 'care',
      purpose: 'support',
      tier: 'internal',
      ...fields,
    });

  beforeEach(async () => {
    world = await createPortalWorld(databaseId);
    world.permit = usual;
    portal = await startPortal(world);
    await world
      .knex('access_profiles')
      .update({ owner: 'group:default/customer-care' });
    gateway = await enrol(portal, 'edge');
    key = (await issue('dana')).body;
  });

  afterEach(() => portal.stop());

  /** A gateway that proves each request. */
  type Gateway = Awaited<ReturnType<typeof enrol>>;

  async function enrol(at: Portal, name: string) {
    const { body: invitation } = await at
      .as('nora')
      .post('/gateways/invitations', { name });
    const pair = generateSigningKey();
    const { body } = await at.as('nora').post('/gateways/enrol', {
      token: invitation.token,
      name,
      publicKey: pair.publicKey,
    });
    const { gatewayId } = body;
    return {
      gatewayId,
      send: (
        method: 'get' | 'post' | 'delete',
        path: string,
        sent?: object,
        to: Portal = at,
      ) => {
        const route = `/api/model-governance${path}`;
        const proof = createGatewayProof({
          gatewayId,
          privateKey: pair.privateKey,
          method: method.toUpperCase(),
          path: route.split('?')[0],
          now: world.clock.now(),
        });
        const call = request(to.server)
          [method](route)
          .set('authorization', `Gateway ${proof}`);
        return sent ? call.send(sent) : call;
      },
    };
  }

  const question = (fields: object = {}) => ({
    id: randomUUID(),
    keyId: key.id,
    trace: 'trace-1',
    model: 'meta/llama',
    tools: [tool('pay')],
    seconds: 120,
    ...fields,
  });

  const open = async (fields: object = {}) => {
    const asked = question(fields);
    const { status, body } = await gateway.send('post', '/asks', asked);
    expect([status, body]).toEqual([200, expect.anything()]);
    return { id: asked.id, body };
  };

  const decide = (as: string, id: string, decision: string, more = {}) =>
    portal.as(as).post(`/asks/${id}/decide`, { decision, ...more });

  const seen = async (as: string, query = '') =>
    (await portal.as(as).get(`/asks${query}`)).body;

  const types = async () =>
    (
      await world
        .knex('ledger_events')
        .where('type', 'like', 'ask.%')
        .orderBy('seq')
    ).map(event => event.type);

  it('are put once, seen by those whom they concern, and answered', async () => {
    const asked = question({ tools: [tool('pay'), tool('mail', 'b', 0)] });
    for (let n = 0; n < 2; n++) {
      const { status, body } = await gateway.send('post', '/asks', asked);
      expect([status, body]).toEqual([200, { state: 'waiting' }]);
    }
    expect(await types()).toEqual(['ask.opened']);
    const other = { ...asked, model: 'another' };
    expect((await gateway.send('post', '/asks', other)).status).toBe(409);

    const page = await seen('lee');
    expect(page).toMatchObject({
      totalItems: 1,
      items: [
        {
          id: asked.id,
          state: 'waiting',
          gateway: 'edge',
          keyName: 'key of dana',
          keyOwner: 'user:default/dana',
          profile: 'care',
          model: 'meta/llama',
          trace: 'trace-1',
          tools: asked.tools,
          mayDecide: true,
        },
      ],
    });
    expect(page.items[0]).not.toHaveProperty('requestHash');

    const waiting = gateway.send('get', `/asks/${asked.id}?wait=20`);
    const waited = waiting.then(({ body }) => body);
    const before = Date.now();
    const decided = await decide('lee', asked.id, 'allow-trace');
    expect([decided.status, decided.body]).toEqual([
      200,
      expect.objectContaining({
        state: 'allowed',
        decidedBy: 'user:default/lee',
        mayDecide: false,
      }),
    ]);
    expect(await waited).toEqual({
      state: 'allowed',
      until: decided.body.until,
    });
    expect(Date.now() - before).toBeLessThan(2_000);
    expect(Date.parse(decided.body.until)).toBe(
      world.clock.now().getTime() + 3600_000,
    );
    expect(await types()).toEqual(['ask.opened', 'ask.allowed']);
    const events = await world
      .knex('ledger_events')
      .where('type', 'like', 'ask.%');
    // Names that callers chose are in the erasable table only.
    expect(JSON.stringify(events)).not.toMatch(/mail|key of dana|trace-1/);
  });

  it('reach a gateway that waits at another replica', async () => {
    const replica = await startPortal(world);
    const { id } = await open();
    const waited = gateway
      .send('get', `/asks/${id}?wait=20`, undefined, replica)
      .then(({ body }) => body);
    const { status } = await decide('lee', id, 'deny', { reason: 'Not now' });
    expect(status).toBe(200);
    expect(await waited).toMatchObject({ state: 'denied', reason: 'Not now' });
    await replica.stop();
  });

  it('are told to those who own the profile, but not to the owner of the key', async () => {
    await open();
    await portal.settle();
    expect(world.sent).toEqual([
      expect.objectContaining({
        recipients: ['group:default/customer-care'],
        title: 'A call waits for you: may it offer pay?',
        link: '/model-governance/asks',
      }),
    ]);
  });

  it('are nobody else’s to see or to decide', async () => {
    const { id } = await open();
    for (const stranger of ['kai', 'ines']) {
      expect(await seen(stranger)).toEqual({ items: [], totalItems: 0 });
      const refused = await decide(stranger, id, 'allow-once');
      expect(refused.status).toBe(404);
    }
    expect((await seen('nora')).totalItems).toBe(1);
    const service = await portal
      .as('service')
      .post(`/asks/${id}/decide`, { decision: 'allow-once' });
    expect(service.status).toBe(403);
    const agent = mockCredentials.user('user:default/lee', {
      actor: { subject: 'plugin:mcp' },
    });
    await expect(
      portal.rooms.asks.decide(agent, id, { decision: 'allow-once' }),
    ).rejects.toThrow(/Only a person/);
    const nobody = await request(portal.server)
      .post(`/api/model-governance/asks/${id}/decide`)
      .set('authorization', mockCredentials.none.header())
      .send({ decision: 'allow-once' });
    expect(nobody.status).toBe(401);
    expect((await decide('nora', id, 'allow-once')).status).toBe(200);
  });

  it('are not decided by the one whose key it is', async () => {
    const { id } = await open();
    const mine = (await seen('dana')).items[0];
    expect(mine).toMatchObject({
      mayDecide: false,
      whyNot: expect.stringMatching(/yours/),
    });
    expect((await decide('dana', id, 'allow-once')).status).toBe(403);
    expect(await types()).toEqual(['ask.opened']);
  });

  it('need the permission, as far as it goes', async () => {
    const { id } = await open();
    world.permit = (permission, user) =>
      permission === 'model.ask.decide' ? false : usual(permission, user);
    const denied = await decide('lee', id, 'allow-once');
    expect([denied.status, denied.body.error.message]).toEqual([
      403,
      expect.stringMatching(/model.ask.decide/),
    ]);
    const cases: Array<[Criteria, number]> = [
      [is.hasProfile({ profiles: ['care'] }), 1],
      [is.hasProfile({ profiles: ['other'] }), 0],
      [{ not: is.hasModel({ models: ['meta/llama'] }) }, 0],
      [
        {
          anyOf: [
            is.isKeyOwner({ claims: ['user:default/dana'] }),
            is.hasModel({ models: ['x'] }),
          ],
        },
        1,
      ],
    ];
    for (const [criteria, count] of cases) {
      world.permit = (permission, user) =>
        permission === 'model.ask.read'
          ? createModelAskConditionalDecision(modelAskReadPermission, criteria)
          : usual(permission, user);
      expect((await seen('lee')).totalItems).toBe(count);
      const { status } = await decide('lee', id, 'allow-trace', {
        reason: 'x',
      });
      // 400: the reason is too short; 404: it is not seen.
      expect(status).toBe(400);
      const visible = await decide('lee', id, 'deny');
      expect(visible.status).toBe(count === 1 ? 400 : 404);
    }
  });

  it('are decided once, whoever comes first', async () => {
    const { id } = await open();
    const answers = await Promise.all([
      decide('lee', id, 'allow-once'),
      decide('nora', id, 'deny', { reason: 'No, not this' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await types()).toHaveLength(2);
  });

  it('repeat an answer to the same idempotency key', async () => {
    const { id } = await open();
    const send = () =>
      portal
        .as('lee')
        .post(`/asks/${id}/decide`, { decision: 'allow-once' }, 'key-00000001');
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(await types()).toEqual(['ask.opened', 'ask.allowed']);
  });

  it('hold for the key, the tools and the trace, on every gateway, for an hour', async () => {
    const { id } = await open();
    await decide('lee', id, 'allow-trace');
    const second = await enrol(portal, 'far');
    const again = async (fields: object = {}) => {
      const { body } = await second.send('post', '/asks', question(fields));
      return body.state;
    };
    expect(await again()).toBe('allowed');
    expect(await again({ trace: 'trace-2' })).toBe('waiting');
    expect(await again({ trace: undefined })).toBe('waiting');
    expect(await again({ tools: [tool('pay', 'c')] })).toBe('waiting');
    expect(await again({ tools: [tool('pay'), tool('x')] })).toBe('waiting');
    const other = (await issue('lee')).body;
    expect(await again({ keyId: other.id })).toBe('waiting');
    world.clock.advance(3600);
    expect(await again()).toBe('waiting');
  });

  it('keep a refusal for the trace, and a permission given once for the call', async () => {
    const { id } = await open();
    await decide('lee', id, 'allow-once');
    expect((await open()).body).toEqual({ state: 'waiting' });
    const refused = await open({ tools: [tool('wipe', 'd')] });
    await decide('lee', refused.id, 'deny', { reason: 'Never do that' });
    const { body } = await open({ tools: [tool('wipe', 'd'), tool('pay')] });
    expect(body).toMatchObject({ state: 'denied', reason: 'Never do that' });
  });

  it('want a reason for a refusal, and a trace for more than one call', async () => {
    const { id } = await open({ trace: undefined });
    for (const [decision, words] of [
      ['deny', /Say why/],
      ['allow-trace', /belongs to no trace/],
    ] as const) {
      const { status, body } = await decide('lee', id, decision);
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringMatching(words),
      ]);
    }
    const { body } = await decide('lee', id, 'deny', { reason: 'Because so' });
    expect(body.until).toBeUndefined();
  });

  it('end when the call goes away, or nobody decides in time', async () => {
    const gone = await open();
    const withdrawn = await gateway.send('delete', `/asks/${gone.id}`);
    expect(withdrawn.body).toEqual({ state: 'withdrawn' });
    expect(
      (await decide('lee', gone.id, 'allow-once')).body.error.message,
    ).toMatch(/went away/);

    const late = await open({ seconds: 60 });
    world.clock.advance(61);
    expect((await seen('lee', '?state=waiting')).items).toMatchObject([
      { id: late.id, state: 'expired', mayDecide: false },
    ]);
    expect((await decide('lee', late.id, 'allow-once')).status).toBe(409);
    await portal.job('asks-expire');
    await portal.job('asks-expire');
    expect(await types()).toEqual([
      'ask.opened',
      'ask.withdrawn',
      'ask.opened',
      'ask.expired',
    ]);
    expect((await seen('lee', '?state=waiting')).totalItems).toBe(0);

    const decided = await open();
    await decide('lee', decided.id, 'allow-once');
    const kept = await gateway.send('delete', `/asks/${decided.id}`);
    expect(kept.body).toEqual({ state: 'allowed' });
    world.clock.advance(31 * 24 * 3600);
    await portal.job('asks-expire');
    expect((await seen('lee')).totalItems).toBe(0);
  });

  it('are put by gateways only, each its own', async () => {
    const { id } = await open();
    const second = await enrol(portal, 'far');
    for (const method of ['get', 'delete'] as const) {
      expect((await second.send(method, `/asks/${id}`)).status).toBe(404);
      const person = await request(portal.server)
        [method](`/api/model-governance/asks/${id}`)
        .set('authorization', mockCredentials.user.header('user:default/lee'));
      expect(person.status).toBe(401);
    }
    const put = await portal.as('lee').post('/asks', question());
    expect(put.status).toBe(401);
    const anonymous = await request(portal.server)
      .get('/api/model-governance/asks')
      .set('authorization', mockCredentials.none.header());
    expect(anonymous.status).toBe(401);
  });

  it.each([
    [{ keyId: 'nobody' }],
    [{ tools: [] }],
    [{ tools: [{ name: 'x', descriptionHash: 'short', risk: 1 }] }],
    [{ tools: [{ ...tool('x'), description: 'a prompt' }] }],
    [{ prompt: 'hello' }],
    [{ seconds: 0 }],
    [{ seconds: 90_000 }],
    [{ trace: 'x'.repeat(201) }],
    [{ id: 'not a uuid' }],
  ])('are refused when they are not as they should be: %j', async fields => {
    const { status } = await gateway.send('post', '/asks', question(fields));
    expect(status).toBe(400);
    expect(await types()).toEqual([]);
  });

  it('do not bury those who decide', async () => {
    for (let n = 0; n < 20; n++) await open({ tools: [tool(`t${n}`)] });
    const { status } = await gateway.send('post', '/asks', question());
    expect(status).toBe(429);
    const first = await seen('lee', '?limit=15');
    expect([first.items.length, first.totalItems]).toEqual([15, 20]);
    const rest = await seen('lee', `?limit=15&cursor=${first.nextCursor}`);
    const ids = [...first.items, ...rest.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(20);
    expect(rest.nextCursor).toBeUndefined();
  });
});
