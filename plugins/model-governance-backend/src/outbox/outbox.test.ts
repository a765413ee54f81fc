import { mockServices } from '@backstage/backend-test-utils';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { TestClock } from '@modelhub/backstage-plugin-models-node/testUtils';
import { DatabaseOutbox } from './DatabaseOutbox';
import type { OutboxMessage } from './Outbox';
import { OutboxDispatcher, type OutboxHandlers } from './OutboxDispatcher';
import { OutboxStore } from './OutboxStore';

jest.setTimeout(60_000);

const event = (type: string): OutboxMessage => ({
  topic: 'event',
  payload: { type },
});

describe.each(databaseIds)('outbox on %s', databaseId => {
  async function setup() {
    const { knex, transactions } = await migratedDatabase(databaseId);
    const clock = new TestClock();
    const outbox = DatabaseOutbox.create({ clock });
    const delivered: string[] = [];
    const replica = (name: string, handlers: Partial<OutboxHandlers> = {}) => {
      const note = (payload: { type?: unknown; title?: unknown }) => {
        delivered.push(`${name} ${payload.type ?? payload.title}`);
      };
      return OutboxDispatcher.create({
        transactions,
        clock,
        logger: mockServices.logger.mock(),
        owner: name,
        handlers: {
          notification: note,
          signal: note,
          event: note,
          gates: () => {},
          allowlist: () => {},
          ...handlers,
        },
      });
    };
    const commit = (...messages: OutboxMessage[]) =>
      transactions.run(tx => outbox.add(tx, messages));
    const store = (owner: string) =>
      OutboxStore.create({ transactions, clock, owner });
    return {
      knex,
      transactions,
      clock,
      outbox,
      delivered,
      replica,
      commit,
      store,
    };
  }

  it('delivers in order, once', async () => {
    const { delivered, replica, commit } = await setup();
    const names = Array.from({ length: 45 }, (_, n) => `e${n}`);
    await commit(...names.map(event));
    const a = replica('a');
    await a.deliverDue();
    await a.deliverDue();
    expect(delivered).toEqual(names.map(name => `a ${name}`));
  });

  it('delivers nothing of a transaction that was rolled back', async () => {
    const { transactions, outbox, delivered, replica } = await setup();
    await expect(
      transactions.run(async tx => {
        await outbox.add(tx, [event('lost')]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await replica('a').deliverDue();
    expect(delivered).toEqual([]);
  });

  it('survives a replica that is killed between commit and delivery', async () => {
    const { clock, delivered, replica, commit, store } = await setup();
    await commit(event('one'), event('two'));
    expect(await store('killed').lease('event')).toHaveLength(2);

    const b = replica('b');
    clock.advance(9);
    await b.deliverDue();
    expect(delivered).toEqual([]);
    clock.advance(2);
    await b.deliverDue();
    expect(delivered).toEqual(['b one', 'b two']);
  });

  it('gives nothing twice when two replicas deliver at once', async () => {
    const { delivered, replica, commit } = await setup();
    const names = Array.from({ length: 30 }, (_, n) => `e${n}`);
    await commit(...names.map(event));
    const [a, b] = [replica('a'), replica('b')];
    await Promise.all([a.deliverDue(), b.deliverDue()]);
    await Promise.all([a.deliverDue(), b.deliverDue()]);
    expect(delivered.map(text => text.slice(2))).toEqual(names);
  });

  it('stops handing out what it no longer holds', async () => {
    const { clock, knex, delivered, replica, commit, store } = await setup();
    await commit(event('one'), event('two'));
    const slow = replica('slow', {
      event: async ({ type }) => {
        delivered.push(`slow ${type}`);
        clock.advance(11);
        await store('fast').lease('event');
      },
    });
    await slow.deliverDue();
    expect(delivered).toEqual(['slow one']);
    expect(await knex('outbox').distinct().pluck('owner')).toEqual(['fast']);
  });

  it('does not let one bad message hold up the others', async () => {
    const { clock, knex, delivered, replica, commit } = await setup();
    await commit(event('before'), event('poison'), event('after'), {
      topic: 'notification',
      payload: { recipients: ['user:default/ann'], title: 'hello' },
    });
    let poisoned = 0;
    const a = replica('a', {
      event: ({ type }) => {
        if (type === 'poison') {
          poisoned += 1;
          throw new Error('cannot');
        }
        delivered.push(type);
      },
    });
    await a.deliverDue();
    await a.deliverDue();
    expect(delivered.sort()).toEqual(['a hello', 'after', 'before']);
    expect(poisoned).toBe(1);

    clock.advance(2);
    await a.deliverDue();
    expect(poisoned).toBe(2);
    clock.advance(1);
    await a.deliverDue();
    expect(poisoned).toBe(2);
    const row = await knex('outbox').whereNull('delivered_at').first();
    expect(row).toMatchObject({ attempts: 2, owner: null });
    expect(row.last_error).toContain('cannot');
  });

  it('gives up in the end, and says so', async () => {
    const { knex, clock, replica, commit } = await setup();
    await commit(event('poison'));
    await knex('outbox').update({ attempts: 99 });
    let calls = 0;
    const a = replica('a', {
      event: () => {
        calls += 1;
        throw new Error('cannot');
      },
    });
    await a.deliverDue();
    clock.advance(3600);
    await a.deliverDue();
    expect(calls).toBe(1);
    expect((await knex('outbox').first()).abandoned_at).toBeTruthy();
  });

  it('delivers at once when woken', async () => {
    const { outbox, replica, commit } = await setup();
    let arrived: (type: string) => void = () => {};
    const arrival = new Promise<string>(resolve => {
      arrived = resolve;
    });
    const a = replica('a', { event: ({ type }) => arrived(type) });
    outbox.onWake(() => a.wake());
    await commit(event('now'));
    outbox.wake();
    expect(await arrival).toBe('now');
    await a.stop();
  });

  it('forgets what was delivered a day ago', async () => {
    const { knex, clock, replica, commit } = await setup();
    await commit(event('old'));
    const a = replica('a');
    await a.deliverDue();
    await commit(event('open'));
    clock.advance(25 * 3600);
    await a.prune();
    expect(await knex('outbox').pluck('payload')).toEqual([
      JSON.stringify({ type: 'open' }),
    ]);
  });
});
