import { constants, type BigIntStats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { ArtifactError } from './ArtifactSource';
import { streamByReads, type ByteSource } from './ByteSource';

/**
 * A file on disk.
 *
 * @public
 */
export class FileSource implements ByteSource {
  /** @throws when it is not a plain file or cannot be opened */
  static async open(path: string, name = path): Promise<FileSource> {
    // Without blocking: a pipe would wait for somebody who writes to it.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return await FileSource.of(handle, name);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * A file that is open already and is closed with the source.
   *
   * @throws when it is not a plain file
   */
  static async of(handle: FileHandle, name: string): Promise<FileSource> {
    const stat = await handle.stat({ bigint: true });
    if (!stat.isFile()) throw new Error(`${name} is not a file`);
    return new FileSource(name, stat, handle);
  }

  readonly name: string;
  readonly size: number;
  readonly #opened: BigIntStats;
  readonly #handle: FileHandle;

  private constructor(name: string, opened: BigIntStats, handle: FileHandle) {
    this.name = name;
    this.size = Number(opened.size);
    this.#opened = opened;
    this.#handle = handle;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const buffer = Buffer.allocUnsafe(wanted);
    return buffer.subarray(0, await this.readInto(buffer, offset));
  }

  async readInto(target: Buffer, offset: number): Promise<number> {
    const wanted = Math.max(0, Math.min(target.length, this.size - offset));
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#handle.read(
        target,
        filled,
        wanted - filled,
        offset + filled,
      );
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  stream(start = 0, end = this.size): AsyncIterable<Buffer> {
    return streamByReads(this, start, end);
  }

  async verifyUnchanged(): Promise<void> {
    const now = await this.#handle.stat({ bigint: true });
    const { size, mtimeNs, ctimeNs } = this.#opened;
    if (
      now.size !== size ||
      now.mtimeNs !== mtimeNs ||
      now.ctimeNs !== ctimeNs
    ) {
      throw new ArtifactError(
        'changed',
        `${this.name} changed while it was read; scan it again`,
      );
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
