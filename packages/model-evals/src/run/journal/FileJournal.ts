import fs from 'node:fs/promises';
import path from 'node:path';
import { isRecord } from '../../pack/rules';
import { FileLock } from './FileLock';
import { journalMismatch } from './journalMismatch';
import type { JournalEntry, JournalHeader, RunJournal } from './types';

interface Waiting {
  line: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

const KINDS = ['turn', 'answer', 'scores'];

/**
 * A journal in a file of JSON Lines: the header, then what was answered and
 * scored. Entries that come while a batch is on its way to the disk make the
 * next one. A last line that is torn, since the power went, is cut off; that
 * case is asked once more.
 *
 * @public
 */
export class FileJournal implements RunJournal {
  static create(file: string): FileJournal {
    return new FileJournal(file);
  }

  readonly #file: string;
  #handle: fs.FileHandle | undefined;
  #lock: FileLock | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #hasEntries = false;

  private constructor(file: string) {
    this.#file = file;
  }

  async open(header: JournalHeader): Promise<JournalHeader> {
    await fs.mkdir(path.dirname(path.resolve(this.#file)), { recursive: true });
    this.#lock = await FileLock.take(`${this.#file}.lock`);
    try {
      return await this.#begin(header);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async *entries(): AsyncGenerator<JournalEntry> {
    if (!this.#hasEntries) return;
    let number = 0;
    for await (const line of linesOf(this.#file)) {
      number += 1;
      if (number === 1 || line === '') continue;
      const value = parsed(line);
      if (!isRecord(value) || !KINDS.includes(String(value.kind))) {
        throw new Error(
          `${
            this.#file
          }:${number} is no entry of a journal; delete the file to begin anew`,
        );
      }
      yield value as unknown as JournalEntry;
    }
  }

  append(entry: JournalEntry): Promise<void> {
    return this.#add(entry);
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle?.close();
    this.#handle = undefined;
    await this.#lock?.release();
    this.#lock = undefined;
  }

  async #begin(header: JournalHeader): Promise<JournalHeader> {
    this.#handle = await fs.open(this.#file, 'a+', 0o600);
    const whole = await wholeLines(this.#handle);
    await this.#handle.truncate(whole);
    if (whole === 0) {
      await this.#add(header);
      return header;
    }
    this.#hasEntries = true;
    let first: unknown;
    for await (const line of linesOf(this.#file)) {
      first = parsed(line);
      break;
    }
    const problem = journalMismatch(first, header);
    if (problem) {
      throw new Error(
        `${this.#file} ${problem}; name another file, or delete this one`,
      );
    }
    return first as JournalHeader;
  }

  #add(value: object): Promise<void> {
    if (!this.#handle) {
      return Promise.reject(new Error(`${this.#file} is not open`));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        line: `${JSON.stringify(value)}\n`,
        resolve,
        reject,
      });
      this.#writing ??= this.#write();
    });
  }

  /** Never rejects: those who wait are told. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        if (!this.#handle) throw new Error(`${this.#file} is closed`);
        await this.#handle.appendFile(batch.map(({ line }) => line).join(''));
        await this.#handle.datasync();
        batch.forEach(({ resolve }) => resolve());
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    this.#writing = undefined;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await fs.open(file);
  try {
    yield* handle.readLines();
  } finally {
    await handle.close();
  }
}

/** Bytes up to the last line end. */
async function wholeLines(handle: fs.FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const buffer = Buffer.alloc(64 * 1024);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - buffer.length);
    const { bytesRead } = await handle.read(buffer, 0, end - start, start);
    const at = buffer.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}
