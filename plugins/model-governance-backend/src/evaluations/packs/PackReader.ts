import { stringifyEntityRef } from '@backstage/catalog-model';
import type { EvaluationPackProblem } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import { PackError, readPack, type EvaluationPack } from '@modelhub/evals';
import {
  packFiles,
  packYamlOf,
  plainPath,
  type PackEntity,
} from './packEntity';
import type { PackFiles } from './PackFiles';
import type { PackContent, PackStore, PackVersion } from './PackStore';

/** What reading a pack came to. */
export interface ReadPack {
  /** Absent where it cannot be read or is not valid. */
  pack?: EvaluationPack;
  content?: PackContent;
  version?: PackVersion;
  problems: EvaluationPackProblem[];
}

/** Cases may change without the entity: nothing is believed for longer. */
const FRESH_MS = 60_000;
const MOST_KEPT = 100;

/** Reads packs of the catalog, and remembers what each version was. */
export class PackReader {
  static create(options: {
    files: Pick<PackFiles, 'read'>;
    store: PackStore;
    clock: Clock;
  }): PackReader {
    return new PackReader(options);
  }

  readonly #options: Parameters<typeof PackReader.create>[0];
  /** By entity ref; the one that was asked for last at the end. */
  readonly #kept = new Map<
    string,
    { key: string; at: number; read: Promise<ReadPack> }
  >();

  private constructor(options: Parameters<typeof PackReader.create>[0]) {
    this.#options = options;
  }

  /** @param options - `fresh`: read the files now, whatever was read before */
  async read(
    entity: PackEntity,
    options: { fresh?: boolean } = {},
  ): Promise<ReadPack> {
    const entityRef = stringifyEntityRef(entity);
    const { etag, uid } = entity.metadata;
    const key = JSON.stringify([uid, etag ?? entity.spec]);
    const now = this.#options.clock.now().getTime();
    const kept = this.#kept.get(entityRef);
    const isFresh =
      !options.fresh && kept?.key === key && now - kept.at < FRESH_MS;
    this.#kept.delete(entityRef);
    const read = isFresh ? kept.read : this.#readNow(entity);
    this.#kept.set(entityRef, isFresh ? kept : { key, at: now, read });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    try {
      return await read;
    } catch (error) {
      this.#kept.delete(entityRef);
      throw error;
    }
  }

  /** A version that was read before, by its digest. */
  async ofDigest(
    digest: string,
  ): Promise<{ pack: EvaluationPack; content: PackContent } | undefined> {
    const content = await this.#options.store.content(digest);
    return content && { content, pack: await parse(content) };
  }

  async #readNow(entity: PackEntity): Promise<ReadPack> {
    const { files, store, clock } = this.#options;
    const content: PackContent = { packYaml: packYamlOf(entity), files: {} };
    for (const path of packFiles(entity)) {
      try {
        content.files[path] = await files.read(entity, path);
      } catch (error) {
        const message = `Its files cannot be read: ${(error as Error).message}`;
        return { problems: [{ code: 'unreadable', message }] };
      }
    }
    let pack: EvaluationPack;
    try {
      pack = await parse(content);
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      return { problems: [{ code: 'invalid', message: error.message }] };
    }
    const version = await store.saw(
      {
        entityRef: stringifyEntityRef(entity),
        version: pack.version,
        digest: pack.digest,
      },
      content,
      clock.now().toISOString(),
    );
    return {
      pack,
      content,
      version,
      problems: version.otherDigest
        ? [
            {
              code: 'content-changed',
              message: `The content changed without a new version: ${pack.version} was ${version.digest} on ${version.firstSeenAt}, and is ${pack.digest} now. Raise spec.version, or take the change back. Results of the earlier content stay what they are.`,
            },
          ]
        : [],
    };
  }
}

/** @throws PackError */
export function parse(content: PackContent): Promise<EvaluationPack> {
  return readPack({
    packYaml: content.packYaml,
    read: async path => {
      const text = content.files[plainPath(path)];
      if (text === undefined) throw new Error(`There is no file ${path}.`);
      return text;
    },
  });
}
