import TextField from '@material-ui/core/TextField';
import type { ModelQuestion } from '@modelhub/backstage-plugin-models-common';
import { useDraft } from '../lib/draft';
import { MarkdownField } from '../shared/MarkdownField';
import { useChange } from '../shared/useChange';
import { WritingDialog } from '../shared/WritingDialog';

const SHORTEST_TITLE = 3;
const LONGEST_TITLE = 250;

interface QuestionForm {
  title: string;
  body: string;
}

const isQuestionForm = (value: unknown): value is QuestionForm => {
  const { title, body } = (value ?? {}) as Partial<QuestionForm>;
  return typeof title === 'string' && typeof body === 'string';
};

/** Asks something about a model, or changes what one asked. */
export function QuestionDialog(props: {
  entityRef: string;
  /** Who asks. */
  user: string;
  /** The one to change; without it a new one. */
  question?: ModelQuestion;
  onClose: () => void;
  onDone: () => void;
}) {
  const { entityRef, user, question, onClose, onDone } = props;
  const change = useChange<unknown>();
  const draft = useDraft<QuestionForm>(
    user,
    question
      ? `question:${question.id}:${question.revision}`
      : `question:${entityRef}`,
    () => ({ title: question?.title ?? '', body: question?.body ?? '' }),
    isQuestionForm,
  );
  const { title, body } = draft.value;

  const send = () => {
    const content = { title: title.trim(), body: body.trim() || undefined };
    return question
      ? change.send(
          { revision: question.revision, ...content },
          (api, sent, idempotencyKey) =>
            api.updateQuestion({ id: question.id, body: sent, idempotencyKey }),
        )
      : change.send({ entityRef, ...content }, (api, sent, idempotencyKey) =>
          api.createQuestion({ body: sent, idempotencyKey }),
        );
  };

  return (
    <WritingDialog
      title={question ? 'Edit your question' : 'Ask a question'}
      confirm={question ? 'Save' : 'Ask'}
      disabled={title.trim().length < SHORTEST_TITLE}
      draft={draft}
      change={change}
      send={send}
      onClose={onClose}
      onDone={onDone}
      lead={<p>The team that owns the model is told; everybody may answer.</p>}
    >
      <TextField
        id="question-title"
        label="Question"
        required
        variant="outlined"
        size="small"
        value={title}
        onChange={event => draft.set({ title: event.target.value, body })}
        inputProps={{ maxLength: LONGEST_TITLE }}
        InputLabelProps={{ shrink: true }}
      />
      <MarkdownField
        id="question-body"
        label="What you tried, and what you want to do"
        value={body}
        onChange={next => draft.set({ title, body: next })}
      />
    </WritingDialog>
  );
}
