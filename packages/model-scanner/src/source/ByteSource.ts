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
