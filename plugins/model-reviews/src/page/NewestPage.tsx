import {
  ChoiceField,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useUserRef } from '../lib/draft';
import { ReviewDialog } from '../reviews/ReviewDialog';
import { sortOf, sorts } from '../reviews/ReviewFilters';
import { ReviewItem } from '../reviews/ReviewItem';
import { PagedList } from '../shared/PagedList';
import { SearchField } from '../shared/SearchField';
import { useListStyles } from '../shared/useListStyles';
import { useReviewPages } from '../shared/useReviewPages';
import { useState } from 'react';
import type { ModelReview } from '@modelhub/backstage-plugin-models-common';
import { ReviewsTitle } from './ReviewsTitle';

const ROWS_SHOWN = 20;

const nothingFits = {
  title: 'No review fits',
  description: 'All words have to occur. Try fewer.',
};

const nothingYet = {
  title: 'There is no review yet',
  description: 'Write the first on the page of a model that you tried.',
};

/** Reviews of all models that the reader may see. */
export function NewestPage() {
  const classes = useListStyles();
  const user = useUserRef();
  const [filter, setFilter] = useUrlFilters(['q', 'sort', 'author'] as const);
  const asked = {
    q: filter.q,
    author: filter.author,
    sort: sortOf(filter.sort),
  };
  const list = useReviewPages(
    'newest',
    asked,
    (api, query, signal) => api.listReviews(query, { signal }),
    ROWS_SHOWN,
  );
  const [editing, setEditing] = useState<ModelReview>();
  const filtered = Boolean(filter.q || filter.author);
  return (
    <>
      <ReviewsTitle title="Reviews" />
      <Section
        title="Reviews"
        description="Of all models that you may see. To write one, go to the model's own page."
      >
        <div className={classes.filters} role="search" aria-label="Reviews">
          <SearchField
            id="newest-search"
            label="Search reviews"
            value={filter.q ?? ''}
            onChange={q => setFilter({ q })}
          />
          <ChoiceField
            id="newest-sort"
            label="Order"
            value={asked.sort}
            choices={[...sorts]}
            onChange={sort =>
              setFilter({ sort: sort === 'newest' ? '' : sort })
            }
          />
        </div>
        <PagedList
          list={list}
          label="Reviews"
          failure="The reviews could not be loaded"
          idOf={review => review.id}
          empty={filtered ? nothingFits : nothingYet}
        >
          {review => (
            <ReviewItem
              review={review}
              withModel
              onChanged={list.query.retry}
              onEdit={user === undefined ? undefined : () => setEditing(review)}
            />
          )}
        </PagedList>
      </Section>
      {editing && user !== undefined && (
        <ReviewDialog
          entityRef={editing.entityRef}
          user={user}
          versions={[]}
          review={editing}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined);
            list.query.retry();
          }}
        />
      )}
    </>
  );
}
