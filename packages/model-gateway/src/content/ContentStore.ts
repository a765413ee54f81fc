import fs from 'node:fs/promises';
import path from 'node:path';
import type { GatewayLogger } from '../telemetry/Logger';
import type { ContentKeys } from './ContentKeys';

const DAY_MS = 24 * 3600_000;
/** Of what is not yet on disk. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
const FILE = /^(\d{4}-\d\d-\d\d)_until_(\d{4}-\d\d-\d\d)\.enc$/;

/** One call as it is kept. */
export interface KeptCall {
  id: string;
  /** ISO 8601. */
  at: string;
  profile: string;
  [field: string]: unknown;
}

/** A line that could not be read, or the call in it. */
export type ReadCall = { call: KeptCall } | { problem: string };

const dayOf = (at: Date | number) => new Date(at).toISOString().slice(0, 10);

/** Prompts and answers on disk: a folder for each profile, a file for each day. */
export class ContentStore {
  readonly #folder: string;
  readonly #keys: ContentKeys;
  readonly #logger: GatewayLogger;
  readonly #now: () => number;
  readonly #lines = new Map<string, string[]>();
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: {
    folder: string;
    keys: ContentKeys;
    logger: GatewayLogger;
    now: () => number;
  }) {
    this.#folder = options.folder;
    this.#keys = options.keys;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Forgets what is over at once, and once an hour. */
  static async create(options: {
    folder: string;
    keys: ContentKeys;
    logger: GatewayLogger;
    now?: () => number;
  }): Promise<ContentStore> {
    const store = new ContentStore({ now: Date.now, ...options });
    await fs.mkdir(options.folder, { recursive: true, mode: 0o700 });
    await store.purge();
    store.#timer = setInterval(() => {
      store.purge().catch(error => store.#warn(error));
    }, 3600_000);
    store.#timer.unref();
    return store;
  }

  /** Keeps a call for so many days. Never waits and never throws. */
  keep(call: KeptCall, days: number): void {
    const now = this.#now();
    const day = dayOf(now);
    const name = `${day}_until_${dayOf(now + days * DAY_MS)}.enc`;
    const place = path.join(folderOf(call.profile), name);
    const line = this.#keys.seal(JSON.stringify(call), placeOf(place));
    if (this.#waitingBytes + line.length > MOST_WAITING_BYTES) {
      this.#logger.error('A call was not kept: the disk is too slow', {
        requestId: call.id,
        profile: call.profile,
      });
      return;
    }
    this.#waitingBytes += line.length;
    const lines = this.#lines.get(place) ?? [];
    this.#lines.set(place, lines);
    lines.push(line);
    this.#writing ??= this.#write();
  }

  /** Waits until everything is on disk. */
  async flush(): Promise<void> {
    while (this.#writing) {
      await this.#writing;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  /** Deletes the files whose days are over. */
  async purge(): Promise<void> {
    const today = dayOf(this.#now());
    for (const { file, until } of await this.#files()) {
      if (until < today) {
        await fs.rm(file, { force: true });
        this.#logger.info('Kept content is over and was deleted', {
          file: path.relative(this.#folder, file),
        });
      }
    }
  }

  /** The calls of a profile, those of one day only where it is given. */
  async *read(profile: string, day?: string): AsyncIterable<ReadCall> {
    for (const found of await this.#files(folderOf(profile))) {
      if (day !== undefined && found.day !== day) {
        continue;
      }
      const place = placeOf(path.relative(this.#folder, found.file));
      const content = await fs.readFile(found.file, 'utf8');
      for (const line of content.split('\n').filter(Boolean)) {
        yield this.#open(line, place);
      }
    }
  }

  #open(line: string, place: string): ReadCall {
    try {
      return { call: JSON.parse(this.#keys.open(line, place)) };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }

  async #write(): Promise<void> {
    // All that comes in the same turn goes out together.
    await Promise.resolve();
    while (this.#lines.size > 0) {
      const [[place, lines]] = this.#lines;
      this.#lines.delete(place);
      const text = `${lines.join('\n')}\n`;
      const file = path.join(this.#folder, place);
      try {
        await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        await fs.appendFile(file, text, { mode: 0o600 });
      } catch (error) {
        this.#logger.error('Calls were not kept', {
          calls: lines.length,
          reason: (error as Error).message,
        });
      }
      this.#waitingBytes -= text.length - lines.length;
    }
    this.#writing = undefined;
  }

  async #files(
    only?: string,
  ): Promise<Array<{ file: string; day: string; until: string }>> {
    const folders = only ? [only] : await namesIn(this.#folder);
    const files = [];
    for (const folder of folders.sort()) {
      const whole = path.join(this.#folder, folder);
      for (const name of (await namesIn(whole)).sort()) {
        const [, day, until] = FILE.exec(name) ?? [];
        if (day !== undefined) {
          files.push({ file: path.join(whole, name), day, until });
        }
      }
    }
    return files;
  }

  #warn(error: unknown): void {
    this.#logger.error('Kept content could not be looked through', {
      reason: (error as Error).message,
    });
  }
}

/** Ids are slugs, but a folder must not depend on it. */
function folderOf(profile: string): string {
  return encodeURIComponent(profile).replaceAll('.', '%2E');
}

/** What a line is bound to: its profile, day and end. */
function placeOf(file: string): string {
  return file.split(path.sep).join('/');
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return [];
    }
    throw error;
  }
}
