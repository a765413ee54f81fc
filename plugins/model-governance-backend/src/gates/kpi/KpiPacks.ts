import type { LoggerService } from '@backstage/backend-plugin-api';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { KpiPack } from './KpiPack';
import type { KpiPackHistory } from './KpiPackStore';
import { KpiPackError, parseKpiPack } from './parseKpiPack';

interface Known {
  text: string;
  pack?: KpiPack;
  /** Why the file as it is now does not count. */
  problem?: string;
}

export interface KpiPacksOptions {
  /** The folder with the packs; it need not be there. */
  path: string;
  logger: LoggerService;
  history?: KpiPackHistory;
}

/**
 * Packs out of a folder. A file that does not load changes nothing: what was
 * good last of it stays in force, over restarts too.
 */
export class KpiPacks {
  /** Loads the folder once; {@link KpiPacks.start} keeps looking at it. */
  static async create(options: KpiPacksOptions): Promise<KpiPacks> {
    const packs = new KpiPacks(options);
    for (const { file, text } of (await options.history?.last()) ?? []) {
      packs.#take(file, text);
    }
    await packs.reload();
    return packs;
  }

  readonly #options: KpiPacksOptions;
  readonly #known = new Map<string, Known>();

  private constructor(options: KpiPacksOptions) {
    this.#options = options;
  }

  /** Look for changes every few seconds until the signal says stop. */
  start(options: { signal: AbortSignal; everySeconds?: number }): void {
    const timer = setInterval(() => {
      this.reload().catch(error =>
        this.#options.logger.error('KPI packs could not be reloaded', error),
      );
    }, (options.everySeconds ?? 3) * 1000);
    timer.unref();
    options.signal.addEventListener('abort', () => clearInterval(timer), {
      once: true,
    });
  }

  get(id: string): KpiPack | undefined {
    return this.all().find(pack => pack.id === id);
  }

  /** Those that are in force, by id. */
  all(): KpiPack[] {
    return [...this.#known.values()]
      .flatMap(({ pack }) => pack ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** What is wrong with files, whether or not an older state of them counts. */
  problems(): string[] {
    return [...this.#known.values()].flatMap(({ problem }) => problem ?? []);
  }

  /** Loads what changed since it was loaded last. */
  async reload(): Promise<void> {
    const { history } = this.#options;
    const files = await this.#read();
    for (const [file, text] of files) {
      const before = this.#known.get(file);
      if (before?.text === text && (before.pack || before.problem)) continue;
      if (this.#take(file, text)) await history?.put({ file, text });
    }
    for (const file of [...this.#known.keys()]) {
      if (files.has(file)) continue;
      this.#known.delete(file);
      await history?.remove(file);
    }
  }

  /** True where the file came into force. */
  #take(file: string, text: string): boolean {
    const { logger } = this.#options;
    const before = this.#known.get(file);
    try {
      const pack = parseKpiPack(file, text);
      for (const [other, known] of this.#known) {
        if (other !== file && known.pack?.id === pack.id) {
          throw new KpiPackError(file, [
            `id: '${pack.id}' is that of ${other}; give it another id`,
          ]);
        }
      }
      this.#known.set(file, { text, pack });
      if (pack.version === before?.pack?.version) return false;
      logger.info(`KPI pack ${pack.id} ${pack.version} is in force`);
      return true;
    } catch (error) {
      if (!(error instanceof KpiPackError)) throw error;
      logger.error(`The KPI pack was not loaded: ${error.message}`);
      this.#known.set(file, {
        text,
        pack: before?.pack,
        problem: error.message,
      });
      return false;
    }
  }

  async #read(): Promise<Map<string, string>> {
    const { path } = this.#options;
    try {
      const entries = await readdir(path, {
        recursive: true,
        withFileTypes: true,
      });
      const files = entries
        .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
        .map(entry => join(entry.parentPath, entry.name))
        .sort();
      const read = files.map(
        async (file): Promise<[string, string]> => [
          relative(path, file).split(sep).join('/'),
          await readFile(file, 'utf8'),
        ],
      );
      return new Map(await Promise.all(read));
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return new Map();
      throw error;
    }
  }
}
