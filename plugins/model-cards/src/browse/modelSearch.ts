import type { ModelRowSort } from '@modelhub/backstage-plugin-models-common';

/** Facets in the order in which people think of them. */
export const facetNames = [
  'tier',
  'task',
  'type',
  'domain',
  'provider',
  'maturity',
  'curation',
  'licence',
  'framework',
  'language',
  'owner',
  'lifecycle',
  'tag',
] as const;

export type FacetName = (typeof facetNames)[number];

export const sorts: Record<ModelRowSort, string> = {
  relevance: 'Relevance',
  name: 'Name',
  updated: 'Last change',
  context: 'Context window',
  parameters: 'Parameters',
  gpuMemory: 'GPU memory',
  completeness: 'Completeness of the card',
  rating: 'Stars',
};

/** Everything that decides what the list shows; it lives in the URL. */
export interface ModelSearch {
  q: string;
  facets: Partial<Record<FacetName, string[]>>;
  maxGpuMemoryGiB?: number;
  minContextTokens?: number;
  /** Stars on average, 1 to 5. */
  minRating?: number;
  sort?: ModelRowSort;
  order?: 'asc' | 'desc';
  cursor?: string;
  /** From 1; only to say which models of how many are shown. */
  page: number;
}

/** Models on one page. */
export const PAGE_SIZE = 20;

const MAX_QUERY = 200;
const MAX_VALUES = 50;

function positiveNumber(text: string | null): number | undefined {
  const value = text?.trim() ? Number(text) : NaN;
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function starsOf(text: string | null): number | undefined {
  const value = positiveNumber(text);
  return value !== undefined && value >= 1 && value <= 5 ? value : undefined;
}

/** Read a search from the URL. What makes no sense there is left out. */
export function parseModelSearch(parameters: URLSearchParams): ModelSearch {
  const facets: ModelSearch['facets'] = {};
  for (const name of facetNames) {
    const values = [...new Set(parameters.getAll(name))].filter(Boolean);
    if (values.length) facets[name] = values.slice(0, MAX_VALUES);
  }
  const sort = parameters.get('sort');
  const order = parameters.get('order');
  const cursor = parameters.get('cursor') || undefined;
  const page = Math.floor(positiveNumber(parameters.get('page')) ?? 1);
  return {
    q: (parameters.get('q') ?? '').slice(0, MAX_QUERY),
    facets,
    maxGpuMemoryGiB: positiveNumber(parameters.get('maxGpuMemoryGiB')),
    minContextTokens: positiveNumber(parameters.get('minContextTokens')),
    minRating: starsOf(parameters.get('minRating')),
    sort: sort && sort in sorts ? (sort as ModelRowSort) : undefined,
    order: order === 'asc' || order === 'desc' ? order : undefined,
    cursor,
    page: cursor ? Math.max(page, 2) : 1,
  };
}

/** The URL of a search: only what differs from "all models by name". */
export function formatModelSearch(search: ModelSearch): URLSearchParams {
  const parameters = new URLSearchParams();
  if (search.q) parameters.set('q', search.q);
  for (const name of facetNames) {
    for (const value of search.facets[name] ?? []) {
      parameters.append(name, value);
    }
  }
  for (const name of [
    'maxGpuMemoryGiB',
    'minContextTokens',
    'minRating',
  ] as const) {
    const value = search[name];
    if (value !== undefined) parameters.set(name, String(value));
  }
  if (search.sort) parameters.set('sort', search.sort);
  if (search.order) parameters.set('order', search.order);
  if (search.cursor) {
    parameters.set('cursor', search.cursor);
    parameters.set('page', String(search.page));
  }
  return parameters;
}

/** The same search from its first page, with other criteria. */
export function changeSearch(
  search: ModelSearch,
  change: Partial<Omit<ModelSearch, 'cursor' | 'page'>>,
): ModelSearch {
  return { ...search, ...change, cursor: undefined, page: 1 };
}

export function toggleFacet(
  search: ModelSearch,
  name: FacetName,
  value: string,
): ModelSearch {
  const selected = search.facets[name] ?? [];
  const values = selected.includes(value)
    ? selected.filter(other => other !== value)
    : [...selected, value];
  return changeSearch(search, { facets: { ...search.facets, [name]: values } });
}

/** Nothing but the words and the order. */
export function clearFilters(search: ModelSearch): ModelSearch {
  return changeSearch(search, {
    facets: {},
    maxGpuMemoryGiB: undefined,
    minContextTokens: undefined,
    minRating: undefined,
  });
}

/** The order that applies when the URL says none; the backend's own rule. */
export function effectiveSort(search: ModelSearch): {
  sort: ModelRowSort;
  order: 'asc' | 'desc';
} {
  const sort = search.sort ?? (search.q ? 'relevance' : 'name');
  return { sort, order: search.order ?? (sort === 'name' ? 'asc' : 'desc') };
}
