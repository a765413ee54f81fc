import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { someModel } from '../__testUtils__/someModel';
import {
  startServing,
  World,
  type Serving,
} from '../__testUtils__/startServing';

jest.setTimeout(60_000);

const talker = { entityRef: 'model:acme/talker' };
const checked = {
  code: 'not-approved',
  message: 'Model acme/talker is not approved.',
};

describe.each(databaseIds)('evaluation endpoints on %s', databaseId => {
  const start = async (settings = {}, world = new World()) =>
    startServing(await migratedDatabase(databaseId), world, settings);
  const stateOf = async ({ endpoints, as }: Serving, id: string) =>
    (await endpoints.get(as('dana'), id)).state;

  it('are there after one click, live for their time, and leave nothing', async () => {
    const serving = await start();
    const { endpoints, as, world, reconciler } = serving;
    const { engine, governance } = world;
    const started = await endpoints.start(as('dana'), {
      ...talker,
      note: 'For the search page',
    });
    expect(started).toMatchObject({
      state: 'queued',
      secret: 'mh_key-1',
      team: 'group:default/checkout',
      profile: 'checkout',
      purpose: 'experimentation',
      tier: 'sandbox',
      resources: { gpus: 1, gpu: 'l4-24gb' },
      mayStop: true,
      mayExtend: false,
    });
    await reconciler.runDue();
    const ready = await endpoints.get(as('dana'), started.id);
    expect(ready).toMatchObject({
      state: 'ready',
      endsAt: '2026-11-25T13:00:00.000Z',
      mayExtend: true,
      cost: { known: true, perHour: 0.8, soFar: { amount: 0 } },
      connection: {
        gatewayUrl: 'https://models.acme.example/v1',
        model: 'acme/talker@1.0',
      },
    });
    expect(ready).not.toHaveProperty('secret');
    expect(governance.keys.get('key-1')).toMatchObject({
      tier: 'sandbox',
      boundTo: {
        gatewayId: 'acme/talker',
        version: '1.0',
        baseUrl: `http://127.0.0.1:41000/${started.id}/v1`,
      },
    });
    expect(engine.running.get(started.id)?.request).toMatchObject({
      kind: 'evaluation',
      team: 'group:default/checkout',
      owner: 'user:default/dana',
      token: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(world.sent.at(-1)?.payload).toMatchObject({
      title: 'Your evaluation endpoint of TALKER 1.0 is ready',
      link: `/model-serving/endpoints/${started.id}`,
    });

    await serving.pass(3.76);
    expect(world.sent.at(-1)?.payload.title).toMatch(/ends in 15 minutes/);
    expect(await stateOf(serving, started.id)).toBe('ready');
    await serving.pass(0.24);
    const ended = await endpoints.get(as('dana'), started.id);
    expect(ended).toMatchObject({
      state: 'ended',
      endReason: 'time-over',
      mayStop: false,
      cost: { soFar: { amount: 3.2, currency: 'USD' } },
    });
    expect(ended.connection).toBeUndefined();
    expect(engine.running.size).toBe(0);
    expect(governance.keys.get('key-1')?.revokedAt).toBeDefined();
    const { items } = await endpoints.events(as('dana'), started.id);
    expect(items.map(({ source, type }) => `${source} ${type}`)).toEqual([
      'hub asked',
      'hub approved',
      'hub admit',
      'hub ready',
      'engine Pulled',
      'hub warned',
      'hub stop',
      'hub gone',
    ]);
  });

  it('wait for the checks, which run by themselves', async () => {
    const serving = await start();
    const { endpoints, as, world, reconciler } = serving;
    world.governance.refusals.set(talker.entityRef, checked);
    const { id, state } = await endpoints.start(as('dana'), talker);
    expect(state).toBe('checking');
    expect(world.governance.filed).toEqual([
      {
        by: 'user:default/dana',
        justification: 'To try it at an evaluation endpoint for 4 hours.',
      },
    ]);
    // A second one goes on with the same request.
    const other = await endpoints.start(as('dana'), talker);
    expect(other.approvalId).toBe('approval-1');
    await reconciler.runDue();
    expect(world.engine.running.size).toBe(0);
    world.governance.conclude('approval-1', 'approved');
    await serving.pass(0.01, 4_000);
    expect(await stateOf(serving, id)).toBe('ready');
  });

  it('are refused with what the checks found, and hold nothing', async () => {
    const serving = await start();
    const { endpoints, as, world } = serving;
    world.governance.refusals.set(talker.entityRef, checked);
    const { id } = await endpoints.start(as('dana'), talker);
    world.governance.conclude('approval-1', 'changes-requested', [
      {
        gateId: 'licence',
        title: 'Licence',
        status: 'fail',
        summary: 'It forbids that.',
        required: true,
        attempts: 1,
      },
    ]);
    await serving.pass(0.01, 4_000);
    expect(await endpoints.get(as('dana'), id)).toMatchObject({
      state: 'refused',
      approvalId: 'approval-1',
      message:
        'The sandbox checks said no. Licence: It forbids that. See request approval-1 for what to do.',
    });
    expect(world.engine.calls.join()).not.toMatch(/provision/);
    expect(world.governance.keys.get('key-1')?.revokedAt).toBeDefined();
  });

  it('are begun once, however often the same is asked', async () => {
    const serving = await start();
    const { endpoints, as, world } = serving;
    const first = await endpoints.start(as('dana'), talker, 'key-00000001');
    const again = await endpoints.start(as('dana'), talker, 'key-00000001');
    expect(again.id).toBe(first.id);
    expect(again).not.toHaveProperty('secret');
    expect(world.governance.keys.size).toBe(1);
    await expect(
      endpoints.start(as('dana'), { ...talker, note: 'other' }, 'key-00000001'),
    ).rejects.toThrow(/was used for another request/);
  });

  it('are not there for others', async () => {
    const serving = await start();
    const { endpoints, as } = serving;
    const { id } = await serving.begin();
    await expect(endpoints.get(as('olga'), id)).rejects.toThrow(
      /There is no evaluation endpoint/,
    );
    await expect(endpoints.stop(as('olga'), id)).rejects.toThrow(/There is no/);
    expect((await endpoints.list(as('olga'), {})).items).toEqual([]);
    const carls = await endpoints.get(as('carl'), id);
    expect(carls).toMatchObject({ mayStop: true, mayRenewKey: false });
    expect(await endpoints.get(as('root'), id)).toMatchObject({
      mayStop: true,
      mayExtend: false,
      connection: undefined,
    });
    await expect(endpoints.renewKey(as('carl'), id)).rejects.toThrow(
      /only they get a new secret/,
    );
    await endpoints.stop(as('carl'), id);
    await serving.reconciler.runDue();
    expect(await endpoints.get(as('dana'), id)).toMatchObject({
      state: 'ended',
      endedBy: 'user:default/carl',
    });
    expect(serving.world.sent.at(-1)?.payload.title).toMatch(/ends$/);
  });

  it('are listed page by page, newest first, and by filter', async () => {
    const serving = await start({ quotas: { default: { endpoints: 9 } } });
    const { endpoints, as, world } = serving;
    world.add(someModel('other'));
    for (let n = 0; n < 5; n++) {
      await serving.begin(
        n % 2 ? 'carl' : 'dana',
        ['model:acme/talker', 'model:acme/other'][n % 2],
      );
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await endpoints.list(as('dana'), { limit: 2, cursor });
      seen.push(...page.items.map(({ createdAt, id }) => `${createdAt} ${id}`));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(5);
    const count = async (query: object) =>
      (await endpoints.list(as('dana'), query)).items.length;
    expect(await count({ mine: true })).toBe(3);
    expect(await count({ entityRef: 'model:acme/other' })).toBe(2);
    expect(await count({ state: ['ready'] })).toBe(4);
    expect(await count({ state: ['queued'] })).toBe(1);
    expect(await count({ team: 'group:default/search' })).toBe(0);
    await expect(
      endpoints.list(as('dana'), { cursor: 'bm9uZQ' }),
    ).rejects.toThrow(/not one of this list/);
  });

  it('live longer once, and the engine hears of it', async () => {
    const serving = await start();
    const { endpoints, as, world } = serving;
    const { id } = await serving.begin();
    const extended = await endpoints.extend(as('carl'), id, 'key-00000002');
    expect(extended).toMatchObject({
      endsAt: '2026-11-25T17:00:00.000Z',
      mayExtend: false,
      hours: 8,
    });
    expect(
      (await endpoints.extend(as('carl'), id, 'key-00000002')).endsAt,
    ).toBe('2026-11-25T17:00:00.000Z');
    await expect(endpoints.extend(as('dana'), id)).rejects.toThrow(/once/);
    await serving.pass(0.02);
    expect(world.engine.running.get(id)?.request.expiresAt).toBe(
      '2026-11-25T17:00:00.000Z',
    );
    await serving.pass(7);
    expect(await stateOf(serving, id)).toBe('ready');
    await serving.pass(1);
    expect(await stateOf(serving, id)).toBe('ended');
  });

  it('wait in turn with their place, and begin when there is room', async () => {
    const serving = await start({
      quotas: { default: { gpus: 3, endpoints: 3 } },
    });
    const { endpoints, as, world } = serving;
    world.engine.totalGpus = 2;
    const first = await serving.begin();
    await serving.begin();
    const { id: thirdId } = await serving.begin();
    const olgas = await serving.begin('olga');
    const third = await endpoints.get(as('dana'), thirdId);
    expect(third).toMatchObject({ state: 'queued', queuePosition: 2 });
    expect(olgas).toMatchObject({ state: 'queued', queuePosition: 1 });
    expect(olgas.message).toMatch(/2 of 2 GPUs of the engine are taken/);
    await endpoints.stop(as('dana'), first.id);
    await serving.reconciler.runDue();
    expect((await endpoints.get(as('olga'), olgas.id)).state).toBe('ready');
    expect(await stateOf(serving, third.id)).toBe('queued');
    expect(world.engine.mostGpus).toBe(2);
    expect(await endpoints.preview(as('dana'), talker)).toMatchObject({
      mayCreate: true,
      queuePosition: 2,
      quota: {
        gpus: { used: 1, limit: 3 },
        endpoints: { used: 1, limit: 3 },
        today: { used: 3, limit: 40 },
      },
      existing: { state: 'ready' },
    });
  });

  it('never take more GPUs than there are, with replicas that race', async () => {
    const world = new World();
    const knex = await migratedDatabase(databaseId);
    const settings = {
      quotas: { default: { gpus: 9, endpoints: 20 } },
      engines: { gpus: { gpus: 3 } },
    };
    const replicas = await Promise.all(
      [1, 2, 3].map(() => startServing(knex, world, settings)),
    );
    for (let n = 0; n < 9; n++) {
      await replicas[n % 3].endpoints.start(
        replicas[0].as(n % 2 ? 'olga' : 'dana'),
        talker,
      );
    }
    await Promise.all(replicas.map(({ reconciler }) => reconciler.runDue()));
    expect(world.engine.mostGpus).toBe(3);
    expect(world.engine.running.size).toBe(3);
    const provisioned = world.engine.calls.filter(call =>
      call.startsWith('provision'),
    );
    expect(provisioned).toHaveLength(3);
  });

  it('open what the playground may use, and nothing else', async () => {
    const serving = await start();
    const { access, endpoints, as } = serving;
    const { id } = await serving.begin();
    const refs = (name: string, team: string) => ({
      ref: `user:default/${name}`,
      refs: [`user:default/${name}`, `group:default/${team}`],
    });
    const carl = refs('carl', 'checkout');
    expect(await access.usable(carl)).toEqual([
      expect.objectContaining({ id, model: 'acme/talker@1.0' }),
    ]);
    expect(await access.usable(carl, { profile: 'search' })).toEqual([]);
    expect((await access.open(carl, id)).secret).toBe('mh_key-1');
    await expect(access.open(refs('olga', 'search'), id)).rejects.toThrow(
      /There is no/,
    );
    const renewed = await endpoints.renewKey(as('dana'), id);
    expect(renewed.secret).toBe('mh_key-1+');
    expect((await access.open(carl, id)).secret).toBe('mh_key-1+');
    await endpoints.stop(as('dana'), id);
    await expect(access.open(carl, id)).rejects.toThrow(/is not ready/);
  });
});
