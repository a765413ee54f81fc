import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { ModelReview } from '@modelhub/backstage-plugin-models-common';
import { Stars } from '@modelhub/backstage-plugin-models-react';
import { aspects, countText, versionText } from '../lib/words';
import { Byline } from '../shared/Byline';
import { ContributionActions } from '../shared/ContributionActions';
import { ContributionState } from '../shared/ContributionState';
import { SafeMarkdown } from '../shared/SafeMarkdown';
import { useListStyles } from '../shared/useListStyles';
import { OwnerReply } from './OwnerReply';

/** Stars of each aspect, in one line. */
function AspectLine({ review }: { review: ModelReview }) {
  return (
    <Typography variant="body2" component="div">
      {aspects
        .filter(({ id }) => review.stars[id] !== undefined)
        .map(({ id, label }) => (
          <span key={id} style={{ marginRight: 16, whiteSpace: 'nowrap' }}>
            {label} <Stars of={label} value={review.stars[id] ?? 0} />
          </span>
        ))}
    </Typography>
  );
}

/** One review with all that belongs to it. */
export function ReviewItem(props: {
  review: ModelReview;
  withModel?: boolean;
  isOwner?: boolean;
  onChanged: () => void;
  onEdit?: () => void;
  onTips?: () => void;
  onAddTip?: () => void;
}) {
  const { review, withModel, isOwner = false, onChanged } = props;
  const classes = useListStyles();
  const what = `the review of ${new Date(review.createdAt).toLocaleDateString(
    'en-GB',
  )}${review.mine ? ', yours' : ''}`;
  return (
    <article aria-label={what}>
      <ContributionState
        contribution={review}
        noun="review"
        onChanged={onChanged}
      />
      <AspectLine review={review} />
      <Byline
        contribution={review}
        withModel={withModel}
        verified={review.verified}
        facts={[versionText(review.modelVersion), review.useCase]}
      />
      {review.whatWorked && (
        <>
          <h4 className={classes.part}>What worked</h4>
          <SafeMarkdown text={review.whatWorked} />
        </>
      )}
      {review.limitations && (
        <>
          <h4 className={classes.part}>Limitations</h4>
          <SafeMarkdown text={review.limitations} />
        </>
      )}
      <ContributionActions
        contribution={review}
        kind="review"
        what={what}
        onChanged={onChanged}
        onEdit={props.onEdit}
      >
        {review.tips > 0 && props.onTips && (
          <Button size="small" onClick={props.onTips}>
            {countText(review.tips, 'tip')} with it
          </Button>
        )}
        {review.mine && review.state === 'published' && props.onAddTip && (
          <Button size="small" onClick={props.onAddTip}>
            Add a tip
          </Button>
        )}
      </ContributionActions>
      <OwnerReply review={review} isOwner={isOwner} onChanged={onChanged} />
    </article>
  );
}
