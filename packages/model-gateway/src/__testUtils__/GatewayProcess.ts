import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const BIN = path.resolve(__dirname, '../../bin/modelhub-gateway');

/** A gateway as a process of its own, as people run it. */
export class GatewayProcess {
  readonly logs: string[] = [];
  readonly #child: ChildProcess;
  readonly #file: string;
  #port = 0;

  private constructor(child: ChildProcess, file: string) {
    this.#child = child;
    this.#file = file;
  }

  /** @param config - of the file; `listen.port` 0 lets the system choose */
  static async create(
    config: object,
    env: Record<string, string> = {},
  ): Promise<GatewayProcess> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-'));
    const file = path.join(folder, 'gateway.yaml');
    fs.writeFileSync(file, JSON.stringify(config));
    const child = spawn(process.execPath, [BIN, '--config', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    const gateway = new GatewayProcess(child, folder);
    await gateway.#listening();
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Resolves when it has ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill(signal);
      await ended;
    }
    fs.rmSync(this.#file, { recursive: true, force: true });
  }

  #listening(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.once('exit', code =>
        reject(new Error(`The gateway ended with ${code}: ${this.logs}`)),
      );
      createInterface({ input: this.#child.stdout! }).on('line', line => {
        this.logs.push(line);
        const { message, port } = JSON.parse(line);
        if (message === 'Listening') {
          this.#port = port;
          resolve();
        }
      });
    });
  }
}
