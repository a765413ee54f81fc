import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isModelEntity,
  modelEvaluationReadContentPermission,
  type ModelEvaluation,
  type ModelEvaluationComparison,
  type ModelEvaluationDetail,
  type ModelEvaluationFailure,
} from '@modelhub/backstage-plugin-models-common';
import type { Guard } from '../../access';
import { ownerOf } from '../../evidence/presentSubmission';
import type { Organisation } from '../../organisation';
import { packRef } from '../packs/PackService';
import { compareResults, fairnessOf } from './compareResults';
import { presentDetail, presentResult } from './presentResult';
import { reportOn } from './reportOn';
import type { ResultPacks } from './ResultPacks';
import type { ResultRecord, ResultStore } from './ResultStore';

type Asked = { credentials: BackstageCredentials };

export interface ResultServiceOptions {
  results: ResultStore;
  packs: ResultPacks;
  catalog: CatalogService;
  guard: Guard;
  organisation: Organisation;
}

/** How many rows are looked at for a page, when some may not be seen. */
const PAGES_AT_MOST = 10;

/** Entity ref of a model however it was written. Throws `InputError`. */
export function modelRefOf(text: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'model',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `entityRef '${text}' is not an entity reference such as model:acme/ticket-router.`,
    );
  }
}

/** Results of evaluations, of models that the caller sees in the catalog. */
export class ResultService {
  static create(options: ResultServiceOptions): ResultService {
    return new ResultService(options);
  }

  readonly #options: ResultServiceOptions;

  private constructor(options: ResultServiceOptions) {
    this.#options = options;
  }

