import type { ModelRowFacets } from '@modelhub/backstage-plugin-models-common';
import { Facet } from './Facet';
import {
  type FacetName,
  facetNames,
  ModelSearch,
  toggleFacet,
} from './modelSearch';
import { NumberFilter } from './NumberFilter';
import { RatingFilter } from './RatingFilter';
import type { ModelSearchControl } from './useModelSearch';

const STARTS_OPEN = 4;

/** Everything that narrows the list, with how many models each would leave. */
export function FilterPanel(props: {
  search: ModelSearch;
  facets: ModelRowFacets;
  setSearch: ModelSearchControl['setSearch'];
  change: ModelSearchControl['change'];
}) {
  const { search, facets, setSearch, change } = props;
  const facet = (name: FacetName, index: number) => (
    <Facet
      key={name}
      name={name}
      values={facets[name] ?? []}
      selected={search.facets[name] ?? []}
      startsOpen={index < STARTS_OPEN}
      onToggle={value => setSearch(toggleFacet(search, name, value))}
    />
  );
  const all = facetNames.map(facet);
  return (
    <>
      {all.slice(0, STARTS_OPEN)}
      <RatingFilter
        values={facets.rating ?? []}
        value={search.minRating}
        onChange={minRating => change({ minRating })}
      />
      {all.slice(STARTS_OPEN)}
      <NumberFilter
        label="GPU memory at most"
        unit="GiB"
        value={search.maxGpuMemoryGiB}
        suggestions={[8, 16, 24, 48, 80, 160, 320, 640]}
        onChange={maxGpuMemoryGiB => change({ maxGpuMemoryGiB })}
      />
      <NumberFilter
        label="Context at least"
        unit="tokens"
        value={search.minContextTokens}
        suggestions={[8_192, 32_768, 131_072, 200_000, 1_000_000]}
        onChange={minContextTokens => change({ minContextTokens })}
      />
    </>
  );
}
