import {
  ChoiceField,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { ReviewsTitle } from '../page/ReviewsTitle';
import { PagedList } from '../shared/PagedList';
import { useListStyles } from '../shared/useListStyles';
import { useReviewPages } from '../shared/useReviewPages';
import { CaseItem } from './CaseItem';

const ROWS_SHOWN = 20;

/** What was reported, and what is hidden; for moderators. */
export function ModerationPage() {
  const classes = useListStyles();
  const [filter, setFilter] = useUrlFilters(['state'] as const);
  const state = filter.state === 'hidden' ? 'hidden' : 'reported';
  const list = useReviewPages(
    'moderation',
    { state } as const,
    (api, query, signal) => api.listModerationCases(query, { signal }),
    ROWS_SHOWN,
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
        <PagedList
          list={list}
          label="Cases"
          failure="The reports could not be loaded"
          idOf={({ contribution }) => contribution.id}
          empty={
            state === 'hidden'
              ? { title: 'Nothing is hidden' }
              : {
                  title: 'No report is open',
                  description: 'What somebody reports appears here by itself.',
                }
          }
        >
          {item => <CaseItem item={item} onChanged={list.query.retry} />}
        </PagedList>
      </Section>
    </>
  );
}
