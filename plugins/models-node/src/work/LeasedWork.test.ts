import type { LoggerService } from '@backstage/backend-plugin-api';
import { LeasedWork, TakenOver, Unwanted } from './LeasedWork';

const silent = () => {};
const logger: LoggerService = {
  error: silent,
  warn: silent,
  info: silent,
  debug: silent,
  child: () => logger,
};

interface Item {
  id: string;
}

/** Until everything that can go on without time passing has gone on. */
const settled = () => new Promise(resolve => setImmediate(resolve));

describe('work that replicas share by leases', () => {
  function setup(due: string[], concurrency = 2) {
    const queue = [...due];
    const done: string[] = [];
    const ends = new Map<string, string>();
    const finish = new Map<string, () => void>();
    const facts = { unwanted: [] as string[], kept: true, most: 0, running: 0 };
    const work = LeasedWork.create<Item>({
      title: 'Things',
      concurrency,
      renewMs: 1000,
      logger,
      lease: async () => {
        const id = queue.shift();
        return id === undefined ? undefined : { id };
      },
      renew: async () => facts.kept,
      unwanted: async () => facts.unwanted,
      perform: async ({ id }, gone) => {
        facts.running += 1;
        facts.most = Math.max(facts.most, facts.running);
        const signal = AbortSignal.any([gone.signal, work.stopping]);
        await new Promise<void>(resolve => {
          finish.set(id, resolve);
          signal.addEventListener('abort', () => {
            ends.set(id, gone.signal.reason?.constructor.name ?? 'stopped');
            resolve();
          });
        });
        facts.running -= 1;
        if (!signal.aborted) done.push(id);
        if (id === 'broken') throw new Error('broken');
      },
    });
    return { work, queue, done, ends, finish, facts };
  }

  it('takes as much as may run at once, and more when something ends', async () => {
    const { work, done, finish, facts } = setup(['a', 'broken', 'c', 'd']);
    const all = work.runDue();
    await settled();
    expect([...finish.keys()]).toEqual(['a', 'broken']);
    finish.get('broken')!();
    await settled();
    expect([...finish.keys()]).toEqual(['a', 'broken', 'c']);
    finish.get('a')!();
    finish.get('c')!();
    await settled();
    finish.get('d')!();
    await all;
    expect(done.sort()).toEqual(['a', 'broken', 'c', 'd']);
    expect(facts.most).toBe(2);
  });

  it('tells what nobody waits for, what another has, and what is stopped', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const { work, ends, facts, queue } = setup(['a'], 1);
      work.wake();
      await settled();
      facts.unwanted = ['a'];
      work.wake();
      await settled();
      expect(ends.get('a')).toBe(Unwanted.name);

      facts.unwanted = [];
      queue.push('b');
      work.wake();
      await settled();
      facts.kept = false;
      await jest.advanceTimersByTimeAsync(1000);
      expect(ends.get('b')).toBe(TakenOver.name);

      facts.kept = true;
      queue.push('c', 'd');
      work.wake();
      await settled();
      await work.stop();
      expect(ends.get('c')).toBe('stopped');
      work.wake();
      await settled();
      expect(queue).toEqual(['d']);
    } finally {
      jest.useRealTimers();
    }
  });
});
