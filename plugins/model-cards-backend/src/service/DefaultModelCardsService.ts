import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type {
  ModelRow,
  ModelRowConflict,
  ModelRowDetail,
  ModelRowPage,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelQuery, ModelReader } from '../database/ModelStore';
import { FACET_NAMES } from '../projection/projectModel';
import { parseQuery } from '../projection/words';
import type { CatalogVisibility } from './CatalogVisibility';
import { decodeCursor, encodeCursor } from './cursor';
import type { ListModelsRequest, ModelCardsService } from './ModelCardsService';

function queryOf(request: ListModelsRequest): ModelQuery {
  return {
    q: parseQuery(request.q ?? '').length > 0 ? request.q : undefined,
    maxGpuMemory: request.maxGpuMemoryGiB,
    minContext: request.minContextTokens,
    minRating: request.minRating,
    facets: Object.fromEntries(
      FACET_NAMES.flatMap(name => {
        const values = request[name];
        return values?.length ? [[name, values]] : [];
      }),
    ),
  };
}

/** {@link ModelCardsService} over the index. */
export class DefaultModelCardsService implements ModelCardsService {
  readonly #reader: ModelReader;
  readonly #visibility: CatalogVisibility;

  static create(options: {
    reader: ModelReader;
    visibility: CatalogVisibility;
  }): DefaultModelCardsService {
    return new DefaultModelCardsService(options.reader, options.visibility);
  }

  private constructor(reader: ModelReader, visibility: CatalogVisibility) {
    this.#reader = reader;
    this.#visibility = visibility;
  }

  async listModels(
    request: ListModelsRequest,
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<ModelRowPage> {
    const asked = queryOf(request);
    const sort = request.sort ?? (asked.q ? 'relevance' : 'name');
    const order = request.order ?? (sort === 'name' ? 'asc' : 'desc');
    const question = { ...asked, sort, order };
    const position = request.cursor
      ? decodeCursor(request.cursor, question)
      : undefined;

    let query: ModelQuery = { ...asked, fuzzy: position?.fuzzy };
    let visible = await this.#visibility.forQuery(query, credentials);
    const { withoutRatings } = visible;
    query = { ...query, withoutRatings };
    let totalItems = await this.#reader.count(query, visible.filter);
    const mayBeMistyped =
      totalItems === 0 && !position && query.q && this.#reader.supportsFuzzy;
    if (mayBeMistyped) {
      query = { ...query, fuzzy: true };
      visible = visible.approximate
        ? await this.#visibility.forQuery(query, credentials)
        : visible;
      totalItems = await this.#reader.count(query, visible.filter);
    }

    const [page, facets] = await Promise.all([
      this.#reader.page(query, visible.filter, {
        sort,
        order,
        limit: request.limit ?? 20,
        after: position,
      }),
      request.facets ? this.#reader.facets(query, visible.filter) : undefined,
    ]);
    return {
      items: await this.#withConflicts(page.items, credentials),
      totalItems,
      facets,
      nextCursor:
        page.next &&
        encodeCursor({ ...page.next, fuzzy: Boolean(query.fuzzy) }, question),
      approximate: visible.approximate,
    };
  }

  async getModel(
    { namespace, name }: { namespace: string; name: string },
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<ModelRowDetail> {
    const entityRef = stringifyEntityRef({ kind: 'model', namespace, name });
    const visible = await this.#visibility.forRefs([entityRef], credentials);
    const found = await this.#reader.get(entityRef, visible.filter, visible);
    if (!found) {
      throw new NotFoundError(
        `There is no model ${entityRef}, or you may not read it; a model that was added less than a minute ago may not be indexed yet`,
      );
    }
    const [model] = await this.#withConflicts([found], credentials);
    return { model, missing: found.missing };
  }

  /** Other claimants of a gateway id are shown to those who may read them. */
  async #withConflicts(
    items: Array<{ row: ModelRow; conflict?: ModelRowConflict }>,
    credentials: BackstageCredentials,
  ): Promise<ModelRow[]> {
    const claimants = [
      ...new Set(items.flatMap(item => item.conflict?.otherClaimants ?? [])),
    ];
    const visible =
      claimants.length > 0
        ? await this.#reader.selectVisible(
            claimants,
            (
              await this.#visibility.forRefs(claimants, credentials)
            ).filter,
          )
        : new Set<string>();
    return items.map(({ row, conflict }) => ({
      ...row,
      gatewayIdConflict: conflict && {
        outcome: conflict.outcome,
        otherClaimants: conflict.otherClaimants.filter(ref => visible.has(ref)),
      },
    }));
  }
}
