import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { ModelReview } from '@modelhub/backstage-plugin-models-common';
import { ActionDialog, Person } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { Byline } from '../shared/Byline';
import { ContributionActions } from '../shared/ContributionActions';
import { ContributionState } from '../shared/ContributionState';
import { MarkdownField } from '../shared/MarkdownField';
import { SafeMarkdown } from '../shared/SafeMarkdown';
import { useChange } from '../shared/useChange';
import { useListStyles } from '../shared/useListStyles';

function ReplyDialog(props: {
  review: ModelReview;
  onClose: () => void;
  onDone: () => void;
}) {
  const { review, onClose, onDone } = props;
  const { reply } = review;
  const change = useChange<ModelReview>();
  const [text, setText] = useState(reply?.text ?? '');
  return (
    <ActionDialog
      title={reply ? 'Change the reply' : 'Reply for the team that owns it'}
      confirm={reply ? 'Save' : 'Reply'}
      disabled={!text.trim()}
      busy={change.busy}
      error={change.error}
      onClose={onClose}
      onConfirm={async () => {
        const done = await change.send(
          { text: text.trim(), revision: reply?.revision },
          (api, body, idempotencyKey) =>
            api.putReviewReply({ id: review.id, body, idempotencyKey }),
        );
        if (done) onDone();
      }}
    >
      <p>
        There is one reply to each review; everybody of the team can change it.
        The author of the review is told.
      </p>
      <MarkdownField
        id="review-reply"
        label="Reply"
        required
        value={text}
        onChange={setText}
      />
    </ActionDialog>
  );
}

/** What the team that owns the model says to a review, and the way to say it. */
export function OwnerReply(props: {
  review: ModelReview;
  isOwner: boolean;
  onChanged: () => void;
}) {
  const { review, isOwner, onChanged } = props;
  const { reply } = review;
  const classes = useListStyles();
  const [writing, setWriting] = useState(false);
  const close = () => setWriting(false);
  return (
    <>
      {reply && (
        <section aria-label="Reply of the owner" className={classes.nested}>
          <Typography variant="subtitle2" component="h4">
            Reply{' '}
            {reply.group && (
              <>
                of <Person entityRef={reply.group} />
              </>
            )}
          </Typography>
          <Byline contribution={reply} />
          <ContributionState
            contribution={reply}
            noun="reply"
            onChanged={onChanged}
          />
          <SafeMarkdown text={reply.text} />
          <ContributionActions
            contribution={reply}
            kind="reply"
            what="the reply of the owner"
            onChanged={onChanged}
            onEdit={() => setWriting(true)}
          >
            {isOwner && !reply.mine && reply.state === 'published' && (
              <Button size="small" onClick={() => setWriting(true)}>
                Change the reply
              </Button>
            )}
          </ContributionActions>
        </section>
      )}
      {!reply && isOwner && !review.mine && review.state === 'published' && (
        <Button
          size="small"
          variant="outlined"
          onClick={() => setWriting(true)}
        >
          Reply
        </Button>
      )}
      {writing && (
        <ReplyDialog
          review={review}
          onClose={close}
          onDone={() => {
            close();
            onChanged();
          }}
        />
      )}
    </>
  );
}
