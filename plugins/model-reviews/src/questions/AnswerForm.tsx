import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import type {
  ModelAnswer,
  ModelQuestionDetail,
} from '@modelhub/backstage-plugin-models-common';
import { errorText } from '@modelhub/backstage-plugin-models-react';
import { type FormEvent, useState } from 'react';
import { MarkdownField } from '../shared/MarkdownField';
import { useChange } from '../shared/useChange';

/** Answers a question, or changes one's answer. */
export function AnswerForm(props: {
  questionId: string;
  answer?: ModelAnswer;
  onDone: (detail: ModelQuestionDetail) => void;
  onCancel?: () => void;
}) {
  const { questionId, answer, onDone, onCancel } = props;
  const change = useChange<ModelQuestionDetail>();
  const [text, setText] = useState(answer?.text ?? '');

  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    const done = answer
      ? await change.send(
          { revision: answer.revision, text: text.trim() },
          (api, body, idempotencyKey) =>
            api.updateAnswer({ id: answer.id, body, idempotencyKey }),
        )
      : await change.send({ text: text.trim() }, (api, body, idempotencyKey) =>
          api.createAnswer({ id: questionId, body, idempotencyKey }),
        );
    if (!done) return;
    setText('');
    onDone(done.answer);
  };

  return (
    <form onSubmit={confirm} style={{ marginTop: 8 }}>
      <MarkdownField
        id={`answer-${answer?.id ?? questionId}`}
        label={answer ? 'Your answer, changed' : 'Your answer'}
        value={text}
        onChange={setText}
      />
      {change.error !== undefined && (
        <Alert severity="error" role="alert">
          {errorText(change.error)}
        </Alert>
      )}
      <Button
        type="submit"
        size="small"
        variant="outlined"
        disabled={change.busy || !text.trim()}
      >
        {answer ? 'Save' : 'Answer'}
      </Button>
      {onCancel && (
        <Button size="small" onClick={onCancel} disabled={change.busy}>
          Cancel
        </Button>
      )}
    </form>
  );
}
