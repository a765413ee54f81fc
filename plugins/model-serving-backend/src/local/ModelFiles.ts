import { InputError, NotAllowedError } from '@backstage/errors';
import type { EngineModel } from '@modelhub/backstage-plugin-models-node';
import {
  openArtifact,
  type ArtifactFile,
  type ArtifactSource,
} from '@modelhub/scanner';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  utimes,
} from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalConfig } from './readLocalConfig';

const DIGEST = /^sha256:([0-9a-f]{64})$/;
/** Downloaded files that nobody has asked for since are thrown away. */
const KEEP_MS = 14 * 24 * 60 * 60 * 1000;

/** Where the weights of models are on this machine. */
export class ModelFiles {
  readonly #config: Pick<
    LocalConfig,
    'artifactFolders' | 'access' | 'folder' | 'formats'
  >;
  readonly #cache: string;

  constructor(
    config: Pick<
      LocalConfig,
      'artifactFolders' | 'access' | 'folder' | 'formats'
    >,
  ) {
    this.#config = config;
    this.#cache = path.join(config.folder, 'files');
  }

  /**
   * The file with exactly the bytes of the version, downloaded where it is not
   * here yet.
   *
   * @throws InputError, NotAllowedError, ArtifactError
   */
  async fetch(
    { artifact, version }: EngineModel,
    signal: AbortSignal,
    onProgress: (share: number) => void,
  ): Promise<string> {
    const [, digest] = DIGEST.exec(artifact.digest ?? '') ?? [];
    if (!digest) {
      throw new InputError(
        `Version ${version} has no digest, and only bytes that are known are run. Record artifact.digest in the catalog.`,
      );
    }
    if (/^file:/i.test(artifact.uri)) {
      const file = await this.#inFolder(artifact.uri);
      await check(file, digest, signal);
      return file;
    }
    await mkdir(this.#cache, { recursive: true, mode: 0o700 });
    const file = path.join(
      this.#cache,
      `${digest}.${this.#formatOf(artifact)}`,
    );
    const found = await stat(file).catch(() => undefined);
    if (found) {
      const now = new Date();
      await utimes(file, now, now);
      await check(file, digest, signal);
      return file;
    }
    await this.#download({ artifact, digest, file, signal, onProgress });
    return file;
  }

  /** Throws away what was not used for long. */
  async tidy(now = Date.now()): Promise<void> {
    for (const name of await readdir(this.#cache).catch(() => [])) {
      const file = path.join(this.#cache, name);
      const { mtimeMs } = await stat(file);
      if (now - mtimeMs > KEEP_MS) await rm(file, { force: true });
    }
  }

  #formatOf({ format, uri }: EngineModel['artifact']): string {
    const name = format ?? path.extname(uri).slice(1);
    return /^[a-z0-9]{1,16}$/.test(name) ? name : 'bin';
  }

  async #inFolder(uri: string): Promise<string> {
    let below: string;
    try {
      below = fileURLToPath(uri);
    } catch {
      throw new InputError(`${uri} is no path. Mend it in the catalog.`);
    }
    for (const folder of this.#config.artifactFolders) {
      const root = await realpath(folder).catch(() => undefined);
      if (!root) continue;
      const file = await realpath(path.join(root, below)).catch(
        () => undefined,
      );
      if (!file) continue;
      if (!file.startsWith(root + path.sep)) {
        throw new NotAllowedError(
          `${uri} leads out of the folder of artifacts. Put the file itself there.`,
        );
      }
      return file;
    }
    throw new InputError(
      `${uri} is not below modelServing.local.artifactFolders on this machine. Put the file there, or mend the URI.`,
    );
  }

  async #download(work: {
    artifact: EngineModel['artifact'];
    digest: string;
    file: string;
    signal: AbortSignal;
    onProgress: (share: number) => void;
  }): Promise<void> {
    const { artifact, digest, file, signal, onProgress } = work;
    const source = await openArtifact(artifact.uri, {
      access: this.#config.access,
      revision: artifact.revision,
    });
    const part = `${file}.${process.pid}.part`;
    try {
      const chosen = await this.#choose(source, digest, signal);
      const bytes = await chosen.open({ signal });
      const hash = createHash('sha256');
      const target = await open(part, 'w', 0o600);
      try {
        let written = 0;
        for await (const chunk of bytes.stream()) {
          signal.throwIfAborted();
          hash.update(chunk);
          await target.write(chunk);
          written += chunk.length;
          onProgress(bytes.size ? written / bytes.size : 0);
        }
      } finally {
        await target.close();
        await bytes.close();
      }
      compare(hash.digest('hex'), digest, artifact.uri);
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
      await source.close();
    }
  }

  /** The file with the digest where the registry tells digests, else the only one. */
  async #choose(
    source: ArtifactSource,
    digest: string,
    signal: AbortSignal,
  ): Promise<ArtifactFile> {
    const fitting: ArtifactFile[] = [];
    for await (const file of source.list({ signal })) {
      if (file.sha256 === digest) return file;
      const extension = path.extname(file.path).slice(1).toLowerCase();
      if (this.#config.formats.includes(extension)) fitting.push(file);
    }
    if (fitting.length === 1) return fitting[0];
    throw new InputError(
      `${source.uri} has ${
        fitting.length
      } files of the format ${this.#config.formats.join(
        ', ',
      )}. Name one of them in artifact.uri.`,
    );
  }
}

async function check(file: string, digest: string, signal: AbortSignal) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { signal })) {
    hash.update(chunk);
  }
  compare(hash.digest('hex'), digest, file);
}

function compare(found: string, wanted: string, name: string): void {
  if (found === wanted) return;
  throw new InputError(
    `${path.basename(
      name,
    )} has the digest sha256:${found} and not sha256:${wanted}. It is not run: other bytes were looked at when the version was recorded.`,
  );
}
