import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { LogFile } from './LogFile';
import { signalGroup, startOf, type KnownProcess } from './processes';
import type { ServerCommand } from './serverCommand';

/** How far a server that answers stands behind the portal and the gateway. */
const NICENESS = 10;

/** A process with all that it begins, in a group of its own. */
export class ServerProcess {
  /** @throws Error when the program cannot be begun */
  static async begin(
    { program, args, env, endsWithStdin }: ServerCommand,
    log: LogFile,
  ): Promise<ServerProcess> {
    await log.note(`info  ${[program, ...args].join(' ')}`);
    const output = await log.open();
    try {
      const child = spawn(program, args, {
        env,
        detached: process.platform !== 'win32',
        // The other end is closed when this process ends, whyever it does.
        stdio: [endsWithStdin ? 'pipe' : 'ignore', output.fd, output.fd],
      });
      child.stdin?.on('error', () => {});
      const failed = once(child, 'error').then(([error]) => {
        throw new Error(
          `${program} cannot be begun: ${
            (error as Error).message
          }. Mend modelServing.local.command.`,
        );
      });
      failed.catch(() => {});
      await Promise.race([once(child, 'spawn'), failed]);
      const pid = child.pid!;
      const start = (await startOf(pid)) ?? '';
      return new ServerProcess(child, { pid, start });
    } finally {
      await output.close();
    }
  }

  readonly known: KnownProcess;
  readonly #child: ChildProcess;
  readonly #ended = new AbortController();

  private constructor(child: ChildProcess, known: KnownProcess) {
    this.#child = child;
    this.known = known;
    if (this.#hasEnded) this.#ended.abort();
    else child.once('exit', () => this.#ended.abort());
  }

  /** Aborts when the process has ended. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Lets the portal and the gateway go first from now on. */
  giveWay(): void {
    try {
      setPriority(this.known.pid, NICENESS);
    } catch {
      // It has ended already, or the system has no priorities.
    }
  }

  /** Why it ended, for people. */
  get verdict(): string {
    const { exitCode, signalCode } = this.#child;
    return signalCode
      ? `The server was ended by ${signalCode}.`
      : `The server ended with ${exitCode}.`;
  }

  /** Asks it to end, and after that time makes it. */
  async end(graceMs: number): Promise<void> {
    const { pid } = this.known;
    if (!this.#hasEnded) {
      signalGroup(pid, 'SIGTERM');
      const grace = new AbortController();
      await Promise.race([
        once(this.#child, 'exit'),
        pause(graceMs, undefined, { signal: grace.signal }).catch(() => {}),
      ]);
      grace.abort();
    }
    // What it began may be there still.
    signalGroup(pid, 'SIGKILL');
    if (!this.#hasEnded) await once(this.#child, 'exit');
    this.#child.stdin?.destroy();
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}
