import { migratedDatabase } from '../__testUtils__/databases';
import {
  startServing,
  World,
  type Serving,
} from '../__testUtils__/startServing';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

// What differs between databases is in endpoints.test.ts.
const databaseId = 'SQLITE_3';

describe('what ends endpoints', () => {
  const start = async (world = new World()) =>
    startServing(await migratedDatabase(databaseId), world);
  const seen = async ({ endpoints, as }: Serving, id: string) =>
    endpoints.get(as('root'), id);
  const isHeld = ({ world }: Serving, id: string) =>
    world.engine.running.has(id);

  it.each([
    ['a day forth', 24 * HOUR_MS],
    ['a day back', -24 * HOUR_MS],
  ])('is their time, when the clock is set %s', async (_, step) => {
    const serving = await start();
    const { id } = await serving.begin();
    await serving.pass(1);
    serving.world.machine.wall += step;
    await serving.pass(2.9);
    expect(isHeld(serving, id)).toBe(true);
    await serving.pass(0.12, 30_000);
    expect(isHeld(serving, id)).toBe(false);
  });

  it('is their time, when the hub crashes and begins again, also with a clock that was set', async () => {
    const knex = await migratedDatabase(databaseId);
    const world = new World();
    const first = await startServing(knex, world);
    const { id } = await first.begin();
    await first.pass(1);
    await first.stop();
    world.machine.pass(2.5 * HOUR_MS);
    world.machine.wall -= 12 * HOUR_MS;
    const second = await startServing(knex, world);
    await second.pass(0.4);
    expect(isHeld(second, id)).toBe(true);
    await second.pass(0.12, 30_000);
    expect((await seen(second, id)).state).toBe('ended');
    expect(isHeld(second, id)).toBe(false);
  });

  it('is their time, when it passed while nobody was there', async () => {
    const knex = await migratedDatabase(databaseId);
    const world = new World();
    const first = await startServing(knex, world);
    const { id } = await first.begin();
    await first.stop();
    world.machine.pass(30 * HOUR_MS);
    world.machine.boot = 'boot-2';
    world.machine.uptime = 5_000;
    const second = await startServing(knex, world);
    await second.reconciler.runDue();
    expect((await seen(second, id)).state).toBe('ended');
  });

  it('goes on when another replica dies in the middle of a look', async () => {
    const knex = await migratedDatabase(databaseId);
    const world = new World();
    const serving = await startServing(knex, world);
    const { id } = await serving.begin();
    await serving.pass(3.99);
    // Another one took it, and was killed.
    const now = (await knex('serving_hub').first('time_ms')).time_ms;
    await knex('endpoints')
      .where({ id })
      .update({ leased_ms: now + 15_000 });
    await serving.pass(1 / 60, 5_000);
    expect((await seen(serving, id)).state).toBe('ended');
    expect(isHeld(serving, id)).toBe(false);
  });

  it('waits for an engine that is away, and counts nothing as gone before', async () => {
    const serving = await start();
    const { world } = serving;
    const { id } = await serving.begin();
    await serving.pass(3.9);
    world.engine.isAway = true;
    await serving.pass(1, MINUTE_MS);
    const waiting = await seen(serving, id);
    expect(waiting.state).toBe('stopping');
    expect(waiting.message).toMatch(/is tried again until nothing is left/);
    // Its key is dead although the engine is away, and its place is taken.
    expect(world.governance.keys.get('key-1')?.revokedAt).toBeDefined();
    expect(
      (
        await serving.endpoints.preview(serving.as('dana'), {
          entityRef: 'model:acme/talker',
        })
      ).quota?.gpus.used,
    ).toBe(1);
    world.engine.isAway = false;
    await serving.pass(1 / 60, 20_000);
    expect((await seen(serving, id)).state).toBe('ended');
    expect(isHeld(serving, id)).toBe(false);
  });

  it('tries a stop that fails ten times, all within a minute', async () => {
    const serving = await start();
    const { world, endpoints, as } = serving;
    const { id } = await serving.begin();
    world.engine.failingStops = 10;
    await endpoints.stop(as('dana'), id);
    await serving.pass(1 / 60, 1_000);
    expect(world.engine.failingStops).toBe(0);
    expect((await seen(serving, id)).state).toBe('ended');
  });

  it('revokes a key although governance was away at the end', async () => {
    const serving = await start();
    const { world, endpoints, as } = serving;
    const { id } = await serving.begin();
    await endpoints.stop(as('dana'), id);
    world.governance.isAway = true;
    await serving.pass(1 / 60, 10_000);
    expect((await seen(serving, id)).state).toBe('ended');
    expect(world.governance.keys.get('key-1')?.revokedAt).toBeUndefined();
    world.governance.isAway = false;
    await serving.pass(1 / 60, 10_000);
    expect(world.governance.keys.get('key-1')?.revokedAt).toBeDefined();
  });

  it.each([
    [
      'the approval ends',
      (world: World) =>
        world.governance.refusals.set('model:acme/talker', {
          code: 'not-approved',
          message: 'It was revoked.',
        }),
      'approval-ended',
    ],
    [
      'the model is retired',
      (world: World) =>
        world.governance.refusals.set('model:acme/talker', {
          code: 'retired',
          message: 'It is retired.',
        }),
      'model-unavailable',
    ],
  ])('ends what runs when %s', async (_, change, endReason) => {
    const serving = await start();
    const { id } = await serving.begin();
    change(serving.world);
    await serving.pass(1 / 60, 30_000);
    expect(await seen(serving, id)).toMatchObject({
      state: 'ended',
      endReason,
    });
    expect(serving.world.sent.at(-1)?.payload.description).toMatch(
      /may not run any more/,
    );
  });

  it('ends what belongs to somebody who left the team', async () => {
    const serving = await start();
    const { world } = serving;
    const { id } = await serving.begin();
    world.add({
      ...world.entities.get('user:default/dana')!,
      relations: [],
    });
    await serving.pass(1 / 60, 30_000);
    expect(await seen(serving, id)).toMatchObject({
      state: 'ended',
      endReason: 'left-team',
    });
  });

  it('gives up what does not get ready, and what the engine loses', async () => {
    const serving = await start();
    const { world } = serving;
    world.engine.begins = 'starting';
    const slow = await serving.begin();
    expect(slow.state).toBe('starting');
    await serving.pass(0.6);
    expect(await seen(serving, slow.id)).toMatchObject({
      state: 'failed',
      endReason: 'start-timeout',
    });
    world.engine.begins = 'ready';
    const lost = await serving.begin();
    world.engine.becomes(lost.id, 'failed', 'Out of memory');
    await serving.pass(1 / 60, 30_000);
    expect(await seen(serving, lost.id)).toMatchObject({
      state: 'failed',
      endReason: 'engine-failed',
      message: 'Out of memory',
    });
    expect(world.engine.running.size).toBe(0);
  });

  it('begins nothing while governance is away', async () => {
    const serving = await start();
    const { world, endpoints, as } = serving;
    const { id } = await endpoints.start(as('dana'), {
      entityRef: 'model:acme/talker',
    });
    world.governance.isAway = true;
    await serving.pass(1 / 60, 10_000);
    expect(await seen(serving, id)).toMatchObject({
      state: 'starting',
      message: expect.stringMatching(/nothing begins without it/),
    });
    expect(world.engine.running.size).toBe(0);
  });

  it('collects what nobody wants, and leaves what is another hub’s', async () => {
    const serving = await start();
    const { world } = serving;
    const wanted = await serving.begin();
    const [, hub] = wanted.id.split('-');
    const request = world.engine.running.get(wanted.id)!.request;
    const ids = [`ev-${hub}-lost`, 'ev-other1-theirs', 'somebody-elses'];
    for (const id of ids) await world.engine.provision({ ...request, id });
    await serving.pass(1 / 60, 30_000);
    expect([...world.engine.running.keys()]).toEqual([wanted.id, ...ids]);
    await serving.pass(1 / 30, 30_000);
    expect([...world.engine.running.keys()]).toEqual([
      wanted.id,
      'ev-other1-theirs',
      'somebody-elses',
    ]);
  });
});
