import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import {
  ErrorHint,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useUserRef } from '../lib/draft';
import { type View, views } from '../lib/paths';
import { useReviews } from '../lib/useReviews';
import { QuestionsSection } from '../questions/QuestionsSection';
import { ReviewsSection } from '../reviews/ReviewsSection';
import { TipsSection } from '../tips/TipsSection';

const titles: Record<View, string> = {
  reviews: 'Reviews',
  tips: 'Tips',
  questions: 'Questions',
};

/** The tab "Reviews" of a model: stars and reviews, tips, questions. */
export function EntityModelReviews() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const user = useUserRef();
  const [{ view: asked }, setAddress] = useUrlFilters([
    'view',
    'q',
    'review',
    'tip',
    'question',
  ] as const);
  const view = views.find(known => known === asked) ?? 'reviews';
  const standing = useReviews(`standing ${entityRef}`, (api, signal) =>
    api.getReviewStanding({ entityRef }, { signal }),
  );
  // What was searched for in one view is not what one looks for in another.
  const open = (next: View, review = '') =>
    setAddress({
      view: next === 'reviews' ? '' : next,
      q: '',
      review,
      tip: '',
      question: '',
    });

  return (
    <>
      <Tabs
        value={view}
        onChange={(_, next: View) => open(next)}
        aria-label="What people say"
        indicatorColor="primary"
        style={{ marginBottom: 16 }}
      >
        {views.map(each => (
          <Tab
            key={each}
            value={each}
            label={titles[each]}
            id={`model-reviews-tab-${each}`}
            aria-controls={`model-reviews-panel-${each}`}
          />
        ))}
      </Tabs>
      {standing.status === 'error' && (
        <ErrorHint
          title="What you may do here could not be loaded"
          error={standing.error}
          retry={standing.retry}
        />
      )}
      <div
        key={view}
        role="tabpanel"
        id={`model-reviews-panel-${view}`}
        aria-labelledby={`model-reviews-tab-${view}`}
      >
        {view === 'reviews' && (
          <ReviewsSection
            entityRef={entityRef}
            user={user}
            standing={standing.value}
            onChanged={standing.retry}
            onTips={reviewId => open('tips', reviewId)}
          />
        )}
        {view === 'tips' && (
          <TipsSection
            entityRef={entityRef}
            user={user}
            standing={standing.value}
          />
        )}
        {view === 'questions' && (
          <QuestionsSection
            entityRef={entityRef}
            user={user}
            standing={standing.value}
          />
        )}
      </div>
    </>
  );
}
