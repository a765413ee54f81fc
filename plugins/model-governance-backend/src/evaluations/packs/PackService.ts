import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  EVALUATION_PACK_KIND,
  isEvaluationPackEntity,
  isModelEntity,
  type EvaluationPackDetail,
  type EvaluationPackDocument,
  type EvaluationPackSummary,
  type EvaluationKind,
} from '@modelhub/backstage-plugin-models-common';
import type { EvaluationPack } from '@modelhub/evals';
import { packFacts, type PackEntity } from './packEntity';
import { parse, type PackReader, type ReadPack } from './PackReader';
import type { PackContent, PackStore } from './PackStore';
import { presentPack, presentVersions } from './presentPack';

type Asked = { credentials: BackstageCredentials };

export interface PackName {
  namespace: string;
  name: string;
  version?: string;
}

const KIND = EVALUATION_PACK_KIND.toLocaleLowerCase('en-US');

/** Entity ref of a pack however it was written. Throws `InputError`. */
export function packRef(text: string): string {
  try {
    const ref = parseEntityRef(text, {
      defaultKind: KIND,
      defaultNamespace: 'default',
    });
    if (ref.kind.toLocaleLowerCase('en-US') !== KIND) throw new Error(ref.kind);
    return stringifyEntityRef(ref);
  } catch {
    throw new InputError(
      `pack '${text}' is not an entity reference such as evaluationpack:acme/tickets.`,
    );
  }
}

const packRefOf = ({ namespace, name }: PackName) =>
  stringifyEntityRef({ kind: KIND, namespace, name });

/** Evaluation packs as callers may see them in the catalog. */
export class PackService {
  static create(options: {
    catalog: CatalogService;
    reader: PackReader;
    store: PackStore;
  }): PackService {
    return new PackService(options);
  }

  readonly #catalog: CatalogService;
  readonly #reader: PackReader;
  readonly #store: PackStore;

  private constructor(options: Parameters<typeof PackService.create>[0]) {
    this.#catalog = options.catalog;
    this.#reader = options.reader;
    this.#store = options.store;
  }

  async list(
    query: { type?: EvaluationKind; entityRef?: string },
    { credentials }: Asked,
  ): Promise<EvaluationPackSummary[]> {
    const tasks = await this.#tasksOf(query.entityRef, credentials);
    const entities = (await this.entities(credentials)).filter(
      ({ spec }) =>
        (!query.type || spec.type === query.type) &&
        (!tasks ||
          !spec.modelTasks?.length ||
          spec.modelTasks.some(task => tasks.includes(task))),
    );
    const packs = await Promise.all(
      entities.map(async entity =>
        summary(entity, await this.#reader.read(entity)),
      ),
    );
    return packs.sort(
      (a, b) =>
        a.title.localeCompare(b.title) ||
        a.entityRef.localeCompare(b.entityRef),
    );
  }

  /** @throws NotFoundError */
  async get(name: PackName, asked: Asked): Promise<EvaluationPackDetail> {
    const entity = await this.entity(packRefOf(name), asked.credentials);
    const entityRef = stringifyEntityRef(entity);
    const { read, isCurrent } = await this.#version(entity, name.version);
    const versions = await this.#store.versions(entityRef);
    const nothing = {
      criteria: entity.spec.criteria ?? [],
      scorers: entity.spec.scorers,
      fairness: entity.spec.fairness,
      request: entity.spec.request && { ...entity.spec.request },
      slices: [],
      categories: [],
      sample: [],
    };
    return {
      ...summary(entity, read),
      ...(read.pack && { version: read.pack.version }),
      isCurrent,
      ...(read.pack ? presentPack(read.pack) : nothing),
      versions: presentVersions(versions),
    };
  }

  /** @throws NotFoundError, and ConflictError for a pack that cannot be run as it is */
  async download(
    name: PackName,
    asked: Asked,
  ): Promise<EvaluationPackDocument> {
    const entity = await this.entity(packRefOf(name), asked.credentials);
    const { read } = await this.#version(entity, name.version);
    const { pack, content } = usable(entity, read);
    return {
      format: 'modelhub-evaluation-pack/v1',
      entityRef: stringifyEntityRef(entity),
      name: pack.name,
      version: pack.version,
      digest: pack.digest,
      ...content,
    };
  }

  /**
   * A pack to run, read now.
   *
   * @throws NotFoundError, and ConflictError for one that cannot be run as it is
   */
  async runnable(
    entityRef: string,
    { credentials }: Asked,
  ): Promise<{ entity: PackEntity; pack: EvaluationPack }> {
    const entity = await this.entity(entityRef, credentials);
    const read = await this.#reader.read(entity, { fresh: true });
    return { entity, pack: usable(entity, read).pack };
  }

  /** @throws NotFoundError */
  async entity(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<PackEntity> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity || !isEvaluationPackEntity(entity)) {
      throw new NotFoundError(
        `There is no evaluation pack ${entityRef} in the catalog, or you may not see it.`,
      );
    }
    return entity;
  }

