import { BLOCK_BYTES, BlockSource, type FetchRange } from './BlockSource';

const size = 20 * BLOCK_BYTES + 5;
const byteAt = (at: number) => (at * 31) % 251;
const all = Buffer.alloc(size);
for (let at = 0; at < size; at++) all[at] = byteAt(at);
const honest = async (start: number, end: number) =>
  Buffer.from(all.subarray(start, end));
const make = (fetch: FetchRange = honest, signal?: AbortSignal) =>
  new BlockSource({ name: 'model.bin', size, fetch, signal });

const drain = async (source: BlockSource) => {
  let read = 0;
  for await (const chunk of source.stream()) read += chunk.length;
  return read;
};

describe('a file that is read in blocks', () => {
  it.each([
    [0, 10],
    [BLOCK_BYTES - 3, 6],
    [BLOCK_BYTES, BLOCK_BYTES],
    [size - 4, 100],
    [size, 1],
    [3 * BLOCK_BYTES - 1, 3 * BLOCK_BYTES],
  ])('reads from %d so many as %d', async (offset, length) => {
    const source = make();
    const bytes = await source.read(offset, length);
    expect(bytes.length).toBe(Math.min(length, size - offset));
    expect([bytes[0], bytes.at(-1)]).toEqual(
      bytes.length > 0
        ? [byteAt(offset), byteAt(offset + bytes.length - 1)]
        : [undefined, undefined],
    );
    await source.close();
  });

  it('fetches no block twice that readers share', async () => {
    const starts: number[] = [];
    const source = make((start, end) => {
      starts.push(start);
      return honest(start, end);
    });
    const read = await Promise.all([drain(source), drain(source)]);
    expect(read).toEqual([size, size]);
    expect(starts).toEqual([...new Set(starts)]);
    await source.close();
  });

  it('does not believe a server that sends other bytes the second time', async () => {
    const times = new Map<number, number>();
    const source = make(async (start, end) => {
      const time = (times.get(start) ?? 0) + 1;
      times.set(start, time);
      const bytes = await honest(start, end);
      if (time > 1) bytes[7] += 1;
      return bytes;
    });
    await source.read(0, 10);
    await drain(source);
    await expect(source.read(0, 10)).rejects.toMatchObject({
      reason: 'changed',
    });
    await source.close();
  });

  it('stops fetching when it is aborted', async () => {
    const stop = new AbortController();
    const source = make(
      (_start, _end, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      stop.signal,
    );
    const reading = source.read(0, 10);
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    await source.close();
  });
});
