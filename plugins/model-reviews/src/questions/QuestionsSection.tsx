import Button from '@material-ui/core/Button';
import type {
  ModelQuestion,
  ModelReviewStanding,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  EmptyHint,
  Loaded,
  Pager,
  Section,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useReviews } from '../lib/useReviews';
import { SearchField } from '../shared/SearchField';
import { useListStyles } from '../shared/useListStyles';
import { QuestionDialog } from './QuestionDialog';
import { QuestionItem } from './QuestionItem';

const ROWS_SHOWN = 10;

const answeredOf = (given: string | undefined) => {
  if (given === 'yes') return true;
  return given === 'no' ? false : undefined;
};

/** Questions and answers: of one model, or of all that the reader may see. */
export function QuestionsSection(props: {
  entityRef?: string;
  standing?: ModelReviewStanding;
}) {
  const { entityRef, standing } = props;
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
  const key = JSON.stringify(asked);
  const pages = usePages(key);
  const query = useReviews(`questions ${key} ${pages.cursor}`, (api, signal) =>
    api.listQuestions(
      { ...asked, sort: 'newest', cursor: pages.cursor, limit: ROWS_SHOWN },
      { signal },
    ),
  );
  const [writing, setWriting] = useState<{ question?: ModelQuestion }>();

  return (
    <Section
      title="Questions"
      description="The team that owns the model is told of a question; everybody may answer."
      actions={
        entityRef &&
        standing?.mayContribute && (
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
      <div className={classes.filters} role="search" aria-label="Questions">
        <SearchField
          id="questions-search"
          label="Search questions"
          value={filter.q ?? ''}
          onChange={q => setFilter({ q })}
        />
        <ChoiceField
          id="questions-answered"
          label="Accepted answer"
          none="All"
          value={asked.answered === undefined ? '' : filter.answered ?? ''}
          choices={[
            { value: 'yes', label: 'With' },
            { value: 'no', label: 'Without' },
          ]}
          onChange={answered => setFilter({ answered })}
        />
      </div>
      <Loaded
        query={query}
        room="model-reviews"
        failure="The questions could not be loaded"
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyHint
              title={
                filtered ? 'No question fits' : 'Nobody asked anything yet'
              }
              description={
                filtered
                  ? 'All words have to occur. Try fewer.'
                  : 'What you want to know others will want to know too.'
              }
            />
          ) : (
            <>
              <ul className={classes.list} aria-label="Questions">
                {items.map(question => (
                  <li key={question.id} className={classes.item}>
                    <QuestionItem
                      question={question}
                      withModel={!entityRef}
                      mayAnswer={
                        Boolean(standing?.mayContribute) &&
                        question.state === 'published'
                      }
                      opened={filter.question === question.id}
                      onChanged={query.retry}
                      onEdit={() => setWriting({ question })}
                    />
                  </li>
                ))}
              </ul>
              <Pager pages={pages} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
      {writing && (
        <QuestionDialog
          entityRef={writing.question?.entityRef ?? entityRef ?? ''}
          question={writing.question}
          onClose={() => setWriting(undefined)}
          onDone={() => {
            setWriting(undefined);
            query.retry();
          }}
        />
      )}
    </Section>
  );
}
