import { createCipheriv, randomBytes } from 'node:crypto';
import { ArtifactError } from '../ArtifactSource';
import type { ByteSource } from '../ByteSource';

/** Fetches exactly the bytes from `start` to before `end`. */
export type FetchRange = (
  start: number,
  end: number,
  signal: AbortSignal,
) => Promise<Buffer>;

export const BLOCK_BYTES = 2 * 1024 * 1024;
/** Blocks that are kept, and those that are fetched ahead of a stream. */
const KEPT = 8;
const AHEAD = 2;

/**
 * A file elsewhere, read block by block. The scan and the digest read one after
 * the other what may be another answer of the server each time, so a block that
 * is fetched again has to be the block that it was.
 */
export class BlockSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly #fetch: FetchRange;
  readonly #stop = new AbortController();
  readonly #kept = new Map<number, Promise<Buffer>>();
  readonly #tags = new Map<number, string>();
  readonly #tag = tagger();

  /** @param options - `first` is the beginning of the file where it is at hand */
  constructor(options: {
    name: string;
    size: number;
    fetch: FetchRange;
    first?: Buffer;
    signal?: AbortSignal;
  }) {
    this.name = options.name;
    this.size = options.size;
    this.#fetch = options.fetch;
    const { signal } = options;
    if (signal?.aborted) this.#stop.abort(signal.reason);
    signal?.addEventListener('abort', () => this.#stop.abort(signal.reason), {
      signal: this.#stop.signal,
    });
    if (options.first && options.first.length === this.#lengthOf(0)) {
      this.#tags.set(0, this.#tag(options.first));
      this.#kept.set(0, Promise.resolve(options.first));
    }
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const end = Math.min(this.size, offset + length);
    if (offset >= end) return Buffer.alloc(0);
    const first = Math.floor(offset / BLOCK_BYTES);
    if (end <= (first + 1) * BLOCK_BYTES) {
      const block = await this.#block(first);
      const within = offset - first * BLOCK_BYTES;
      return block.subarray(within, within + end - offset);
    }
    const whole = Buffer.allocUnsafe(end - offset);
    let filled = 0;
    for await (const chunk of this.stream(offset, end)) {
      filled += chunk.copy(whole, filled);
    }
    return whole;
  }

  async *stream(start = 0, end = this.size): AsyncIterable<Buffer> {
    const to = Math.min(end, this.size);
    for (let at = start; at < to; ) {
      const index = Math.floor(at / BLOCK_BYTES);
      const current = this.#block(index);
      for (let next = index + 1; next <= index + AHEAD; next++) {
        if (next * BLOCK_BYTES >= to) break;
        // Who comes to read it hears of a failure.
        this.#block(next).catch(() => {});
      }
      const block = await current;
      const within = at - index * BLOCK_BYTES;
      const chunk = block.subarray(
        within,
        Math.min(block.length, to - index * BLOCK_BYTES),
      );
      yield chunk;
      at += chunk.length;
    }
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error('The file was closed'));
    this.#kept.clear();
  }

  #lengthOf(index: number): number {
    return Math.min(BLOCK_BYTES, this.size - index * BLOCK_BYTES);
  }

  #block(index: number): Promise<Buffer> {
    const known = this.#kept.get(index);
    this.#kept.delete(index);
    const block = known ?? this.#fetchBlock(index);
    this.#kept.set(index, block);
    if (!known) {
      block.catch(() => this.#kept.delete(index));
      for (const oldest of this.#kept.keys()) {
        if (this.#kept.size <= KEPT) break;
        this.#kept.delete(oldest);
      }
    }
    return block;
  }

  async #fetchBlock(index: number): Promise<Buffer> {
    const start = index * BLOCK_BYTES;
    const block = await this.#fetch(
      start,
      start + this.#lengthOf(index),
      this.#stop.signal,
    );
    const now = this.#tag(block);
    const before = this.#tags.get(index);
    if (before !== undefined && before !== now) {
      throw changed(this.name);
    }
    this.#tags.set(index, now);
    return block;
  }
}

/** The bytes are not those that the scan began with. */
export function changed(name: string): ArtifactError {
  return new ArtifactError(
    'changed',
    `${name} changed while it was read; scan it again`,
  );
}

/**
 * Tells blocks apart by AES-GMAC, which is many times as fast as a digest. As the
 * server sees neither key nor tags, it cannot make two blocks of one tag.
 */
function tagger(): (block: Buffer) => string {
  const key = randomBytes(16);
  const nonce = randomBytes(12);
  return block => {
    const cipher = createCipheriv('aes-128-gcm', key, nonce).setAAD(block);
    cipher.final();
    return cipher.getAuthTag().toString('base64');
  };
}
