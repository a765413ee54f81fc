import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type {
  ModelReview,
  ModelReviewStanding,
} from '@modelhub/backstage-plugin-models-common';
import {
  Loaded,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useReviews } from '../lib/useReviews';
import { goneHint, PagedList, ShowAll } from '../shared/PagedList';
import { alone, useReviewPages } from '../shared/useReviewPages';
import { TipDialog } from '../tips/TipDialog';
import { RatingSummary } from './RatingSummary';
import { ReviewDialog } from './ReviewDialog';
import { filterNames, ReviewFilters, sortOf } from './ReviewFilters';
import { versionsLeft } from './reviewForm';
import { ReviewItem } from './ReviewItem';

function emptyHint(filtered: boolean, showAll: () => void) {
  return filtered
    ? {
        title: 'No review fits these filters',
        description: 'Choose other ones, or take them away.',
        action: (
          <Button size="small" variant="outlined" onClick={showAll}>
            Show all
          </Button>
        ),
      }
    : {
        title: 'There is no review yet',
        description:
          'Whoever tried the model helps others by saying how it went.',
      };
}

/** Stars and reviews of one model. */
export function ReviewsSection(props: {
  entityRef: string;
  /** Who reads; undefined until that is known. */
  user: string | undefined;
  /** What the reader may do; undefined until that is known. */
  standing: ModelReviewStanding | undefined;
  /** Something was changed that the standing tells. */
  onChanged: () => void;
  onTips: (reviewId: string) => void;
}) {
  const { entityRef, user, standing, onTips } = props;
  const [filter, setFilter] = useUrlFilters([
    ...filterNames,
    'review',
  ] as const);
  const asked = {
    entityRef,
    modelVersion: filter.version,
    useCase: filter.useCase,
    verified: filter.verified === 'true' || undefined,
  };
  const filtered = Boolean(
    asked.modelVersion || asked.useCase || asked.verified,
  );
  const rating = useReviews(`rating ${JSON.stringify(asked)}`, (api, signal) =>
    api.getRating(asked, { signal }),
  );
  const list = useReviewPages(
    'reviews',
    { ...asked, sort: sortOf(filter.sort), review: filter.review },
    (api, { review, ...query }, signal) =>
      review
        ? alone(api.getReview({ id: review }, { signal }))
        : api.listReviews(query, { signal }),
  );
  const [writing, setWriting] = useState<{ review?: ModelReview }>();
  const [tipFor, setTipFor] = useState<ModelReview>();
  const left = standing
    ? versionsLeft(standing.versions, standing.reviews)
    : [];
  const mayWrite = standing?.mayReview && left.length > 0 && user !== undefined;
  const changed = () => {
    setWriting(undefined);
    setTipFor(undefined);
    rating.retry();
    list.query.retry();
    props.onChanged();
  };
  const write = (
    <Button variant="contained" color="primary" onClick={() => setWriting({})}>
      Write a review…
    </Button>
  );

  return (
    <>
      <Section title="Rating">
        <Loaded
          query={rating}
          room="model-reviews"
          failure="The rating could not be loaded"
        >
          {value =>
            value.overall ? (
              <RatingSummary rating={value} />
            ) : (
              <Typography variant="body2">
                {filtered
                  ? 'Nobody whom these filters let through gave stars.'
                  : 'Nobody gave stars yet.'}
              </Typography>
            )
          }
        </Loaded>
      </Section>
      <Section title="Reviews" actions={mayWrite && write}>
        {standing && !standing.mayReview && standing.whyNot && (
          <Typography variant="body2" color="textSecondary" paragraph>
            {standing.whyNot}
          </Typography>
        )}
        {filter.review ? (
          <ShowAll what="reviews" onClick={() => setFilter({ review: '' })} />
        ) : (
          <ReviewFilters
            filter={filter}
            rating={rating.value}
            onChange={setFilter}
          />
        )}
        <PagedList
          list={list}
          label="Reviews"
          failure="The reviews could not be loaded"
          idOf={review => review.id}
          empty={
            filter.review
              ? goneHint('review')
              : emptyHint(filtered, () =>
                  setFilter({ version: '', useCase: '', verified: '' }),
                )
          }
        >
          {review => (
            <ReviewItem
              review={review}
              isOwner={standing?.isOwner}
              onChanged={changed}
              onEdit={
                user === undefined ? undefined : () => setWriting({ review })
              }
              onTips={() => onTips(review.id)}
              onAddTip={
                standing?.mayContribute && user !== undefined
                  ? () => setTipFor(review)
                  : undefined
              }
            />
          )}
        </PagedList>
      </Section>
      {writing && user !== undefined && (
        <ReviewDialog
          entityRef={entityRef}
          user={user}
          versions={left}
          review={writing.review}
          onClose={() => setWriting(undefined)}
          onDone={changed}
        />
      )}
      {tipFor && user !== undefined && (
        <TipDialog
          entityRef={entityRef}
          user={user}
          versions={standing?.versions ?? []}
          review={tipFor}
          onClose={() => setTipFor(undefined)}
          onDone={changed}
        />
      )}
    </>
  );
}
