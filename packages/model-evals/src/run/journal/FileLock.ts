import fs from 'node:fs/promises';

/** Keeps a second process of this machine away from a file. */
export class FileLock {
  /** @throws Error where a process that lives has it */
  static async take(file: string): Promise<FileLock> {
    for (;;) {
      try {
        await fs.writeFile(file, String(process.pid), { flag: 'wx' });
        return new FileLock(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const owner = Number(await fs.readFile(file, 'utf8').catch(() => ''));
      if (isAlive(owner)) {
        throw new Error(
          `${file} says that process ${owner} runs this now; wait for its end, or end it`,
        );
      }
      await fs.rm(file, { force: true });
    }
  }

  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  async release(): Promise<void> {
    await fs.rm(this.#file, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
