import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type { ModelReview } from '@modelhub/backstage-plugin-models-common';
import { ChoiceField } from '@modelhub/backstage-plugin-models-react';
import { useDraft } from '../lib/draft';
import { aspects, NO_VERSION, versionText } from '../lib/words';
import { MarkdownField } from '../shared/MarkdownField';
import { StarsField } from '../shared/StarsField';
import { useChange } from '../shared/useChange';
import { WritingDialog } from '../shared/WritingDialog';
import {
  formOf,
  inputOf,
  isReviewForm,
  LONGEST_USE_CASE,
  problemOf,
  type ReviewForm,
  updateOf,
} from './reviewForm';

/** Writes a review, or changes one's own. What was begun is kept in the browser. */
export function ReviewDialog(props: {
  entityRef: string;
  /** Who writes. */
  user: string;
  /** That can be chosen, the newest first. */
  versions: string[];
  /** The one to change; without it a new one. */
  review?: ModelReview;
  onClose: () => void;
  onDone: () => void;
}) {
  const { entityRef, user, versions, review, onClose, onDone } = props;
  const change = useChange<ModelReview>();
  const draft = useDraft<ReviewForm>(
    user,
    // A draft of what has been changed since would overwrite that change.
    review ? `review:${review.id}:${review.revision}` : `review:${entityRef}`,
    () => formOf(review, versions),
    isReviewForm,
  );
  const form = draft.value;
  const set = (changes: Partial<ReviewForm>) =>
    draft.set({ ...form, ...changes });
  const problem = problemOf(form);
  // The draft may name a version that is gone or reviewed by now.
  const modelVersion =
    review || versions.includes(form.modelVersion)
      ? form.modelVersion
      : versions[0] ?? NO_VERSION;

  const send = () => {
    const filled = { ...form, modelVersion };
    return review
      ? change.send(updateOf(filled, review), (api, body, idempotencyKey) =>
          api.updateReview({ id: review.id, body, idempotencyKey }),
        )
      : change.send(inputOf(filled, entityRef), (api, body, idempotencyKey) =>
          api.createReview({ body, idempotencyKey }),
        );
  };

  return (
    <WritingDialog
      title={review ? 'Edit your review' : 'Write a review'}
      confirm={review ? 'Save' : 'Publish'}
      disabled={Boolean(problem)}
      draft={draft}
      change={change}
      send={send}
      onClose={onClose}
      onDone={onDone}
    >
      {!review && versions.length > 0 && versions[0] !== NO_VERSION && (
        <ChoiceField
          id="review-version"
          label="Version"
          required
          fullWidth
          value={modelVersion}
          choices={versions.map(value => ({
            value,
            label: versionText(value) ?? value,
          }))}
          onChange={value => set({ modelVersion: value })}
        />
      )}
      {aspects.map(({ id, label, question }) => (
        <StarsField
          key={id}
          name={`review-stars-${id}`}
          label={label}
          question={question}
          value={form.stars[id]}
          onChange={stars => set({ stars: { ...form.stars, [id]: stars } })}
        />
      ))}
      {problem && (
        <Typography variant="body2" role="status">
          {problem}
        </Typography>
      )}
      <TextField
        id="review-use-case"
        label="Use case"
        variant="outlined"
        size="small"
        value={form.useCase}
        onChange={event => set({ useCase: event.target.value })}
        helperText="What you use it for, in a few words; others filter by it."
        inputProps={{ maxLength: LONGEST_USE_CASE }}
        InputLabelProps={{ shrink: true }}
      />
      <MarkdownField
        id="review-what-worked"
        label="What worked"
        value={form.whatWorked}
        onChange={whatWorked => set({ whatWorked })}
      />
      <MarkdownField
        id="review-limitations"
        label="Limitations"
        value={form.limitations}
        onChange={limitations => set({ limitations })}
      />
      <Typography variant="caption" component="p">
        Colleagues who may see the model read this with your name. Leave out
        what is confidential and personal data.
      </Typography>
    </WritingDialog>
  );
}
