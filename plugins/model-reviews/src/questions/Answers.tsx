import Button from '@material-ui/core/Button';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import GroupIcon from '@material-ui/icons/Group';
import Alert from '@material-ui/lab/Alert';
import type {
  ModelAnswer,
  ModelQuestionDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  errorText,
  type Live,
  StatusChip,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { Byline } from '../shared/Byline';
import { ContributionActions } from '../shared/ContributionActions';
import { ContributionState } from '../shared/ContributionState';
import { SafeMarkdown } from '../shared/SafeMarkdown';
import { useChange } from '../shared/useChange';
import { useListStyles } from '../shared/useListStyles';
import { AnswerForm } from './AnswerForm';

/** The same with another answer accepted, or none. */
export function withAccepted(
  detail: ModelQuestionDetail,
  answerId: string | undefined,
): ModelQuestionDetail {
  return {
    question: { ...detail.question, acceptedAnswerId: answerId },
    answers: detail.answers.map(answer => ({
      ...answer,
      accepted: answer.id === answerId,
    })),
  };
}

/** The answers to a question, and the way to answer. */
export function Answers(props: {
  live: Live<ModelQuestionDetail>;
  detail: ModelQuestionDetail;
  mayAnswer: boolean;
  onChanged: () => void;
}) {
  const { live, detail, mayAnswer, onChanged } = props;
  const { question, answers } = detail;
  const classes = useListStyles();
  const acceptance = useChange<ModelQuestionDetail>();
  const [editing, setEditing] = useState<string>();

  const accept = async (answerId: string | undefined) => {
    live.set(withAccepted(detail, answerId));
    const done = await acceptance.send({ answerId }, (api, body, key) =>
      api.acceptAnswer({ id: question.id, body, idempotencyKey: key }),
    );
    live.set(done ? done.answer : detail);
    if (done) onChanged();
  };
  const edited = (changed: ModelQuestionDetail) => {
    setEditing(undefined);
    live.set(changed);
    onChanged();
  };
  const item = (answer: ModelAnswer, index: number) => {
    const what = `answer ${index + 1}`;
    return (
      <li key={answer.id} className={classes.nested}>
        <ContributionState
          contribution={answer}
          noun="answer"
          onChanged={live.retry}
        />
        {answer.accepted && (
          <StatusChip icon={CheckCircleIcon} label="Accepted" tone="good" />
        )}{' '}
        {answer.byOwner && (
          <StatusChip
            icon={GroupIcon}
            label="Owner"
            tone="info"
            explanation="Written for the team that owned the model"
          />
        )}
        <Byline contribution={answer} />
        {editing === answer.id ? (
          <AnswerForm
            questionId={question.id}
            answer={answer}
            onDone={edited}
            onCancel={() => setEditing(undefined)}
          />
        ) : (
          <SafeMarkdown text={answer.text} />
        )}
        <ContributionActions
          contribution={answer}
          kind="answer"
          what={what}
          onChanged={live.retry}
          onEdit={() => setEditing(answer.id)}
        >
          {question.mayAccept && answer.state === 'published' && (
            <Button
              size="small"
              disabled={acceptance.busy}
              aria-label={`${
                answer.accepted ? 'Accept no longer' : 'Accept'
              }: ${what}`}
              onClick={() => accept(answer.accepted ? undefined : answer.id)}
            >
              {answer.accepted ? 'Accept no longer' : 'Accept'}
            </Button>
          )}
        </ContributionActions>
      </li>
    );
  };

  return (
    <>
      {acceptance.error !== undefined && (
        <Alert severity="error" role="alert">
          {errorText(acceptance.error)}
        </Alert>
      )}
      <ul className={classes.list} aria-label="Answers">
        {answers.map(item)}
      </ul>
      {mayAnswer && <AnswerForm questionId={question.id} onDone={edited} />}
    </>
  );
}
