/**
 * Passes the latest of what it is told on, every now and then.
 *
 * @public
 */
export function passLatest<T>(options: {
  everyMs: number;
  pass(latest: T): Promise<void>;
  failed(error: Error): void;
}): { tell(latest: T): void; stop(): Promise<void> } {
  let latest: T | undefined;
  let passing: Promise<void> = Promise.resolve();
  const pass = async () => {
    if (latest === undefined) return;
    const it = latest;
    latest = undefined;
    await options.pass(it);
  };
  const timer = setInterval(() => {
    passing = passing.then(pass).catch(options.failed);
  }, options.everyMs);
  return {
    tell: it => {
      latest = it;
    },
    stop: async () => {
      clearInterval(timer);
      await passing;
    },
  };
}
