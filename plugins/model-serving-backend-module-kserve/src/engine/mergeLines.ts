/** Lines of several sources as they come; ends when all have ended. */
export async function* mergeLines(
  sources: Array<AsyncIterable<string>>,
): AsyncIterable<string> {
  const iterators = sources.map(source => source[Symbol.asyncIterator]());
  const next = (index: number) =>
    iterators[index].next().then(result => ({ index, result }));
  const waiting = new Map(iterators.map((_, index) => [index, next(index)]));
  try {
    while (waiting.size > 0) {
      const { index, result } = await Promise.race(waiting.values());
      if (result.done) {
        waiting.delete(index);
      } else {
        waiting.set(index, next(index));
        yield result.value;
      }
    }
  } finally {
    // Those that still wait for a line end with the caller's signal.
    for (const index of waiting.keys()) {
      iterators[index].return?.()?.catch(() => {});
    }
  }
}
