import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import type { ModelReview } from '@modelhub/backstage-plugin-models-common';
import {
  averageText,
  Loaded,
  Stars,
} from '@modelhub/backstage-plugin-models-react';
import { useReviewsPath } from '../lib/paths';
import { useReviews } from '../lib/useReviews';
import { countText } from '../lib/words';
import { Byline } from '../shared/Byline';
import { excerptOf } from '../shared/excerpt';

function Newest({ review }: { review: ModelReview }) {
  const text = excerptOf(review.whatWorked ?? review.limitations ?? '');
  return (
    <>
      {text && (
        <Typography variant="body2" style={{ overflowWrap: 'anywhere' }}>
          “{text}”
        </Typography>
      )}
      <Byline contribution={review} verified={review.verified} />
    </>
  );
}

/** On the overview of a model: its stars, and what was said last. */
export function ReviewsCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const path = useReviewsPath();
  const query = useReviews(`card ${entityRef}`, async (api, signal) => {
    const [rating, newest] = await Promise.all([
      api.getRating({ entityRef }, { signal }),
      api.listReviews({ entityRef, sort: 'newest', limit: 1 }, { signal }),
    ]);
    return {
      overall: rating.overall,
      review: newest.items.find(({ state }) => state === 'published'),
    };
  });
  // A card that has nothing to say about this portal says nothing.
  if (query.status === 'absent' || query.status === 'forbidden') return null;
  return (
    <InfoCard
      title="Reviews"
      deepLink={{ title: 'All reviews', link: path(entityRef, 'reviews') }}
    >
      <Loaded
        query={query}
        room="model-reviews"
        failure="The reviews could not be loaded"
      >
        {({ overall, review }) => (
          <>
            {overall ? (
              <Typography variant="body1" component="p" paragraph>
                <strong>{averageText(overall.average)}</strong>{' '}
                <Stars value={overall.average} />{' '}
                {countText(overall.count, 'person', 'people')}
              </Typography>
            ) : (
              <Typography variant="body2">
                Nobody gave stars yet.{' '}
                <Link to={path(entityRef, 'reviews')}>Be the first</Link>
              </Typography>
            )}
            {review && <Newest review={review} />}
          </>
        )}
      </Loaded>
    </InfoCard>
  );
}