  /** All that the caller may see. */
  async entities(credentials: BackstageCredentials): Promise<PackEntity[]> {
    const { items } = await this.#catalog.getEntities(
      { filter: { kind: EVALUATION_PACK_KIND } },
      { credentials },
    );
    return items.filter(
      (entity: Entity): entity is PackEntity =>
        entity !== undefined && isEvaluationPackEntity(entity),
    );
  }

  /** Reads every pack, so that a change without a new version is noticed. */
  async readAll(credentials: BackstageCredentials): Promise<void> {
    for (const entity of await this.entities(credentials)) {
      await this.#reader.read(entity);
    }
  }

  /** What the model of a result was asked, where it is known. */
  async ofDigest(digest: string): Promise<EvaluationPack | undefined> {
    return (await this.#reader.ofDigest(digest))?.pack;
  }

  async #version(
    entity: PackEntity,
    version: string | undefined,
  ): Promise<{ read: ReadPack; isCurrent: boolean }> {
    if (version === undefined || version === entity.spec.version) {
      return { read: await this.#reader.read(entity), isCurrent: true };
    }
    const entityRef = stringifyEntityRef(entity);
    const known = await this.#store.version(entityRef, version);
    const content = known && (await this.#store.content(known.digest));
    if (!known || !content) {
      throw new NotFoundError(
        `Version ${version} of ${entityRef} was never read here; the catalog has ${entity.spec.version}. Take it from the history of its repository.`,
      );
    }
    return {
      read: {
        pack: await parse(content),
        content,
        version: known,
        problems: [],
      },
      isCurrent: false,
    };
  }

  async #tasksOf(
    entityRef: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<string[] | undefined> {
    if (entityRef === undefined) return undefined;
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity || !isModelEntity(entity)) {
      throw new NotFoundError(
        `There is no model ${entityRef} in the catalog, or you may not see it.`,
      );
    }
    // Nobody knows what a model without tasks is for: all packs are.
    return entity.spec.tasks?.length ? entity.spec.tasks : undefined;
  }
}

function summary(
  entity: PackEntity,
  { pack, version, problems }: ReadPack,
): EvaluationPackSummary {
  return {
    ...packFacts(entity),
    ...(pack && { cases: pack.cases.length, digest: pack.digest }),
    firstSeenAt: version?.firstSeenAt,
    problems,
  };
}

function usable(
  entity: PackEntity,
  { pack, content, problems }: ReadPack,
): { pack: EvaluationPack; content: PackContent } {
  if (pack && content && problems.length === 0) return { pack, content };
  const ref = stringifyEntityRef(entity);
  throw new ConflictError(
    `${ref} cannot be run as it is. ${problems
      .map(({ message }) => message)
      .join(' ')}`,
  );
}
