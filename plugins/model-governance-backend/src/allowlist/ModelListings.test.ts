import type { Grant } from '@modelhub/backstage-plugin-models-common';
import type { SnapshotModel } from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import { createWorld, startRooms } from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const grant = (gatewayId: string): Grant => ({
  approvalId: gatewayId,
  kind: 'standard',
  entityRef: `model:${gatewayId}`,
  gatewayId,
  modelVersion: '1.0',
  digest: 'sha256:1',
  tier: 'internal',
  purpose: 'summaries',
  profile: 'checkout',
  approvedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2026-12-01T00:00:00.000Z',
});

describe.each(databaseIds)('listings of models on %s', databaseId => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Awaited<ReturnType<typeof startRooms>>;

  beforeEach(async () => {
    world = await createWorld(databaseId);
    rooms = await startRooms(world);
  });
  afterEach(async () => {
    await rooms.publisher.stop();
    await rooms.stop();
  });

  const refresh = (at = rooms) =>
    at.jobs.find(job => job.id.endsWith('listings'))?.run();
  const models = async (at = rooms): Promise<SnapshotModel[]> =>
    (await at.publisher.current()).content.models;
  const version = async () => (await rooms.publisher.current()).version;
  const ids = async () => (await models()).map(model => model.gatewayId);

  it('tells gateways of models that nobody has approved', async () => {
    world.organisation.addModel('model:meta/llama-4');
    world.organisation.addModel('model:meta/llama', {
      lifecycle: 'deprecated',
      supersededBy: 'llama-4',
    });
    await refresh();
    expect(await models()).toEqual([
      {
        gatewayId: 'meta/llama',
        entityRef: 'model:meta/llama',
        provider: 'meta',
        lifecycle: 'deprecated',
        successor: 'meta/llama-4',
      },
      {
        gatewayId: 'meta/llama-4',
        entityRef: 'model:meta/llama-4',
        provider: 'meta',
        lifecycle: 'active',
      },
    ]);
    const { body } = await rooms.call('POST', '/access/check', {
      as: 'ann',
      body: {
        gatewayId: 'meta/llama-4',
        tier: 'internal',
        purpose: 'summaries',
        profile: 'checkout',
      },
    });
    expect(body).toMatchObject({
      allowed: false,
      code: 'not-approved',
      requestUrl:
        'http://portal/model-governance/request?entityRef=model%3Ameta%2Fllama-4&tier=internal&purpose=summaries&profile=checkout',
    });
  });

  it('makes a version only when something changed', async () => {
    world.organisation.addModel('model:meta/llama');
    await refresh();
    const first = await version();
    await refresh();
    expect(await version()).toBe(first);
    world.organisation.addModel('model:meta/llama', { lifecycle: 'retired' });
    await refresh();
    expect(await version()).toBe(first + 1);
    expect(await models()).toMatchObject([{ lifecycle: 'retired' }]);
  });

  it('keeps an id with whoever claimed it first', async () => {
    world.organisation.addModel('model:zeta/llama', { gatewayId: 'llama' });
    await refresh();
    world.clock.advance(60);
    world.organisation.addModel('model:alpha/llama', { gatewayId: 'LLAMA' });
    await refresh();
    expect(await models()).toMatchObject([{ entityRef: 'model:zeta/llama' }]);
    world.organisation.addModel('model:zeta/llama', { gatewayId: 'zeta' });
    await refresh();
    expect(await ids()).toEqual(['LLAMA', 'zeta']);
    // A claim that was given up begins anew.
    world.organisation.addModel('model:zeta/llama', { gatewayId: 'llama' });
    world.clock.advance(60);
    await refresh();
    expect(await models()).toMatchObject([{ entityRef: 'model:alpha/llama' }]);
  });

  it('forgets a model when it was gone for ten minutes, not before', async () => {
    world.organisation.addModel('model:meta/a');
    world.organisation.addModel('model:meta/b');
    await refresh();
    world.organisation.catalog.delete('model:meta/a');
    const gone = world.organisation.catalog.get('model:meta/b');
    world.organisation.catalog.clear();
    await refresh();
    world.clock.advance(540);
    if (gone) world.organisation.catalog.set('model:meta/b', gone);
    await refresh();
    expect(await ids()).toEqual(['meta/a', 'meta/b']);
    world.clock.advance(60);
    await refresh();
    expect(await ids()).toEqual(['meta/b']);
    world.clock.advance(3600);
    await refresh();
    expect(await ids()).toEqual(['meta/b']);
  });

  it('leaves out what the format does not take', async () => {
    world.organisation.addModel('model:meta/a', { gatewayId: 'x'.repeat(300) });
    world.organisation.addModel('model:meta/b', { provider: 'two\nlines' });
    world.organisation.addModel('model:meta/c');
    await refresh();
    expect(await ids()).toEqual(['meta/c']);
    await expect(
      rooms.publisher.snapshot({ knowsEndpoints: true }),
    ).resolves.toBeDefined();
  });

  it('copies a model at once when it is approved', async () => {
    const { transactions, ledger } = rooms.foundation;
    world.organisation.addModel('model:meta/llama', {
      lifecycle: 'deprecated',
    });
    await rooms.publisher.current();
    world.grants.push(grant('meta/llama'));
    await transactions.run(tx =>
      ledger.append(tx, [
        {
          actor: { kind: 'system' },
          subject: 'approval:x',
          type: 'approval.approved',
          payload: {},
        },
      ]),
    );
    expect(await models()).toMatchObject([{ lifecycle: 'active' }]);
    const deadline = Date.now() + 5000;
    let [model] = await models();
    while (model.lifecycle !== 'deprecated' && Date.now() < deadline) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
      [model] = await models();
    }
    expect(model.lifecycle).toBe('deprecated');
  });

  it('bears five thousand models, with one event a batch, equal on all replicas', async () => {
    const other = await startRooms(world);
    for (let n = 0; n < 5000; n++) {
      world.organisation.addModel(`model:meta/m${n}`);
    }
    await Promise.all([refresh(), refresh(other)]);
    expect(await version()).toBe(10);
    const [here, there] = [await models(), await models(other)];
    expect(here).toHaveLength(5000);
    expect(there).toEqual(here);
    const [event] = await world.knex('ledger_events').where({ seq: 1 });
    expect(JSON.parse(event.payload).put).toHaveLength(500);

    world.organisation.addModel('model:meta/m7', { lifecycle: 'deprecated' });
    await refresh();
    expect(await version()).toBe(11);
    expect((await models(other)).find(m => m.lifecycle !== 'active')).toEqual(
      expect.objectContaining({ gatewayId: 'meta/m7' }),
    );
    await other.publisher.stop();
    await other.stop();
  });
});
