import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as pause } from 'node:timers/promises';
import type { DeploymentFolder } from './DeploymentFolder';
import type { ModelFiles } from './ModelFiles';
import { isRunning, signalGroup } from './processes';
import type { LocalConfig } from './readLocalConfig';
import { ServerRun } from './ServerRun';

const LOOK_MS = 500;
const ROTATE_MS = 30_000;
const TIDY_MS = 60 * 60 * 1000;

/** What the keeper works with. */
export interface KeeperOptions {
  config: LocalConfig;
  folder: DeploymentFolder;
  files: ModelFiles;
  logger: LoggerService;
  onChange: (id: string) => void;
  /** Milliseconds before the first of up to three further tries; doubled for each. */
  backOffMs?: number;
  /** Milliseconds from asking a server to end to ending it by force. */
  graceMs?: number;
  /** Free memory of the machine, in GiB. */
  freeGiB?: () => number;
}

/**
 * Makes true what is wanted of this machine's deployments. Of several backends on
 * one machine one does; when it ends another one takes over, ends the processes
 * that are left and begins again what is still wanted.
 */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #runs = new Map<string, ServerRun>();
  readonly #ending = new AbortController();
  #isKeeper = false;
  #loop?: Promise<void>;
  #rotatedAt = 0;
  #tidiedAt = 0;
  #wake = () => {};

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Looks at once and not in half a second. */
  nudge(): void {
    this.#wake();
  }

  /** Ends the processes that this backend began; what is wanted stays wanted. */
  async stop(): Promise<void> {
    this.#ending.abort();
    this.#wake();
    await this.#loop;
    await Promise.all([...this.#runs.values()].map(run => run.leave()));
    if (this.#isKeeper) await this.#options.folder.giveLockBack();
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        await this.#look();
      } catch (error) {
        this.#options.logger.error(
          'The local engine cannot look after its deployments',
          error as Error,
        );
      }
      const woken = new AbortController();
      this.#wake = () => woken.abort();
      await pause(LOOK_MS, undefined, {
        signal: AbortSignal.any([signal, woken.signal]),
      }).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    const { folder } = this.#options;
    if (!this.#isKeeper) {
      if (!(await folder.takeLock())) return;
      this.#isKeeper = true;
    }
    const ids = await folder.ids();
    await Promise.all(ids.map(id => this.#lookAt(id)));
    await this.#keepTidy(ids);
  }

  async #lookAt(id: string): Promise<void> {
    const { folder, onChange } = this.#options;
    const wanted = await folder.wanted(id);
    if (!wanted) return;
    const run = this.#runs.get(id);
    const { expiresAt } = wanted.request;
    const isOver =
      expiresAt !== undefined && Date.parse(expiresAt) <= Date.now();
    if (!wanted.isStopped && !isOver) {
      if (run) await run.update(wanted.request);
      else await this.#begin(id, wanted.request);
      return;
    }
    if (run) {
      // Ending takes seconds; others are looked after meanwhile.
      if (!run.end(isOver ? 'Its time is over' : 'It was stopped')) return;
      this.#runs.delete(id);
    } else {
      await this.#endLeftOver(id);
    }
    const seen = await folder.seen(id);
    await folder.forget(id, run?.events ?? seen?.events ?? []);
    onChange(id);
  }

  async #begin(id: string, request: ServerRun['request']): Promise<void> {
    await this.#endLeftOver(id);
    const seen = await this.#options.folder.seen(id);
    const others = () =>
      [...this.#runs.values()].filter(run => run.id !== id && run.holds);
    const run = new ServerRun({
      ...this.#options,
      id,
      request,
      others,
      events: seen?.phase === 'gone' ? [] : seen?.events ?? [],
      lastPort: seen?.port,
    });
    this.#runs.set(id, run);
    run.begin();
  }

  /** Of a backend that ended without saying goodbye. */
  async #endLeftOver(id: string): Promise<void> {
    const seen = await this.#options.folder.seen(id);
    if (seen?.process && (await isRunning(seen.process))) {
      this.#options.logger.warn(
        `Ending process ${seen.process.pid} of deployment ${id}, which its backend left behind`,
      );
      signalGroup(seen.process.pid, 'SIGKILL');
    }
  }

  async #keepTidy(ids: string[]): Promise<void> {
    const { folder, files } = this.#options;
    const now = performance.now();
    if (now - this.#rotatedAt > ROTATE_MS) {
      this.#rotatedAt = now;
      for (const id of ids) await folder.log(id).rotate();
    }
    if (this.#tidiedAt === 0 || now - this.#tidiedAt > TIDY_MS) {
      this.#tidiedAt = now;
      await folder.tidy();
      await files.tidy();
    }
  }
}
