import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type { ModelReviewFeedItem } from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  Loaded,
  Stars,
} from '@modelhub/backstage-plugin-models-react';
import { useReviewsPath } from '../lib/paths';
import { useReviews } from '../lib/useReviews';
import { tipKinds } from '../lib/words';
import { Byline } from '../shared/Byline';
import { excerptOf } from '../shared/excerpt';
import { useListStyles } from '../shared/useListStyles';

const SHOWN = 5;

function Item({ item }: { item: ModelReviewFeedItem }) {
  const path = useReviewsPath();
  const { review, tip } = item;
  if (review) {
    const text = excerptOf(review.whatWorked ?? review.limitations ?? '');
    return (
      <>
        <Typography variant="body2" component="div">
          <Stars value={review.overall} />{' '}
          <Link to={path(review.entityRef, 'reviews')}>
            {text || 'A review without words'}
          </Link>
        </Typography>
        <Byline contribution={review} withModel verified={review.verified} />
      </>
    );
  }
  if (!tip) return null;
  return (
    <>
      <Typography variant="body2" component="div">
        {tipKinds.find(({ value }) => value === tip.kind)?.label}:{' '}
        <Link to={path(tip.entityRef, 'tips')}>{tip.title}</Link>
      </Typography>
      <Byline contribution={tip} withModel />
    </>
  );
}

/** Home page: the newest reviews and tips of models that one's teams use. */
export function NewestReviewsContent() {
  const classes = useListStyles();
  const query = useReviews('feed', (api, signal) =>
    api.getReviewFeed({ limit: SHOWN }, { signal }),
  );
  return (
    <Loaded
      query={query}
      room="model-reviews"
      failure="The newest reviews could not be loaded"
    >
      {({ scope, items }) =>
        items.length === 0 ? (
          <EmptyHint
            title="Nobody wrote a review or a tip yet"
            description="Write the first on the page of a model that you tried."
          />
        ) : (
          <>
            <Typography variant="caption" color="textSecondary" component="p">
              {scope === 'mine'
                ? 'Of models that your teams call.'
                : 'Of all models that you may see; your teams call none of those with reviews.'}
            </Typography>
            <ul className={classes.list} aria-label="Newest reviews and tips">
              {items.map(item => (
                <li
                  key={item.review?.id ?? item.tip?.id ?? item.at}
                  style={{ marginTop: 12 }}
                >
                  <Item item={item} />
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  );
}
