/**
 * Works on several items at a time and gives the results in the order of the
 * items, so that nothing in a report depends on who was faster. Items that say so
 * are worked on alone.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  options: { concurrency: number; isAlone?: (item: T) => boolean },
  work: (item: T) => Promise<R>,
): AsyncIterable<R> {
  const { concurrency, isAlone = () => false } = options;
  const running: Promise<R>[] = [];
  let next = 0;
  const mayStart = () =>
    next < items.length &&
    (running.length === 0 ||
      (running.length < concurrency &&
        !isAlone(items[next]) &&
        !isAlone(items[next - 1])));
  const start = () => {
    const result = work(items[next++]);
    // Whoever waits for it hears of a failure; until then it is nobody's.
    result.catch(() => {});
    running.push(result);
  };
  try {
    while (next < items.length || running.length > 0) {
      while (mayStart()) start();
      yield await (running.shift() as Promise<R>);
    }
  } finally {
    await Promise.allSettled(running);
  }
}
