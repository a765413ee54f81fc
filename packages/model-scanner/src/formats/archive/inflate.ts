import { pipeline, Readable, type Transform } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  LimitError,
  PartError,
  type ScanContext,
} from '../../engine/FormatReader';

const MIB = 1024 * 1024;

/** Counts what comes out of a compressed part and stops a bomb. */
export async function* bounded(
  stream: AsyncIterable<Buffer> | Iterable<Buffer>,
  packed: number,
  context: ScanContext,
): AsyncIterable<Buffer> {
  let size = 0;
  for await (const chunk of stream) {
    context.signal?.throwIfAborted();
    context.spend(chunk.length);
    size += chunk.length;
    if (size > MIB && size > packed * context.limits.maxRatio) {
      throw new LimitError(
        `${packed} bytes unpack to more than ${context.limits.maxRatio} times as many`,
        'archive-bomb',
      );
    }
    yield chunk;
  }
}

/**
 * What a decompressor of the platform makes of a stream. Its `bytesWritten`
 * tells at the end how much of the input it took.
 *
 * @throws PartError when it cannot go on
 */
export async function* through(
  stream: AsyncIterable<Buffer>,
  transform: Transform,
): AsyncIterable<Buffer> {
  const input = Readable.from(stream, { objectMode: false });
  pipeline(input, transform, () => {});
  try {
    for await (const chunk of transform) yield chunk as Buffer;
  } catch (error) {
    if (error instanceof LimitError || error instanceof PartError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z') || code?.startsWith('ERR_')) {
      throw new PartError((error as Error).message, 'archive-corrupt');
    }
    throw error;
  } finally {
    transform.destroy();
    input.destroy();
  }
}

/** Sums up what passes. */
export class Checksum {
  size = 0;
  value = 0;

  async *over(stream: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of stream) {
      this.size += chunk.length;
      this.value = crc32(chunk, this.value);
      yield chunk;
    }
  }
}

/** Reads a stream to its end. */
export async function drain(stream: AsyncIterable<Buffer>): Promise<void> {
  const all = stream[Symbol.asyncIterator]();
  while (!(await all.next()).done);
}
