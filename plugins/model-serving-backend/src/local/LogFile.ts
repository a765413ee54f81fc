import { createReadStream } from 'node:fs';
import {
  copyFile,
  open,
  stat,
  truncate,
  type FileHandle,
} from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const MOST_BYTES = 2 * 1024 * 1024;
const LOOK_MS = 300;

/**
 * Lines of a server in a file that the server itself appends to, so that none is
 * lost when the backend ends. A full file becomes the one before.
 */
export class LogFile {
  readonly #file: string;
  readonly #mostBytes: number;

  constructor(file: string, mostBytes = MOST_BYTES) {
    this.#file = file;
    this.#mostBytes = mostBytes;
  }

  /** What a process is given as its output; to be closed after it was begun. */
  open(): Promise<FileHandle> {
    return open(this.#file, 'a', 0o600);
  }

  async note(line: string): Promise<void> {
    const handle = await this.open();
    try {
      await handle.write(`${new Date().toISOString()} ${line}\n`);
    } finally {
      await handle.close();
    }
  }

  /** The process goes on writing at the beginning of the emptied file. */
  async rotate(): Promise<void> {
    if ((await this.#size()) <= this.#mostBytes) return;
    await copyFile(this.#file, `${this.#file}.1`);
    await truncate(this.#file);
  }

  /** The last lines, oldest first. */
  async tail(count: number): Promise<string[]> {
    const lines: string[] = [];
    for (const file of [`${this.#file}.1`, this.#file]) {
      for await (const line of linesOf(file)) {
        lines.push(line);
        if (lines.length > count) lines.shift();
      }
    }
    return lines;
  }

  /** Lines that come from now on, until the signal. */
  async *follow(signal: AbortSignal): AsyncGenerator<string> {
    let at = await this.#size();
    let rest = '';
    while (!signal.aborted) {
      await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
      const size = await this.#size();
      if (size < at) at = 0;
      if (size === at) continue;
      for await (const chunk of createReadStream(this.#file, {
        start: at,
        end: size - 1,
        encoding: 'utf8',
      })) {
        rest += chunk;
      }
      at = size;
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  }

  async #size(): Promise<number> {
    const found = await stat(this.#file).catch(() => undefined);
    return found?.size ?? 0;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file, 'utf8');
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
