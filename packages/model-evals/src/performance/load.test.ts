import { closedLoop, openLoop, type Driver } from './load';
import type { PerformanceClock } from './types';

/** A clock that only runs while somebody waits. */
class FakeClock implements PerformanceClock {
  at = 0;
  readonly #waiting: Array<{ until: number; wake: () => void }> = [];

  now = () => this.at;

  sleep = (ms: number) =>
    ms <= 0
      ? Promise.resolve()
      : new Promise<void>(wake => {
          this.#waiting.push({ until: this.at + ms, wake });
        });

  /** Until nobody waits any more and the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise(setImmediate);
      this.#waiting.sort((a, b) => a.until - b.until);
      const next = this.#waiting.shift();
      if (next) {
        this.at = next.until;
        next.wake();
      }
    }
    return done;
  }
}

function open(takesMs: (number: number) => number) {
  const clock = new FakeClock();
  const stopping = new AbortController();
  const log: Array<{ dueAt: number; from: number; to: number }> = [];
  let underWay = 0;
  let most = 0;
  let begun = 0;
  const driver: Driver = {
    clock,
    signal: stopping.signal,
    request: async dueAt => {
      const from = clock.now();
      underWay += 1;
      most = Math.max(most, underWay);
      begun += 1;
      await clock.sleep(takesMs(begun - 1));
      underWay -= 1;
      log.push({ dueAt, from, to: clock.now() });
      return undefined;
    },
  };
  return { clock, driver, log, stopping, most: () => most };
}

describe('a closed load', () => {
  it('has so many requests under way, and no more', async () => {
    const { clock, driver, log, most } = open(() => 100);
    await clock.run(closedLoop(driver, { concurrency: 4, requests: 10 }));
    expect(log).toHaveLength(10);
    expect(most()).toBe(4);
    expect(clock.at).toBe(300);
    expect(log.every(({ dueAt, from }) => dueAt === from)).toBe(true);
  });

  it('needs no more callers than requests', async () => {
    const { clock, driver, log } = open(() => 5);
    await clock.run(closedLoop(driver, { concurrency: 50, requests: 3 }));
    expect(log).toHaveLength(3);
  });

  it('ends with the signal', async () => {
    const { clock, driver, log, stopping } = open(number => {
      if (number === 3) stopping.abort();
      return 10;
    });
    await clock.run(closedLoop(driver, { concurrency: 2, requests: 100 }));
    expect(log).toHaveLength(4);
  });
});

describe('an open load', () => {
  const load = { requestsPerSecond: 10, requests: 5, maxInFlight: 100 };

  it('asks at its rate, however long answers take', async () => {
    const { clock, driver, log, most } = open(() => 1000);
    await clock.run(openLoop(driver, load));
    expect(log.map(({ from }) => from)).toEqual([0, 100, 200, 300, 400]);
    expect(most()).toBe(5);
  });

  it('counts the time that a request had to wait for its turn', async () => {
    const { clock, driver, log, most } = open(() => 300);
    await clock.run(openLoop(driver, { ...load, maxInFlight: 1 }));
    expect(most()).toBe(1);
    expect(log.map(({ dueAt, to }) => to - dueAt)).toEqual([
      300, 500, 700, 900, 1100,
    ]);
  });

  it('ends with the signal', async () => {
    const { clock, driver, log, stopping } = open(number => {
      if (number === 1) stopping.abort();
      return 10;
    });
    await clock.run(openLoop(driver, { ...load, requests: 100 }));
    expect(log).toHaveLength(2);
  });
});
