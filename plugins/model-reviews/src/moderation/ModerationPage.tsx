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
import { ReviewsTitle } from '../page/ReviewsTitle';
import { useListStyles } from '../shared/useListStyles';
import { CaseItem } from './CaseItem';

const ROWS_SHOWN = 20;

/** What was reported, and what is hidden; for moderators. */
export function ModerationPage() {
  const classes = useListStyles();
  const [filter, setFilter] = useUrlFilters(['state'] as const);
  const state = filter.state === 'hidden' ? 'hidden' : 'reported';
  const pages = usePages(state);
  const query = useReviews(
    `moderation ${state} ${pages.cursor}`,
    (api, signal) =>
      api.listModerationCases(
        { state, cursor: pages.cursor, limit: ROWS_SHOWN },
        { signal },
      ),
  );
  return (
    <>
      <ReviewsTitle title="Moderation" />
      <Section
        title="Moderation"
        description="What people reported, the longest waiting first. What you hide is seen by its author and moderators alone; each decision is recorded with its reason."
      >
        <div className={classes.filters}>
          <ChoiceField
            id="moderation-state"
            label="Show"
            value={state}
            choices={[
              { value: 'reported', label: 'Open reports' },
              { value: 'hidden', label: 'What is hidden' },
            ]}
            onChange={value =>
              setFilter({ state: value === 'hidden' ? value : '' })
            }
          />
        </div>
        <Loaded
          query={query}
          room="model-reviews"
          failure="The reports could not be loaded"
        >
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyHint
                title={
                  state === 'hidden' ? 'Nothing is hidden' : 'No report is open'
                }
                description={
                  state === 'hidden'
                    ? undefined
                    : 'You are told when somebody reports something.'
                }
              />
            ) : (
              <>
                <ul className={classes.list} aria-label="Cases">
                  {items.map(item => (
                    <li key={item.contribution.id} className={classes.item}>
                      <CaseItem item={item} onChanged={query.retry} />
                    </li>
                  ))}
                </ul>
                <Pager pages={pages} nextCursor={nextCursor} />
              </>
            )
          }
        </Loaded>
      </Section>
    </>
  );
}
