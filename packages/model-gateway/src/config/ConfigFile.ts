import fs from 'node:fs';
import path from 'node:path';
import type { GatewayConfig } from './GatewayConfig';
import { readConfig } from './readConfig';

/** A change is often several: a draft, a rename, a link that moves. */
const SETTLE_MS = 200;

/** Settings that are taken at the start only. */
const FIXED = [
  'name',
  'listen',
  'controlPlane',
  'portalUrl',
  'limits',
  'usage',
  'oidc',
  'telemetry',
] as const;

interface Options {
  file: string;
  env: Record<string, string | undefined>;
  /** What holds now. */
  current: GatewayConfig;
  apply: (config: GatewayConfig) => Promise<void>;
  logger: {
    warn(message: string, fields?: Record<string, string>): void;
    error(message: string, fields?: Record<string, string>): void;
  };
}

/**
 * Follows the configuration file while the gateway runs. A file that cannot be
 * used changes nothing, and the log says why.
 */
export class ConfigFile {
  readonly #options: Options;
  readonly #watcher: fs.FSWatcher;
  #current: GatewayConfig;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();

  private constructor(options: Options) {
    this.#options = options;
    this.#current = options.current;
    // The folder, because editors and Kubernetes put another file in its place.
    this.#watcher = fs.watch(path.dirname(path.resolve(options.file)), () =>
      this.#soon(),
    );
    this.#watcher.on('error', error =>
      options.logger.warn(
        'The configuration file is not watched any more: send SIGHUP after a change',
        { reason: error.message },
      ),
    );
  }

  static follow(options: Options): ConfigFile {
    return new ConfigFile(options);
  }

  /** Reads the file now, one reading after the other. */
  reload(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#watcher.close();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.reload();
    }, SETTLE_MS).unref();
  }

  async #read(): Promise<void> {
    const { file, env, apply, logger } = this.#options;
    try {
      const config = readConfig(file, env);
      if (isSame(config, this.#current)) {
        return;
      }
      const fixed = FIXED.filter(
        name => !isSame(config[name], this.#current[name]),
      );
      if (fixed.length > 0) {
        logger.warn('These settings hold from the next start on', {
          settings: fixed.join(', '),
        });
      }
      await apply(config);
      this.#current = config;
    } catch (error) {
      logger.error(
        'The configuration file is not taken over; what was configured before holds',
        { reason: (error as Error).message },
      );
    }
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
