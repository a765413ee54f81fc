import {
  isChildPath,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  parseLocationRef,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { PACK_LIMITS } from '@modelhub/evals';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { PackEntity } from './packEntity';

/**
 * Reads the files beside the file that declares a pack.
 *
 * Paths and the annotation that says where an entity comes from can be written
 * by whoever writes the YAML. So only relative paths that stay inside are read,
 * and files on disk only under the folders of the file locations in
 * `catalog.locations`, which administrators write.
 */
export class PackFiles {
  static create(options: {
    urlReader: UrlReaderService;
    config: Config;
  }): PackFiles {
    return new PackFiles(options);
  }

  readonly #urlReader: UrlReaderService;
  readonly #integrations: ScmIntegrations;
  readonly #folders: string[];

  private constructor(options: {
    urlReader: UrlReaderService;
    config: Config;
  }) {
    this.#urlReader = options.urlReader;
    this.#integrations = ScmIntegrations.fromConfig(options.config);
    this.#folders = (
      options.config.getOptionalConfigArray('catalog.locations') ?? []
    )
      .filter(location => location.getOptionalString('type') === 'file')
      .map(location => dirname(resolve(location.getString('target'))));
  }

  /** @throws NotFoundError when it is not there or may not be read */
  async read(entity: PackEntity, path: string): Promise<string> {
    const outside =
      /^[a-z][a-z0-9+.-]*:|^[/\\]/i.test(path) ||
      path.split(/[/\\]/).includes('..');
    if (outside) {
      throw new NotFoundError(
        `'${path}' is not beside pack.yaml. Name a file in the folder of the pack, such as ./cases.jsonl.`,
      );
    }
    const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
    const { type, target } = location
      ? parseLocationRef(location)
      : { type: 'none', target: '' };
    if (type === 'file') return this.#readFile(target, path);
    if (type === 'url') {
      const response = await this.#urlReader.readUrl(
        this.#integrations.resolveUrl({ url: path, base: target }),
      );
      const buffer = await response.buffer();
      demandSize(path, buffer.byteLength);
      return buffer.toString('utf8');
    }
    throw new NotFoundError(
      `${path} has no place: the pack comes from neither a file nor a URL. Register the pack.yaml of its repository in the catalog.`,
    );
  }

  async #readFile(declaredIn: string, path: string): Promise<string> {
    const missing = new NotFoundError(
      `There is no file ${path} beside the pack.yaml that the catalog read.`,
    );
    let file: string;
    let home: string;
    try {
      home = await realpath(dirname(declaredIn));
      file = await realpath(resolve(home, path));
    } catch {
      throw missing;
    }
    const folders = await Promise.all(
      this.#folders.map(folder => realpath(folder).catch(() => undefined)),
    );
    const mayBeRead =
      isChildPath(home, file) &&
      folders.some(folder => folder && isChildPath(folder, file));
    if (!mayBeRead) throw missing;
    demandSize(path, (await stat(file)).size);
    return readFile(file, 'utf8');
  }
}

function demandSize(path: string, bytes: number): void {
  if (bytes > PACK_LIMITS.fileBytes) {
    throw new NotFoundError(
      `${path} is larger than ${PACK_LIMITS.fileBytes} bytes. Split the pack.`,
    );
  }
}
