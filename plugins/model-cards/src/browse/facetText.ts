import {
  curationText,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { formatTokens, humanize, languageName, modelTypeName } from '../format';
import {
  changeSearch,
  FacetName,
  facetNames,
  ModelSearch,
} from './modelSearch';

export const facetTitles: Record<FacetName, string> = {
  tier: 'May be used at',
  task: 'Task',
  type: 'Kind of model',
  domain: 'Domain',
  provider: 'Provider',
  maturity: 'Maturity',
  curation: 'Curation',
  licence: 'Licence',
  framework: 'Runs with',
  language: 'Language',
  owner: 'Owner',
  lifecycle: 'Lifecycle',
  tag: 'Tag',
};

/** What people read for a facet's value. */
export function facetValueText(name: FacetName, value: string): string {
  switch (name) {
    case 'tier':
      return tierText(value).label;
    case 'type':
      return modelTypeName(value);
    case 'curation':
      return curationText(value);
    case 'language':
      return languageName(value);
    case 'owner':
      return value.replace(/^.*\//, '');
    case 'task':
    case 'domain':
    case 'maturity':
    case 'lifecycle':
      return humanize(value);
    default:
      return value;
  }
}

/** `4 and more`. */
export const atLeastText = (stars: number) =>
  stars === 5 ? '5' : `${stars} and more`;

/** One filter that can be taken away again. */
export interface ActiveFilter {
  key: string;
  label: string;
  remove: Parameters<typeof changeSearch>[1];
}

export function activeFilters(search: ModelSearch): ActiveFilter[] {
  const filters: ActiveFilter[] = facetNames.flatMap(name =>
    (search.facets[name] ?? []).map(value => ({
      key: `${name}:${value}`,
      label: `${facetTitles[name]}: ${facetValueText(name, value)}`,
      remove: {
        facets: {
          ...search.facets,
          [name]: search.facets[name]?.filter(other => other !== value),
        },
      },
    })),
  );
  if (search.maxGpuMemoryGiB !== undefined) {
    filters.push({
      key: 'maxGpuMemoryGiB',
      label: `GPU memory: at most ${search.maxGpuMemoryGiB} GiB`,
      remove: { maxGpuMemoryGiB: undefined },
    });
  }
  if (search.minContextTokens !== undefined) {
    filters.push({
      key: 'minContextTokens',
      label: `Context: at least ${formatTokens(search.minContextTokens)}`,
      remove: { minContextTokens: undefined },
    });
  }
  if (search.minRating !== undefined) {
    filters.push({
      key: 'minRating',
      label: `Stars: ${atLeastText(search.minRating)}`,
      remove: { minRating: undefined },
    });
  }
  return filters;
}
