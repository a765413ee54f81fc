import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  DeploymentEvent,
  DeploymentPhase,
  DeploymentRequest,
} from '@modelhub/backstage-plugin-models-node';
import { freemem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { write, type DeploymentFolder } from './DeploymentFolder';
import type { ModelFiles } from './ModelFiles';
import { freePort } from './ports';
import { probe } from './probe';
import type { LocalConfig } from './readLocalConfig';
import { serverCommand } from './serverCommand';
import { ServerProcess } from './ServerProcess';

const GIB = 1024 ** 3;
const STARTING_LOOK_MS = 200;
const READY_LOOK_MS = 5_000;
const WAITING_LOOK_MS = 1_000;
/** Looks at a ready server that may fail one after another. */
const MOST_SILENT = 3;
const MOST_TRIES = 3;
const BACK_OFF_MS = 1_000;
const GRACE_MS = 15_000;
/** After so long without a fault the tries are counted anew. */
const FORGIVEN_MS = 10 * 60 * 1000;
const LAST_LINES = 5;
/** Share of the start that getting the file is. */
const FILE_SHARE = 0.5;

interface ServerRunOptions {
  id: string;
  request: DeploymentRequest;
  config: LocalConfig;
  folder: DeploymentFolder;
  files: ModelFiles;
  logger: LoggerService;
  events: DeploymentEvent[];
  /** Where the gateway looks for it, if it ran before. */
  lastPort?: number;
  /** Those that hold a process or are about to. */
  others: () => ServerRun[];
  onChange: (id: string) => void;
  backOffMs?: number;
  graceMs?: number;
  freeGiB?: () => number;
}

/** One deployment, from the file to the end of its process. */
export class ServerRun {
  readonly id: string;
  readonly events: DeploymentEvent[];
  readonly #options: ServerRunOptions;
  readonly #ending = new AbortController();
  #request: DeploymentRequest;
  #phase: DeploymentPhase = 'pending';
  #message?: string;
  #reason?: string;
  #progress?: number;
  #port?: number;
  #lastPort?: number;
  #process?: ServerProcess;
  #work?: Promise<void>;
  #isDone = false;
  #expires?: string;

  constructor(options: ServerRunOptions) {
    this.#options = options;
    this.#request = options.request;
    this.#lastPort = options.lastPort;
    this.id = options.id;
    this.events = [...options.events];
  }

  get request(): DeploymentRequest {
    return this.#request;
  }

  get port(): number | undefined {
    return this.#port;
  }

  /** Whether it holds memory, or is about to. */
  get holds(): boolean {
    return this.#port !== undefined && this.#phase !== 'failed';
  }

  begin(): void {
    this.#work ??= this.#run()
      .catch(error => this.#fail(error as Error))
      .finally(() => {
        this.#isDone = true;
      });
  }

  /** Takes what may change of a request: how long it lives. */
  async update(request: DeploymentRequest): Promise<void> {
    this.#request = request;
    const { expiresAt } = request;
    if (expiresAt === undefined || expiresAt === this.#expires) return;
    this.#expires = expiresAt;
    await write(this.#expiresFile, expiresAt);
  }

  /** Asks for the end, and says whether it has come. */
  end(why: string): boolean {
    if (!this.#ending.signal.aborted) {
      this.#event('info', 'Stopping', `${why}.`);
      this.#ending.abort();
      this.#show('stopping', `${why}; the server ends.`, 'Stopping').catch(
        error => this.#options.logger.error(String(error)),
      );
    }
    return this.#isDone;
  }

  /** The backend ends: so does the process, and what is wanted stays wanted. */
  async leave(): Promise<void> {
    if (this.#isDone) return;
    this.#ending.abort();
    await this.#work;
    await this.#show(
      'pending',
      'The backend that ran it has ended; the next one begins it again.',
      'Left',
    );
  }

  get #expiresFile(): string {
    return this.#options.folder.file(this.id, 'expires');
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    await this.update(this.#request);
    let tries = 0;
    while (!signal.aborted) {
      const upSince = performance.now();
      const problem = await this.#once(signal);
      if (signal.aborted) return;
      if (performance.now() - upSince > FORGIVEN_MS) tries = 0;
      tries += 1;
      const last = await this.#options.folder.log(this.id).tail(LAST_LINES);
      const words = [problem, ...last].join('\n');
      this.#event('warning', 'Crashed', words);
      if (tries > MOST_TRIES) {
        this.#port = undefined;
        await this.#show(
          'failed',
          `The server ended ${tries} times; it is not begun again. ${words}`,
          'Crashed',
        );
        return;
      }
      const wait = (this.#options.backOffMs ?? BACK_OFF_MS) * 2 ** (tries - 1);
      await this.#show(
        'starting',
        `${problem} It is begun again (${tries} of ${MOST_TRIES}).`,
        'BackOff',
      );
      await this.#pause(wait);
    }
  }

  /** Until the process ends. Says why it did. */
  async #once(signal: AbortSignal): Promise<string> {
    const { config, files, folder } = this.#options;
    await this.#room(signal);
    if (signal.aborted) return '';
    await this.#show('starting', 'The file of the model is looked at.', 'File');
    const file = await files.fetch(this.#request.model, signal, share => {
      this.#progress = share * FILE_SHARE;
      this.#write('starting').catch(() => undefined);
    });
    const port = this.#port!;
    const command = serverCommand(config, {
      request: this.#request,
      file,
      port,
      expiresFile: this.#expiresFile,
      env: process.env,
    });
    const child = await ServerProcess.begin(command, folder.log(this.id));
    this.#process = child;
    this.#event(
      'info',
      'Started',
      `Process ${child.known.pid} listens on port ${port}.`,
    );
    await this.#show('starting', 'The model is being loaded.', 'Loading');
    try {
      return await this.#watch(child, port, signal);
    } finally {
      await child.end(this.#options.graceMs ?? GRACE_MS);
      this.#process = undefined;
    }
  }

  /** Until the process has ended, is to be ended, or does not answer any more. */
  async #watch(
    child: ServerProcess,
    port: number,
    signal: AbortSignal,
  ): Promise<string> {
    const over = AbortSignal.any([signal, child.ended]);
    let silent = 0;
    while (!over.aborted) {
      const { isReady, progress } = await probe(
        port,
        this.#options.config.healthPath,
        over,
      );
      if (over.aborted) break;
      const wasReady = this.#phase === 'ready';
      if (isReady) {
        silent = 0;
        this.#progress = undefined;
        if (!wasReady) {
          child.giveWay();
          this.#event('info', 'Ready', 'The server answers.');
          await this.#show('ready', undefined, undefined);
        }
      } else if (wasReady) {
        silent += 1;
        if (silent >= MOST_SILENT) return 'The server does not answer.';
      } else if (progress !== undefined) {
        this.#progress = FILE_SHARE + progress * (1 - FILE_SHARE);
        await this.#write('starting');
      }
      await pause(isReady ? READY_LOOK_MS : STARTING_LOOK_MS, undefined, {
        signal: over,
      }).catch(() => undefined);
    }
    return child.verdict;
  }

  /** Waits for a place, memory and a port. */
  async #room(signal: AbortSignal): Promise<void> {
    this.#port = undefined;
    while (!signal.aborted) {
      const problem = await this.#takeRoom();
      if (!problem) return;
      if (this.#message !== problem) {
        await this.#show('pending', problem, 'NoRoom');
      }
      await this.#pause(WAITING_LOOK_MS);
    }
  }

  async #takeRoom(): Promise<string | undefined> {
    const { config, others } = this.#options;
    const needed = this.#request.resources.memoryGiB;
    const held = others();
    if (held.length >= config.maxProcesses) {
      return `${held.length} of ${config.maxProcesses} servers run on this machine; it waits until one ends.`;
    }
    const used = held.reduce(
      (sum, { request }) => sum + request.resources.memoryGiB,
      0,
    );
    if (used + needed > config.memoryGiB) {
      return `It needs ${needed} GiB of memory, and ${used} of ${config.memoryGiB} GiB are taken; it waits until a server ends.`;
    }
    const free = this.#options.freeGiB?.() ?? freemem() / GIB;
    if (free < needed) {
      return `It needs ${needed} GiB of memory, and this machine has ${free.toFixed(
        1,
      )} left; it waits until a program ends.`;
    }
    const taken = new Set(held.map(run => run.port!));
    const port = await freePort(config.ports, taken, this.#lastPort);
    if (port === undefined) {
      return `No port from ${config.ports.from} to ${config.ports.to} is free; it waits until one is.`;
    }
    // Another one may have taken it while this one looked.
    if (others().some(run => run.port === port)) return this.#takeRoom();
    this.#port = port;
    this.#lastPort = port;
    return undefined;
  }

  async #fail({ message }: Error): Promise<void> {
    this.#port = undefined;
    if (this.#ending.signal.aborted) return;
    this.#event('warning', 'Failed', message);
    await this.#options.folder.log(this.id).note(`error ${message}`);
    await this.#show('failed', message, 'Failed');
  }

  #event(
    level: DeploymentEvent['level'],
    reason: string,
    message: string,
  ): void {
    this.events.push({ at: new Date().toISOString(), level, reason, message });
  }

  async #show(
    phase: DeploymentPhase,
    message: string | undefined,
    reason: string | undefined,
  ): Promise<void> {
    this.#message = message;
    this.#reason = reason;
    await this.#write(phase);
    this.#options.onChange(this.id);
  }

  async #write(phase: DeploymentPhase): Promise<void> {
    this.#phase = phase;
    await this.#options.folder.see(this.id, {
      phase,
      message: this.#message,
      reason: this.#reason,
      port: this.#port,
      process: this.#process?.known,
      progress: this.#progress,
      events: this.events,
    });
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#ending;
    await pause(ms, undefined, { signal }).catch(() => undefined);
  }
}
