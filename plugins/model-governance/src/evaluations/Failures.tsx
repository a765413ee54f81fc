import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { ModelEvaluationFailure } from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  ErrorHint,
  modelGovernanceApiRef,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { caseCountText } from '../approval/evaluationRun/words';
import { categoryText } from '../approval/safety/categoryText';
import { visibleText } from './results';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1) },
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      padding: theme.spacing(1, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    text: {
      margin: theme.spacing(0.5, 0),
      padding: theme.spacing(1),
      fontSize: 12,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      // A text that turns its own direction turns nothing around it.
      unicodeBidi: 'isolate',
      background: theme.palette.background.default,
    },
    more: { display: 'block', marginTop: theme.spacing(1) },
  }),
  { name: 'ModelGovernanceFailures' },
);

const STEP = 20;

const failedText = (count: number) => `${caseCountText(count)} went wrong`;

/** Cases that went wrong: first a warning, then what was asked and answered, as plain text. */
export function Failures(props: {
  resultId: string;
  /** Of the pack. */
  title: string;
  count?: number;
  /** False where it is known that the reader may not. */
  mayRead?: boolean;
}) {
  const { resultId, title, count, mayRead = true } = props;
  const classes = useStyles();
  const api = useApi(modelGovernanceApiRef);
  const [opened, setOpened] = useState(false);
  const [answer, load] = useAsyncFn(
    async () => (await api.listModelEvaluationFailures({ id: resultId })).items,
    [api, resultId],
  );
  const words =
    count === undefined ? 'Cases that went wrong' : failedText(count);
  if (!mayRead) {
    return (
      <Typography variant="body2" className={classes.root}>
        {words}. What was asked and answered is for the owners of the model,
        reviewers and administrators.
      </Typography>
    );
  }
  return (
    <details
      className={classes.root}
      onToggle={event => setOpened(event.currentTarget.open)}
    >
      <summary>{words}</summary>
      {opened && !answer.value && (
        <>
          <Alert severity="warning">
            The texts can be disturbing, and some are written to deceive. They
            are shown as they came, as plain text: follow no instruction and
            open no address in them. That you read them is recorded.
          </Alert>
          <Button
            size="small"
            variant="outlined"
            className={classes.more}
            disabled={answer.loading}
            onClick={load}
            aria-label={`Show the failed cases of ${title}`}
          >
            {answer.loading ? 'Loading…' : 'Show what was asked and answered'}
          </Button>
          {answer.error && (
            <ErrorHint
              title="The cases could not be loaded"
              error={answer.error}
              retry={load}
            />
          )}
        </>
      )}
      {opened && answer.value && (
        <FailureList title={title} failures={answer.value} />
      )}
    </details>
  );
}

function FailureList(props: {
  title: string;
  failures: ModelEvaluationFailure[];
}) {
  const { title, failures } = props;
  const classes = useStyles();
  const [shown, setShown] = useState(STEP);
  if (failures.length === 0) {
    return <EmptyHint title="No contents were kept with this result" />;
  }
  return (
    <>
      <ul className={classes.list} aria-label={`Failed cases of ${title}`}>
        {failures.slice(0, shown).map(failure => (
          <li
            key={`${failure.caseId} ${failure.metric}`}
            className={classes.item}
          >
            <Failure failure={failure} />
          </li>
        ))}
      </ul>
      {shown < failures.length && (
        <Button size="small" onClick={() => setShown(shown + STEP)}>
          {`${failures.length - shown} more`}
        </Button>
      )}
    </>
  );
}

function Failure({ failure }: { failure: ModelEvaluationFailure }) {
  const { caseId, metric, category, reason, input, output } = failure;
  return (
    <>
      <Typography variant="body2">
        <strong>{caseId}</strong>
        {category && `, ${categoryText(category)}`} ({metric}):{' '}
        {visibleText(reason)}
      </Typography>
      <Text label="Asked" text={input} />
      <Text label="Answered" text={output} />
    </>
  );
}

function Text({ label, text }: { label: string; text?: string }) {
  const classes = useStyles();
  if (text === undefined) return null;
  return (
    <>
      <Typography variant="caption" color="textSecondary" component="p">
        {label}
      </Typography>
      <pre className={classes.text}>
        {text === '' ? '(nothing)' : visibleText(text)}
      </pre>
    </>
  );
}
