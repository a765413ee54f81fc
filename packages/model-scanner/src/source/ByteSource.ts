/**
 * Bytes of which any part can be read.
 *
 * @public
 */
export interface ByteSource {
  /** As people know it; the extension is a hint, no more. */
  readonly name: string;
  readonly size: number;
  /** The bytes from `offset`; fewer than `length` only at the end. */
  read(offset: number, length: number): Promise<Buffer>;
  /**
   * Reads into memory that is there already, where the source can; returns how
   * many bytes, which are fewer than there is room for only at the end.
   */
  readInto?(target: Buffer, offset: number): Promise<number>;
  /** The bytes from `start` to before `end`, in order. */
  stream(start?: number, end?: number): AsyncIterable<Buffer>;
  /**
   * Makes sure that every read since the opening was of the same bytes, where
   * the source does not see to that by itself.
   *
   * @throws ArtifactError when the bytes changed
   */
  verifyUnchanged?(): Promise<void>;
  close(): Promise<void>;
}

const CHUNK = 1024 * 1024;

/** Streams a source by reading it piece by piece. */
export async function* streamByReads(
  source: Pick<ByteSource, 'read' | 'size'>,
  start = 0,
  end = source.size,
): AsyncIterable<Buffer> {
  for (let at = start; at < end; ) {
    const chunk = await source.read(at, Math.min(CHUNK, end - at));
    if (chunk.length === 0) return;
    yield chunk;
    at += chunk.length;
  }
}

/**
 * Streams a source through two pieces of memory in turn, for those who are done
 * with a piece when they ask for the next: a large file then takes no more
 * memory than a small one, and is read ahead.
 */
export async function* streamInPlace(
  source: ByteSource,
): AsyncIterable<Buffer> {
  if (!source.readInto || source.size < CHUNK) {
    yield* source.stream();
    return;
  }
  const pieces = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)];
  let at = 0;
  let pending = source.readInto(pieces[0], 0);
  for (let turn = 0; ; turn = 1 - turn) {
    const length = await pending;
    if (length === 0) return;
    at += length;
    pending = source.readInto(pieces[1 - turn], at);
    // Told where it is awaited.
    pending.catch(() => {});
    yield pieces[turn].subarray(0, length);
  }
}
