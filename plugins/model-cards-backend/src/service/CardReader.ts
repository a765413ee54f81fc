import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import {
  type BackstageCredentials,
  isChildPath,
  type RootConfigService,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  type Entity,
  parseLocationRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  type ModelCardText,
} from '@modelhub/backstage-plugin-models-common';

const MAX_BYTES = 1024 * 1024;

/** Takes the front matter off a Hugging Face style card. */
export function withoutFrontMatter(text: string): string {
  return text.replace(/^\uFEFF?---\r?\n[\s\S]*?\r?\n---\r?\n?/, '').trim();
}

/**
 * Reads the card of a model beside the file that declares the model.
 *
 * Both `spec.card` and the annotation that says where the entity comes from
 * can be written by whoever writes the YAML. So only relative paths to Markdown
 * files are read, and files on disk only under the folders of the file
 * locations in `catalog.locations`, which administrators write.
 */
export class CardReader {
  readonly #catalog: CatalogService;
  readonly #urlReader: UrlReaderService;
  readonly #integrations: ScmIntegrations;
  readonly #folders: string[];

  static create(options: {
    catalog: CatalogService;
    urlReader: UrlReaderService;
    config: RootConfigService;
  }): CardReader {
    return new CardReader(options);
  }

  private constructor(options: {
    catalog: CatalogService;
    urlReader: UrlReaderService;
    config: RootConfigService;
  }) {
    this.#catalog = options.catalog;
    this.#urlReader = options.urlReader;
    this.#integrations = ScmIntegrations.fromConfig(options.config);
    this.#folders = (
      options.config.getOptionalConfigArray('catalog.locations') ?? []
    )
      .filter(location => location.getOptionalString('type') === 'file')
      .map(location => dirname(resolve(location.getString('target'))));
  }

  /**
   * @throws NotFoundError when there is no such model or no card to read.
   * @throws InputError when `spec.card` is nothing that may be read.
   */
  async read(
    name: { namespace: string; name: string },
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<ModelCardText> {
    const entityRef = stringifyEntityRef({ kind: 'model', ...name });
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity || !isModelEntity(entity)) {
      throw new NotFoundError(
        `There is no model ${entityRef}, or you may not read it`,
      );
    }
    const path = entity.spec.card;
    if (!path) {
      throw new NotFoundError(
        `${entityRef} has no card; name one in spec.card`,
      );
    }
    if (/^[a-z][a-z0-9+.-]*:|^[/\\]/i.test(path) || !/\.md$/i.test(path)) {
      throw new InputError(
        `spec.card of ${entityRef} is "${path}"; to be shown here it has to be a relative path to a .md file`,
      );
    }
    const text = await this.#readText(entity, path);
    return { markdown: withoutFrontMatter(text), path };
  }

  async #readText(entity: Entity, path: string): Promise<string> {
    const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
    const { type, target } = location
      ? parseLocationRef(location)
      : { type: 'none', target: '' };
    if (type === 'file') {
      return this.#readFile(target, path);
    }
    if (type === 'url') {
      const response = await this.#urlReader.readUrl(
        this.#integrations.resolveUrl({ url: path, base: target }),
      );
      const buffer = await response.buffer();
      if (buffer.byteLength > MAX_BYTES) {
        throw new InputError(`${path} is larger than 1 MiB`);
      }
      return buffer.toString('utf8');
    }
    throw new NotFoundError(
      `The card ${path} has no place: the model comes from neither a file nor a URL`,
    );
  }

  async #readFile(declaredIn: string, path: string): Promise<string> {
    const missing = new NotFoundError(
      `There is no card ${path} beside the file that declares the model`,
    );
    let file: string;
    try {
      file = await realpath(resolve(dirname(declaredIn), path));
    } catch {
      throw missing;
    }
    const folders = await Promise.all(
      this.#folders.map(folder => realpath(folder).catch(() => undefined)),
    );
    if (!folders.some(folder => folder && isChildPath(folder, file))) {
      throw missing;
    }
    if ((await stat(file)).size > MAX_BYTES) {
      throw new InputError(`${path} is larger than 1 MiB`);
    }
    return readFile(file, 'utf8');
  }
}
