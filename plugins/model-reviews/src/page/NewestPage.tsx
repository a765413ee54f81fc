import {
  ChoiceField,
  EmptyHint,
  Loaded,
  Pager,
  Section,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useReviews } from '../lib/useReviews';
import { useUserRef } from '../lib/draft';
import { ReviewDialog } from '../reviews/ReviewDialog';
import { sortOf, sorts } from '../reviews/ReviewFilters';
import { ReviewItem } from '../reviews/ReviewItem';
import { SearchField } from '../shared/SearchField';
import { useListStyles } from '../shared/useListStyles';
import { useState } from 'react';
import type { ModelReview } from '@modelhub/backstage-plugin-models-common';
import { ReviewsTitle } from './ReviewsTitle';

const ROWS_SHOWN = 20;

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
  const key = JSON.stringify(asked);
  const pages = usePages(key);
  const query = useReviews(`newest ${key} ${pages.cursor}`, (api, signal) =>
    api.listReviews(
      { ...asked, cursor: pages.cursor, limit: ROWS_SHOWN },
      { signal },
    ),
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
        <Loaded
          query={query}
          room="model-reviews"
          failure="The reviews could not be loaded"
        >
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyHint
                title={filtered ? 'No review fits' : 'There is no review yet'}
                description={
                  filtered
                    ? 'All words have to occur. Try fewer.'
                    : 'Write the first on the page of a model that you tried.'
                }
              />
            ) : (
              <>
                <ul className={classes.list} aria-label="Reviews">
                  {items.map(review => (
                    <li key={review.id} className={classes.item}>
                      <ReviewItem
                        review={review}
                        withModel
                        onChanged={query.retry}
                        onEdit={
                          user === undefined
                            ? undefined
                            : () => setEditing(review)
                        }
                      />
                    </li>
                  ))}
                </ul>
                <Pager pages={pages} nextCursor={nextCursor} />
              </>
            )
          }
        </Loaded>
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
            query.retry();
          }}
        />
      )}
    </>
  );
}
