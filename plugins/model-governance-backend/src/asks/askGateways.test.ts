import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { databaseIds, startPortal } from '../__testUtils__';
import { AskWorld, tool } from './__testUtils__';

jest.setTimeout(120_000);

describe.each(databaseIds)('questions that gateways put on %s', databaseId => {
  let asks: AskWorld;

  beforeEach(async () => {
    asks = await AskWorld.create(databaseId);
  });
  afterEach(() => asks.stop());

  it('reach a gateway that waits at another replica', async () => {
    const replica = await startPortal(asks.world);
    const { id } = await asks.open();
    const waited = asks.gateway
      .send('get', `/asks/${id}?wait=20`, undefined, replica)
      .then(({ body }) => body);
    const { status } = await asks.decide('lee', id, 'deny', {
      reason: 'Not now',
    });
    expect(status).toBe(200);
    expect(await waited).toMatchObject({ state: 'denied', reason: 'Not now' });
    await replica.stop();
  });

  it('are put by gateways only, each its own', async () => {
    const { id } = await asks.open();
    const second = await asks.enrol('far');
    for (const method of ['get', 'delete'] as const) {
      expect((await second.send(method, `/asks/${id}`)).status).toBe(404);
      const person = await request(asks.portal.server)
        [method](`/api/model-governance/asks/${id}`)
        .set('authorization', mockCredentials.user.header('user:default/lee'));
      expect(person.status).toBe(401);
    }
    const put = await asks.portal.as('lee').post('/asks', asks.question());
    expect(put.status).toBe(401);
    const anonymous = await request(asks.portal.server)
      .get('/api/model-governance/asks')
      .set('authorization', mockCredentials.none.header());
    expect(anonymous.status).toBe(401);
  });

  it('do not bury those who decide', async () => {
    for (let n = 0; n < 20; n++) await asks.open({ tools: [tool(`t${n}`)] });
    const { status } = await asks.gateway.send(
      'post',
      '/asks',
      asks.question(),
    );
    expect(status).toBe(429);
    const first = await asks.seen('lee', '?limit=15');
    expect([first.items.length, first.totalItems]).toEqual([15, 20]);
    const rest = await asks.seen('lee', `?limit=15&cursor=${first.nextCursor}`);
    const ids = [...first.items, ...rest.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(20);
    expect(rest.nextCursor).toBeUndefined();
  });
});
