import type {
  GatewayIdConflict,
  ModelRating,
  ModelRatingPrior,
  ModelRow,
  ModelRowChange,
  ModelRowConflict,
  ModelRowDetail,
  ModelRowFacets,
  ModelRowSort,
  StandingSummary,
} from '@modelhub/backstage-plugin-models-common';
import type { FacetName, ProjectedModel } from '../projection/projectModel';

/**
 * A condition on the flattened entity, or on the row itself. What a permission
 * decision becomes before it becomes SQL.
 */
export type VisibilityFilter =
  | { allOf: VisibilityFilter[] }
  | { anyOf: VisibilityFilter[] }
  | { not: VisibilityFilter }
  /** A field with one of these values; without values, any field of the name. */
  | { key: string; values?: string[] }
  | { entityRefs: string[] };

/** Lets every model through. */
export const EVERYTHING: VisibilityFilter = { allOf: [] };

/** Lets no model through. */
export const NOTHING: VisibilityFilter = { anyOf: [] };

/** What is asked for. */
export type ModelQuery = {
  q?: string;
  /** Also take words that only look like those of `q`. */
  fuzzy?: boolean;
  facets: Partial<Record<FacetName, string[]>>;
  /** GiB. */
  maxGpuMemory?: number;
  /** Tokens. */
  minContext?: number;
  /** Stars on average; leaves out models that nobody rated. */
  minRating?: number;
  /** As if nobody had rated anything: for those who may not read reviews. */
  withoutRatings?: boolean;
};

/** In which order, and from where. */
export type ModelPageRequest = {
  sort: ModelRowSort;
  order: 'asc' | 'desc';
  limit: number;
  /** Sort value and row id of the last item of the page before. */
  after?: { value: string | number; id: number };
};

/** One page of rows. */
export type ModelPage = {
  items: Array<{ row: ModelRow; conflict?: ModelRowConflict }>;
  next?: { value: string | number; id: number };
};

/** What people gave some models, and what is assumed of those that few rated. */
export interface Ratings {
  items: ModelRating[];
  prior: ModelRatingPrior;
}

/** Keeps one indexed row per model. */
export interface ModelWriter {
  /** Etags by entity ref. */
  getEtags(): Promise<Map<string, string>>;
  /** Inserts or replaces what the catalog says. */
  upsert(models: ProjectedModel[]): Promise<void>;
  /** Sets what governance says; refs without a row are passed over. */
  setStandings(standings: StandingSummary[]): Promise<void>;
  /** Models of which governance has said nothing yet. */
  getRefsWithoutStanding(): Promise<string[]>;
  /**
   * Sets what people gave models.
   *
   * @param entityRefs - which were asked about; nobody rated those without an item
   */
  setRatings(entityRefs: string[], ratings: Ratings): Promise<void>;
  /** Models of which the reviews room has said nothing yet. */
  getRefsWithoutRating(): Promise<string[]>;
  remove(entityRefs: string[]): Promise<void>;
  /** Decides over all claims on gateway ids and stores the outcome. */
  resolveConflicts(): Promise<GatewayIdConflict[]>;
  getFeedCursor(source: string): Promise<number | undefined>;
  setFeedCursor(source: string, seq: number): Promise<void>;
}

/** Answers questions about the rows. */
export interface ModelReader {
  page(
    query: ModelQuery,
    visible: VisibilityFilter,
    request: ModelPageRequest,
  ): Promise<ModelPage>;
  count(query: ModelQuery, visible: VisibilityFilter): Promise<number>;
  facets(query: ModelQuery, visible: VisibilityFilter): Promise<ModelRowFacets>;
  get(
    entityRef: string,
    visible: VisibilityFilter,
    options?: Pick<ModelQuery, 'withoutRatings'>,
  ): Promise<
    | {
        row: ModelRow;
        missing: ModelRowDetail['missing'];
        conflict?: ModelRowConflict;
      }
    | undefined
  >;
  /** Those of the refs that are visible. */
  selectVisible(
    entityRefs: string[],
    visible: VisibilityFilter,
  ): Promise<Set<string>>;
  /** Refs that match, in order of name, at most `limit`. */
  listRefs(query: ModelQuery, limit: number): Promise<string[]>;
  listChanges(
    after: number,
    limit: number,
  ): Promise<{ items: ModelRowChange[]; next: number }>;
  /** Whether `ModelQuery.fuzzy` finds more than exact words here. */
  readonly supportsFuzzy: boolean;
}
