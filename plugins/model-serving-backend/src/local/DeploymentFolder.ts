import type {
  DeploymentEvent,
  DeploymentPhase,
  DeploymentRequest,
} from '@modelhub/backstage-plugin-models-node';
import { randomUUID } from 'node:crypto';
import {
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { LogFile } from './LogFile';
import { isRunning, startOf, type KnownProcess } from './processes';

const KEEP_LOGS_MS = 7 * 24 * 60 * 60 * 1000;
const MOST_EVENTS = 50;
const ID = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** What is wanted of a deployment. */
export interface Wanted {
  request: DeploymentRequest;
  /** It is to end and to be forgotten. */
  isStopped?: true;
}

/** What was seen of a deployment. */
export interface Seen {
  phase: DeploymentPhase;
  message?: string;
  reason?: string;
  port?: number;
  process?: KnownProcess;
  progress?: number;
  events: DeploymentEvent[];
}

/** Who looks after the deployments. */
interface Holder extends KnownProcess {
  id: string;
}

/**
 * Deployments of this machine in files, so that they are known after a restart,
 * and to every backend on this machine. One of them, which holds the lock,
 * makes true what is wanted.
 */
export class DeploymentFolder {
  readonly #id = randomUUID();
  readonly #root: string;
  readonly #lock: string;

  constructor(folder: string) {
    this.#root = path.join(folder, 'deployments');
    this.#lock = path.join(folder, 'keeper.json');
  }

  async prepare(): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
  }

  /**
   * Whether this process looks after the deployments: the first one that asks
   * does, until it ends.
   */
  async takeLock(): Promise<boolean> {
    const own: Holder = {
      id: this.#id,
      pid: process.pid,
      start: (await startOf(process.pid)) ?? '',
    };
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const handle = await open(this.#lock, 'wx', 0o600);
        await handle.writeFile(JSON.stringify(own));
        await handle.close();
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await read<Holder>(this.#lock);
      if (holder?.id === own.id) return true;
      if (holder && (await isRunning(holder))) return false;
      // Whoever renames it first takes it away; the others find nothing.
      const gone = `${this.#lock}.${process.pid}`;
      await rename(this.#lock, gone).catch(() => undefined);
      await rm(gone, { force: true });
    }
    return false;
  }

  async giveLockBack(): Promise<void> {
    const holder = await read<Holder>(this.#lock);
    if (holder?.id === this.#id) await rm(this.#lock, { force: true });
  }

  async ids(): Promise<string[]> {
    const names = await readdir(this.#root).catch(() => []);
    return names.filter(name => ID.test(name)).sort();
  }

  log(id: string): LogFile {
    return new LogFile(this.file(id, 'server.log'));
  }

  /** @throws Error for an id that is none */
  file(id: string, name: string): string {
    if (!ID.test(id)) throw new Error(`'${id}' is no id of a deployment`);
    return path.join(this.#root, id, name);
  }

  wanted(id: string): Promise<Wanted | undefined> {
    return read<Wanted>(this.file(id, 'wanted.json'));
  }

  async want(id: string, wanted: Wanted): Promise<void> {
    await mkdir(path.dirname(this.file(id, 'wanted.json')), {
      recursive: true,
      mode: 0o700,
    });
    await write(this.file(id, 'wanted.json'), wanted);
  }

  seen(id: string): Promise<Seen | undefined> {
    return read<Seen>(this.file(id, 'seen.json'));
  }

  async see(id: string, seen: Seen): Promise<void> {
    const events = seen.events.slice(-MOST_EVENTS);
    await write(this.file(id, 'seen.json'), { ...seen, events });
  }

  /** Nothing is held any more; the log and the events stay for some days. */
  async forget(id: string, events: DeploymentEvent[]): Promise<void> {
    await this.see(id, { phase: 'gone', events });
    await rm(this.file(id, 'wanted.json'), { force: true });
    await rm(this.file(id, 'expires'), { force: true });
  }

  /** Throws away what is left of deployments that ended days ago. */
  async tidy(now = Date.now()): Promise<void> {
    for (const id of await this.ids()) {
      if (await this.wanted(id)) continue;
      const folder = path.join(this.#root, id);
      const { mtimeMs } = await stat(folder);
      if (now - mtimeMs > KEEP_LOGS_MS) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  }
}

async function read<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || name === 'SyntaxError') return undefined;
    throw error;
  }
}

let writes = 0;

/** Readers see the whole file or the one before. */
export async function write(file: string, content: object | string) {
  writes += 1;
  const part = `${file}.${process.pid}.${writes}`;
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await writeFile(part, text, { mode: 0o600 });
  await rename(part, file);
}
