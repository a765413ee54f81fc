import Button from '@material-ui/core/Button';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import type { ModelQuestion } from '@modelhub/backstage-plugin-models-common';
import { Loaded, StatusChip } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useReviews } from '../lib/useReviews';
import { countText } from '../lib/words';
import { Byline } from '../shared/Byline';
import { ContributionActions } from '../shared/ContributionActions';
import { ContributionState } from '../shared/ContributionState';
import { SafeMarkdown } from '../shared/SafeMarkdown';
import { useListStyles } from '../shared/useListStyles';
import { Answers } from './Answers';

/** The answers, asked for when somebody opens them. */
function LoadedAnswers(props: {
  id: string;
  mayAnswer: boolean;
  onChanged: () => void;
}) {
  const { id, mayAnswer, onChanged } = props;
  const live = useReviews(`question ${id}`, (api, signal) =>
    api.getQuestion({ id }, { signal }),
  );
  return (
    <Loaded
      query={live}
      room="model-reviews"
      failure="The answers could not be loaded"
    >
      {detail => (
        <Answers
          live={live}
          detail={detail}
          mayAnswer={mayAnswer}
          onChanged={onChanged}
        />
      )}
    </Loaded>
  );
}

/** One question; its answers open below it. */
export function QuestionItem(props: {
  question: ModelQuestion;
  mayAnswer: boolean;
  withModel?: boolean;
  /** Whether its answers are shown at once. */
  opened?: boolean;
  onChanged: () => void;
  onEdit?: () => void;
}) {
  const { question, mayAnswer, onChanged } = props;
  const classes = useListStyles();
  const [open, setOpen] = useState(props.opened ?? false);
  const what = `the question “${question.title}”`;
  const answers = countText(question.answers, 'answer');
  return (
    <article aria-label={what}>
      <ContributionState
        contribution={question}
        noun="question"
        onChanged={onChanged}
      />
      <h3 className={classes.title}>
        {question.title}{' '}
        {question.acceptedAnswerId && (
          <StatusChip icon={CheckCircleIcon} label="Answered" tone="good" />
        )}
      </h3>
      <Byline contribution={question} withModel={props.withModel} />
      {question.body && <SafeMarkdown text={question.body} />}
      <ContributionActions
        contribution={question}
        kind="question"
        what={what}
        onChanged={onChanged}
        onEdit={props.onEdit}
      >
        <Button
          size="small"
          variant="outlined"
          aria-expanded={open}
          aria-label={`${answers}: ${what}`}
          onClick={() => setOpen(!open)}
        >
          {question.answers === 0 && mayAnswer ? 'Answer' : answers}
        </Button>
      </ContributionActions>
      {open && (
        <LoadedAnswers
          id={question.id}
          mayAnswer={mayAnswer}
          onChanged={onChanged}
        />
      )}
    </article>
  );
}