  async list(
    query: {
      entityRef?: string;
      pack?: string;
      modelVersion?: string;
      latest?: boolean;
      cursor?: string;
      limit?: number;
    },
    { credentials }: Asked,
  ): Promise<{
    items: ModelEvaluation[];
    nextCursor?: string;
    mayReadContent: boolean;
  }> {
    const entityRef =
      query.entityRef === undefined ? undefined : modelRefOf(query.entityRef);
    if (entityRef === undefined && query.pack === undefined) {
      throw new InputError(
        'Name a model with entityRef, a pack with pack, or both.',
      );
    }
    if (entityRef !== undefined) await this.#demandSeen(entityRef, credentials);
    const limit = query.limit ?? 50;
    const found: ResultRecord[] = [];
    let before = cursorOf(query.cursor);
    let isEnd = false;
    for (
      let page = 0;
      page < PAGES_AT_MOST && found.length < limit && !isEnd;
      page += 1
    ) {
      const rows = await this.#options.results.list({
        entityRef,
        modelVersion: query.modelVersion,
        latest: query.latest,
        pack: query.pack === undefined ? undefined : packFilter(query.pack),
        before,
        limit: limit - found.length,
      });
      isEnd = rows.length < limit - found.length;
      before = rows.at(-1)?.seq ?? before;
      const seen = await this.#seen(rows, credentials, entityRef);
      found.push(...seen);
    }
    return {
      items: await this.#present(found, credentials),
      ...(!isEnd && before !== undefined && { nextCursor: String(before) }),
      mayReadContent: await this.#mayReadContent(entityRef, credentials),
    };
  }

  async get(
    id: string,
    { credentials }: Asked,
  ): Promise<ModelEvaluationDetail> {
    const record = await this.#readable(id, credentials);
    const { packs, results } = this.#options;
    const [[pack], submissions] = await Promise.all([
      packs.of([record], credentials),
      results.submissionsOf([id]),
    ]);
    return {
      ...presentResult(record, pack, submissions, { withSlices: true }),
      ...presentDetail(record),
      fairness: fairnessOf(record, pack.content),
      mayReadContent: await this.#mayReadContent(record.entityRef, credentials),
    };
  }

  /** Those of the results that the caller may see, in order; without contents. */
  async summaries(
    ids: string[],
    { credentials }: Asked,
  ): Promise<ModelEvaluation[]> {
    const found = await Promise.all(
      ids.map(id => this.#options.results.get(id)),
    );
    const records = found.flatMap(record => record ?? []);
    return this.#present(await this.#seen(records, credentials), credentials);
  }

  /** @throws NotAllowedError for those who may not read contents */
  async failures(
    id: string,
    { credentials }: Asked,
  ): Promise<ModelEvaluationFailure[]> {
    const record = await this.#readable(id, credentials);
    if (!(await this.#mayReadContent(record.entityRef, credentials))) {
      throw new NotAllowedError(
        `What cases asked and what the model answered is read by owners of ${record.entityRef}, and with permission ${modelEvaluationReadContentPermission.name}. Ask the team that owns the model.`,
      );
    }
    return record.document.failures ?? [];
  }

  async compare(
    id: string,
    query: {
      with: string;
      metric?: string[];
      margin?: number;
      confidence?: number;
    },
    { credentials }: Asked,
  ): Promise<ModelEvaluationComparison> {
    const candidate = await this.#readable(id, credentials);
    const incumbent = await this.#readable(query.with, credentials);
    const [first, second] = await this.#present(
      [candidate, incumbent],
      credentials,
    );
    return {
      candidate: first,
      incumbent: second,
      ...compareResults(candidate, incumbent, query),
    };
  }

  async report(
    id: string,
    query: { format: 'html' | 'markdown'; with?: string },
    { credentials }: Asked,
  ): Promise<{ text: string; fileName: string }> {
    const record = await this.#readable(id, credentials);
    const incumbent =
      query.with === undefined
        ? undefined
        : await this.#readable(query.with, credentials);
    const records = [record, ...(incumbent ? [incumbent] : [])];
    const [pack] = await this.#options.packs.of([record], credentials);
    const mayRead = await Promise.all(
      records.map(({ entityRef }) =>
        this.#mayReadContent(entityRef, credentials),
      ),
    );
    const name = parseEntityRef(record.entityRef).name;
    const { suite } = record.document;
    return {
      text: reportOn(query.format, {
        record,
        incumbent,
        pack: pack.content,
        withContent: mayRead.every(Boolean),
      }),
      fileName: `${name}-${record.modelVersion}-${suite.name}`.replace(
        /[^\w.-]+/g,
        '-',
      ),
    };
  }

  async #present(
    records: ResultRecord[],
    credentials: BackstageCredentials,
  ): Promise<ModelEvaluation[]> {
    const { packs, results } = this.#options;
    const [found, submissions] = await Promise.all([
      packs.of(records, credentials),
      results.submissionsOf(records.map(({ id }) => id)),
    ]);
    return records.map((record, place) =>
      presentResult(
        record,
        found[place],
        submissions.filter(({ resultId }) => resultId === record.id),
      ),
    );
  }

  async #readable(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<ResultRecord> {
    const record = await this.#options.results.get(id);
    const [seen] = record ? await this.#seen([record], credentials) : [];
    if (!seen) {
      throw new NotFoundError(
        `There is no result ${id}, or you may not see the model that it is about.`,
      );
    }
    return seen;
  }

  async #demandSeen(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const entity = await this.#options.catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity || !isModelEntity(entity)) {
      throw new NotFoundError(
        `There is no model ${entityRef} in the catalog, or you may not see it.`,
      );
    }
  }

  async #seen(
    records: ResultRecord[],
    credentials: BackstageCredentials,
    known?: string,
  ): Promise<ResultRecord[]> {
    const refs = [...new Set(records.map(({ entityRef }) => entityRef))].filter(
      ref => ref !== known,
    );
    if (refs.length === 0) return records;
    const { items } = await this.#options.catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: ['kind'] },
      { credentials },
    );
    const visible = new Set([
      ...refs.filter((_, place) => items[place]),
      ...(known === undefined ? [] : [known]),
    ]);
    return records.filter(({ entityRef }) => visible.has(entityRef));
  }

  async #mayReadContent(
    entityRef: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const { guard, organisation } = this.#options;
    if (await guard.may(credentials, modelEvaluationReadContentPermission)) {
      return true;
    }
    const principal = guard.principal(credentials);
    if (entityRef === undefined || principal.kind !== 'user') return false;
    const model = await organisation.model(entityRef);
    return (
      model !== undefined &&
      organisation.belongsTo(principal.ref, [ownerOf(model.spec.owner)])
    );
  }
}

function cursorOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) {
    throw new InputError(
      'This cursor is none that was given out. Begin at the first page.',
    );
  }
  return Number(text);
}

/** Results name packs by ref or, those of other tools, by name. */
function packFilter(pack: string): { ref?: string; suites: string[] } {
  try {
    const ref = packRef(pack);
    return { ref, suites: [...new Set([parseEntityRef(ref).name, pack])] };
  } catch {
    return { suites: [pack] };
  }
}
