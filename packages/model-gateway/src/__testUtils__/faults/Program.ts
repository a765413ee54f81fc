import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');

/** A port that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A process that is killed and started again at the same port. */
export class Program {
  readonly name: string;
  readonly port: number;
  /** Milliseconds since the epoch. */
  readonly killedAt: number[] = [];
  readonly #args: string[];
  readonly #env: NodeJS.ProcessEnv | undefined;
  readonly #log: number;
  #child: ChildProcess | undefined;

  /** @param args - of Node; its output goes into the folder */
  constructor(
    name: string,
    port: number,
    folder: string,
    args: string[],
    env?: Record<string, string>,
  ) {
    this.name = name;
    this.port = port;
    this.#args = ['--require', TRANSFORM, ...args];
    this.#env = env && { ...process.env, ...env };
    this.#log = fs.openSync(path.join(folder, `${name}.log`), 'a');
  }

  get isUp(): boolean {
    return this.#child !== undefined;
  }

  start(): void {
    this.#child = spawn(process.execPath, this.#args, {
      stdio: ['ignore', this.#log, this.#log],
      env: this.#env,
    });
  }

  async kill(): Promise<void> {
    this.killedAt.push(Date.now());
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    fs.closeSync(this.#log);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
  }
}
