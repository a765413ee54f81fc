import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import {
  basename,
  isAbsolute,
  join,
  matchesGlob,
  relative,
  resolve,
  sep,
} from 'node:path';
import {
  ArtifactError,
  type ArtifactFile,
  type ArtifactProblem,
  type ArtifactSource,
} from '../ArtifactSource';
import { FileSource } from '../FileSource';

const special = (): ArtifactProblem => ({
  rule: 'artifact-special-file',
  message: 'is a device, a pipe or a socket',
});

/** A file or a folder of the file system, hidden files included. */
export class PathArtifact implements ArtifactSource {
  /** @throws ArtifactError when there is none */
  static async open(
    path: string,
    options: { exclude?: string[]; maxFiles: number },
  ): Promise<PathArtifact> {
    try {
      // Whoever names a link means where it leads.
      const root = await realpath(path);
      const { isFolder } = await kindOf(root);
      return new PathArtifact(path, root, isFolder, options);
    } catch (error) {
      throw pathError(error, path);
    }
  }

  readonly uri: string;
  readonly leftOut: string[] = [];
  readonly #root: string;
  readonly #isFolder: boolean;
  readonly #exclude: string[];
  readonly #maxFiles: number;

  private constructor(
    path: string,
    root: string,
    isFolder: boolean,
    options: { exclude?: string[]; maxFiles: number },
  ) {
    this.uri = path;
    this.#root = root;
    this.#isFolder = isFolder;
    this.#exclude = options.exclude ?? [];
    this.#maxFiles = options.maxFiles;
  }

  get pinnedUri(): string {
    return this.uri;
  }

  async *list(
    options: { signal?: AbortSignal } = {},
  ): AsyncIterable<ArtifactFile> {
    if (!this.#isFolder) {
      yield this.#file(basename(resolve(this.uri)), this.#root);
      return;
    }
    this.leftOut.length = 0;
    let count = 0;
    for await (const file of this.#walk('')) {
      options.signal?.throwIfAborted();
      count += 1;
      if (count > this.#maxFiles) {
        throw new ArtifactError(
          'too-large',
          `${this.uri} holds more than ${
            this.#maxFiles
          } files; scan parts of it, or raise the limit`,
        );
      }
      yield file;
    }
  }

  addressOf(path: string): string {
    return this.#isFolder
      ? `${this.uri.replace(/\/+$/, '')}/${path}`
      : this.uri;
  }

  async close(): Promise<void> {}

  async *#walk(folder: string): AsyncIterable<ArtifactFile> {
    let names: string[];
    try {
      names = await readdir(join(this.#root, folder));
    } catch (error) {
      yield this.#broken(folder, {
        rule: 'unreadable',
        message: `the folder cannot be read: ${(error as Error).message}`,
      });
      return;
    }
    // By code unit: the same on every machine.
    for (const name of names.sort()) {
      const path = folder ? `${folder}/${name}` : name;
      if (this.#exclude.some(glob => matchesGlob(path, glob))) {
        this.leftOut.push(path);
        continue;
      }
      yield* this.#entry(path);
    }
  }

  async *#entry(path: string): AsyncIterable<ArtifactFile> {
    const full = join(this.#root, path);
    const entry = await lstat(full).catch((error: Error) => error);
    if (entry instanceof Error) {
      yield this.#broken(path, { rule: 'unreadable', message: entry.message });
    } else if (entry.isSymbolicLink()) {
      yield* this.#link(path, full);
    } else if (entry.isDirectory()) {
      yield* this.#walk(path);
    } else if (entry.isFile()) {
      yield this.#file(path, full, entry.size);
    } else {
      yield this.#broken(path, special());
    }
  }

  /** What links within the folder lead to is read; folders are met anyway. */
  async *#link(path: string, full: string): AsyncIterable<ArtifactFile> {
    const target = await realpath(full).catch(() => undefined);
    if (target === undefined) {
      yield this.#broken(path, {
        rule: 'unreadable',
        message: 'is a link that leads nowhere',
      });
      return;
    }
    const way = relative(this.#root, target);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
      yield this.#broken(path, {
        rule: 'artifact-link-outside',
        message: `is a link to ${target}, outside the folder that is scanned`,
      });
      return;
    }
    const { isFile, isFolder, size } = await kindOf(target);
    if (isFile) yield this.#file(path, target, size);
    else if (!isFolder) yield this.#broken(path, special());
  }

  #file(path: string, full: string, sizeBytes?: number): ArtifactFile {
    return {
      path,
      sizeBytes,
      open: async () => {
        try {
          return await FileSource.open(full, path);
        } catch (error) {
          throw pathError(error, path);
        }
      },
    };
  }

  #broken(path: string, problem: ArtifactProblem): ArtifactFile {
    return {
      path: path || '.',
      problem,
      open: async () => {
        throw new ArtifactError('unsupported', problem.message);
      },
    };
  }
}

async function kindOf(path: string) {
  const entry = await stat(path);
  return {
    isFile: entry.isFile(),
    isFolder: entry.isDirectory(),
    size: entry.size,
  };
}

function pathError(error: unknown, path: string): ArtifactError {
  if (error instanceof ArtifactError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ArtifactError('not-found', `There is no ${path}`);
  }
  return new ArtifactError(
    code === 'EACCES' || code === 'EPERM' ? 'unauthorised' : 'unsupported',
    `${path} cannot be read: ${message}`,
    { cause: error },
  );
}
