import { open, type FileHandle } from 'node:fs/promises';
import { streamByReads, type ByteSource } from './ByteSource';

/**
 * A file on disk.
 *
 * @public
 */
export class FileSource implements ByteSource {
  /** @throws when it is not a plain file or cannot be opened */
  static async open(path: string, name = path): Promise<FileSource> {
    const handle = await open(path, 'r');
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new Error(`${path} is not a file`);
      return new FileSource(name, stat.size, handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  readonly name: string;
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(name: string, size: number, handle: FileHandle) {
    this.name = name;
    this.size = size;
    this.#handle = handle;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const buffer = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#handle.read(
        buffer,
        filled,
        wanted - filled,
        offset + filled,
      );
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  stream(start = 0, end = this.size): AsyncIterable<Buffer> {
    return streamByReads(this, start, end);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
