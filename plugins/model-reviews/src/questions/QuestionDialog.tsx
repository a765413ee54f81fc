import TextField from '@material-ui/core/TextField';
import type { ModelQuestion } from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  useFieldStyles,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { MarkdownField } from '../shared/MarkdownField';
import { useChange } from '../shared/useChange';

const SHORTEST_TITLE = 3;
const LONGEST_TITLE = 250;

/** Asks something about a model, or changes what one asked. */
export function QuestionDialog(props: {
  entityRef: string;
  question?: ModelQuestion;
  onClose: () => void;
  onDone: () => void;
}) {
  const { entityRef, question, onClose, onDone } = props;
  const classes = useFieldStyles();
  const change = useChange<unknown>();
  const [title, setTitle] = useState(question?.title ?? '');
  const [body, setBody] = useState(question?.body ?? '');

  const confirm = async () => {
    const content = { title: title.trim(), body: body.trim() || undefined };
    const done = question
      ? await change.send(
          { revision: question.revision, ...content },
          (api, sent, idempotencyKey) =>
            api.updateQuestion({ id: question.id, body: sent, idempotencyKey }),
        )
      : await change.send(
          { entityRef, ...content },
          (api, sent, idempotencyKey) =>
            api.createQuestion({ body: sent, idempotencyKey }),
        );
    if (done) onDone();
  };

  return (
    <ActionDialog
      title={question ? 'Edit your question' : 'Ask a question'}
      confirm={question ? 'Save' : 'Ask'}
      disabled={title.trim().length < SHORTEST_TITLE}
      busy={change.busy}
      error={change.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>The team that owns the model is told; everybody may answer.</p>
      <div className={classes.fields}>
        <TextField
          id="question-title"
          label="Question"
          required
          variant="outlined"
          size="small"
          value={title}
          onChange={event => setTitle(event.target.value)}
          inputProps={{ maxLength: LONGEST_TITLE }}
          InputLabelProps={{ shrink: true }}
        />
        <MarkdownField
          id="question-body"
          label="What you tried, and what you want to do"
          value={body}
          onChange={setBody}
        />
      </div>
    </ActionDialog>
  );
}
