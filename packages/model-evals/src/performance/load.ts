import type { PerformanceClock, RequestSample } from './types';

export interface Driver {
  /** Asks once, for what was due at a moment; resolves for errors too. */
  request(dueAt: number): Promise<RequestSample | undefined>;
  clock: PerformanceClock;
  signal: AbortSignal;
}

/** So many callers, each of which asks again when it was answered. */
export async function closedLoop(
  driver: Driver,
  options: { concurrency: number; requests: number },
): Promise<void> {
  let begun = 0;
  const caller = async () => {
    while (begun < options.requests && !driver.signal.aborted) {
      begun += 1;
      await driver.request(driver.clock.now());
    }
  };
  const callers = Math.min(options.concurrency, options.requests);
  await Promise.all(Array.from({ length: callers }, caller));
}

/**
 * A request every so often, whatever becomes of the earlier ones. Where too many
 * are under way, the next ones wait, and their time runs from when they were due.
 */
export async function openLoop(
  driver: Driver,
  options: {
    requestsPerSecond: number;
    requests: number;
    maxInFlight: number;
  },
): Promise<void> {
  const { clock, signal } = driver;
  const every = 1000 / options.requestsPerSecond;
  const from = clock.now();
  const underWay = new Set<Promise<unknown>>();
  for (let n = 0; n < options.requests && !signal.aborted; n++) {
    const dueAt = from + n * every;
    await clock.sleep(dueAt - clock.now(), signal);
    while (underWay.size >= options.maxInFlight && !signal.aborted) {
      await Promise.race(underWay);
    }
    if (signal.aborted) break;
    const one: Promise<unknown> = driver
      .request(dueAt)
      .finally(() => underWay.delete(one));
    underWay.add(one);
  }
  await Promise.all(underWay);
}
