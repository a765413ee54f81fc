import type { ScanContext, Surroundings } from '../../engine/FormatReader';
import { SliceSource, type ByteSource } from '../../source';
import { PackedError } from '../archive/PackedError';

/** Where the members of a tar come from, in their order. */
export interface TarInput {
  readonly at: number;
  /** Fewer bytes only at the end. */
  take(length: number): Promise<Buffer>;
  /** Scans so many bytes as a part. */
  scan(name: string, size: number, surroundings: Surroundings): Promise<void>;
  /** Scans this block, which was taken last, and all that follows it. */
  scanRest(name: string, block: Buffer): Promise<void>;
}

/** A tar of which any part can be read. */
export class SourceInput implements TarInput {
  readonly #source: ByteSource;
  readonly #context: ScanContext;
  at = 0;

  constructor(source: ByteSource, context: ScanContext) {
    this.#source = source;
    this.#context = context;
  }

  async take(length: number): Promise<Buffer> {
    const bytes = await this.#source.read(this.at, length);
    this.at += bytes.length;
    return bytes;
  }

  async scan(name: string, size: number, surroundings: Surroundings) {
    const start = this.at;
    this.at += size;
    const isWhole = this.at <= this.#source.size;
    await this.#context.scanPart(
      new SliceSource(name, this.#source, { start, size }),
      surroundings,
    );
    if (!isWhole) throw new PackedError(`${name} ends beyond the file`);
  }

  async scanRest(name: string, block: Buffer) {
    const start = this.at - block.length;
    const size = this.#source.size - start;
    this.at = this.#source.size;
    await this.#context.scanPart(
      new SliceSource(name, this.#source, { start, size }),
    );
  }
}

/** A tar that is unpacked as it is read. */
export class StreamInput implements TarInput {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #context: ScanContext;
  #rest: Buffer = Buffer.alloc(0);
  at = 0;

  constructor(stream: AsyncIterable<Buffer>, context: ScanContext) {
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#context = context;
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.#pieces(length)) parts.push(part);
    return Buffer.concat(parts);
  }

  async scan(name: string, size: number, surroundings: Surroundings) {
    const end = this.at + size;
    await this.#context.scanStream(name, this.#pieces(size), {
      surroundings,
      drain: true,
    });
    if (this.at < end) throw new PackedError(`${name} ends beyond the file`);
  }

  async scanRest(name: string, block: Buffer) {
    this.#rest = Buffer.concat([block, this.#rest]);
    await this.#context.scanStream(
      name,
      this.#pieces(Number.MAX_SAFE_INTEGER),
      { drain: true },
    );
  }

  async *#pieces(length: number): AsyncIterable<Buffer> {
    for (let left = length; left > 0; ) {
      if (this.#rest.length === 0) {
        const { done, value } = await this.#chunks.next();
        if (done) return;
        this.#rest = value;
      }
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      this.at += piece.length;
      left -= piece.length;
      yield piece;
    }
  }
}
