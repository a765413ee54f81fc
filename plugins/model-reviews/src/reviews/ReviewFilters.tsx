import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import type { ModelRatingDetail } from '@modelhub/backstage-plugin-models-common';
import { ChoiceField } from '@modelhub/backstage-plugin-models-react';
import { versionText } from '../lib/words';
import { useListStyles } from '../shared/useListStyles';

/** How reviews can be sorted. */
export const sorts = [
  { value: 'newest', label: 'Newest' },
  { value: 'helpful', label: 'Most helpful' },
  { value: 'highest', label: 'Most stars' },
  { value: 'lowest', label: 'Fewest stars' },
] as const;

/** One of them. */
export type Sort = (typeof sorts)[number]['value'];

/** What the address says. */
export interface ReviewFilter {
  version?: string;
  useCase?: string;
  verified?: string;
  sort?: string;
}

/** Names of the query parameters. */
export const filterNames = ['version', 'useCase', 'verified', 'sort'] as const;

/** `newest` when the address asks for none that there is. */
export const sortOf = (given: string | undefined): Sort =>
  sorts.find(({ value }) => value === given)?.value ?? 'newest';

/** By version, use case and verified people, and the order. */
export function ReviewFilters(props: {
  filter: ReviewFilter;
  /** Which versions and use cases there are. */
  rating: ModelRatingDetail | undefined;
  onChange: (changes: ReviewFilter) => void;
}) {
  const { filter, rating, onChange } = props;
  const classes = useListStyles();
  const versions = rating?.versions ?? [];
  const useCases = rating?.useCases ?? [];
  return (
    <div className={classes.filters} role="group" aria-label="Filter reviews">
      {versions.length > 1 && (
        <ChoiceField
          id="reviews-version"
          label="Version"
          none="All"
          value={filter.version ?? ''}
          choices={versions.map(({ modelVersion, count }) => ({
            value: modelVersion,
            label: `${
              versionText(modelVersion) ?? 'Without version'
            } (${count})`,
          }))}
          onChange={version => onChange({ version })}
        />
      )}
      {useCases.length > 0 && (
        <ChoiceField
          id="reviews-use-case"
          label="Use case"
          none="All"
          value={filter.useCase ?? ''}
          choices={useCases.map(({ useCase, count }) => ({
            value: useCase,
            label: `${useCase} (${count})`,
          }))}
          onChange={useCase => onChange({ useCase })}
        />
      )}
      <ChoiceField
        id="reviews-sort"
        label="Order"
        value={sortOf(filter.sort)}
        choices={[...sorts]}
        onChange={sort => onChange({ sort: sort === 'newest' ? '' : sort })}
      />
      <FormControlLabel
        label="Only of verified users"
        control={
          <Checkbox
            size="small"
            color="primary"
            checked={filter.verified === 'true'}
            onChange={event =>
              onChange({ verified: event.target.checked ? 'true' : '' })
            }
          />
        }
      />
    </div>
  );
}
