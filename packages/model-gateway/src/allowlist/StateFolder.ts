import fs from 'node:fs/promises';
import path from 'node:path';

/** The gateway's files: readable by its user only, replaced whole or not at all. */
export class StateFolder {
  readonly #folder: string;
  #writes: Promise<void> = Promise.resolve();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(folder: string): Promise<StateFolder> {
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    return new StateFolder(folder);
  }

  /** The JSON value of a file; `undefined` when there is none. */
  async read(name: string): Promise<unknown> {
    let content: string;
    try {
      content = await fs.readFile(path.join(this.#folder, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
    return JSON.parse(content);
  }

  /** Writes come one after the other, in the order of the calls. */
  write(name: string, value: unknown): Promise<void> {
    const write = this.#writes.then(() => this.#replace(name, value));
    this.#writes = write.catch(() => {});
    return write;
  }

  async #replace(name: string, value: unknown): Promise<void> {
    const file = path.join(this.#folder, name);
    const draft = `${file}.new`;
    const handle = await fs.open(draft, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(value));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(draft, file);
  }
}
