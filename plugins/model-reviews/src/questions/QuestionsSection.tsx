import Button from '@material-ui/core/Button';
import type {
  ModelQuestion,
  ModelReviewStanding,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { goneHint, PagedList, ShowAll } from '../shared/PagedList';
import { SearchField } from '../shared/SearchField';
import { useListStyles } from '../shared/useListStyles';
import { alone, useReviewPages } from '../shared/useReviewPages';
import { QuestionDialog } from './QuestionDialog';
import { QuestionItem } from './QuestionItem';

const answeredOf = (given: string | undefined) => {
  if (given === 'yes') return true;
  return given === 'no' ? false : undefined;
};

function emptyHint(filtered: boolean, question: string | undefined) {
  if (question) return goneHint('question');
  return filtered
    ? {
        title: 'No question fits',
        description: 'All words have to occur. Try fewer.',
      }
    : {
        title: 'Nobody asked anything yet',
        description: 'What you want to know others will want to know too.',
      };
}

/** Questions and answers: of one model, or of all that the reader may see. */
export function QuestionsSection(props: {
  entityRef?: string;
  /** Who reads; undefined until that is known. */
  user: string | undefined;
  /** What the reader may do; undefined until that is known. */
  standing?: Pick<ModelReviewStanding, 'mayContribute'>;
}) {
  const { entityRef, user, standing } = props;
  const classes = useListStyles();
  const [filter, setFilter] = useUrlFilters([
    'q',
    'answered',
    'question',
  ] as const);
  const asked = {
    entityRef,
    q: filter.q,
    answered: answeredOf(filter.answered),
  };
  const filtered = Boolean(asked.q || asked.answered !== undefined);
  const list = useReviewPages(
    'questions',
    { ...asked, question: filter.question },
    (api, { question, ...query }, signal) =>
      question
        ? alone(
            api
              .getQuestion({ id: question }, { signal })
              .then(detail => detail.question),
          )
        : api.listQuestions({ ...query, sort: 'newest' }, { signal }),
  );
  const [writing, setWriting] = useState<{ question?: ModelQuestion }>();

  return (
    <Section
      title="Questions"
      description="The team that owns the model is told of a question; everybody may answer."
      actions={
        entityRef &&
        standing?.mayContribute &&
        user !== undefined && (
          <Button
            variant="contained"
            color="primary"
            onClick={() => setWriting({})}
          >
            Ask a question…
          </Button>
        )
      }
    >
      {filter.question ? (
        <ShowAll what="questions" onClick={() => setFilter({ question: '' })} />
      ) : (
        <div className={classes.filters} role="search" aria-label="Questions">
          <SearchField
            id="questions-search"
            label="Search questions"
            value={filter.q ?? ''}
            onChange={q => setFilter({ q })}
          />
          <ChoiceField
            id="questions-answered"
            label="Answer"
            none="All"
            value={asked.answered === undefined ? '' : filter.answered ?? ''}
            choices={[
              { value: 'yes', label: 'Accepted' },
              { value: 'no', label: 'None accepted yet' },
            ]}
            onChange={answered => setFilter({ answered })}
          />
        </div>
      )}
      <PagedList
        list={list}
        label="Questions"
        failure="The questions could not be loaded"
        idOf={question => question.id}
        empty={emptyHint(filtered, filter.question)}
      >
        {question => (
          <QuestionItem
            question={question}
            withModel={!entityRef}
            mayAnswer={
              Boolean(standing?.mayContribute) && question.state === 'published'
            }
            opened={filter.question === question.id}
            onChanged={list.query.retry}
            onEdit={
              user === undefined ? undefined : () => setWriting({ question })
            }
          />
        )}
      </PagedList>
      {writing && user !== undefined && (
        <QuestionDialog
          entityRef={writing.question?.entityRef ?? entityRef ?? ''}
          user={user}
          question={writing.question}
          onClose={() => setWriting(undefined)}
          onDone={() => {
            setWriting(undefined);
            list.query.retry();
          }}
        />
      )}
    </Section>
  );
}
