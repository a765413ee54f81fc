import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import StarIcon from '@material-ui/icons/Star';
import Alert from '@material-ui/lab/Alert';
import {
  CopyButton,
  StatusChip,
} from '@modelhub/backstage-plugin-models-react';
import { type Mark, markTexts } from './compare';
import { type Answer, isOpen } from './session';
import type { Problem } from './types';
import { figureTexts, finishText } from './words';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      minWidth: 0,
      padding: theme.spacing(1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      background: theme.palette.background.paper,
    },
    head: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: 32,
    },
    name: {
      ...theme.typography.subtitle2,
      flexGrow: 1,
      minWidth: 0,
      fontWeight: 600,
      overflowWrap: 'anywhere',
      margin: 0,
    },
    text: {
      ...theme.typography.body2,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      flexGrow: 1,
      margin: theme.spacing(1, 0),
    },
    marks: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
    figures: {
      display: 'grid',
      gridTemplateColumns: 'auto 1fr',
      gap: theme.spacing(0, 1.5),
      margin: theme.spacing(1, 0, 0),
      paddingTop: theme.spacing(1),
      borderTop: `1px solid ${theme.palette.divider}`,
      ...theme.typography.body2,
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums' },
    },
  }),
  { name: 'ModelServingAnswer' },
);

/** Addresses within this portal stay in it; others are pages of the web. */
const isAddress = (url: string) => /^(https?:\/\/|\/)/.test(url);

function ProblemView({ problem }: { problem: Problem }) {
  const { message, retryAfterSeconds, accessUrl } = problem;
  return (
    <Alert severity="error">
      {message}
      {retryAfterSeconds !== undefined &&
        ` Try again in ${Math.ceil(retryAfterSeconds)} seconds.`}
      {accessUrl && isAddress(accessUrl) && (
        <>
          {' '}
          <Link to={accessUrl}>Request access</Link>
        </>
      )}
    </Alert>
  );
}

/** What one model answers, as it comes, and what that took. */
export function AnswerView(props: {
  name: string;
  answer: Answer;
  marks: Mark[];
  onStop: () => void;
}) {
  const { name, answer, marks, onStop } = props;
  const classes = useStyles();
  const finish = finishText(answer.finishReason);
  return (
    <article className={classes.root} aria-label={`Answer of ${name}`}>
      <div className={classes.head}>
        <h3 className={classes.name}>{name}</h3>
        {isOpen(answer) && (
          <Button
            size="small"
            variant="outlined"
            onClick={onStop}
            aria-label={`Stop ${name}`}
          >
            Stop
          </Button>
        )}
        {!isOpen(answer) && answer.text && (
          <CopyButton text={answer.text} what={`the answer of ${name}`} />
        )}
      </div>
      {marks.length > 0 && (
        <div className={classes.marks}>
          {marks.map(mark => (
            <StatusChip
              key={mark}
              icon={StarIcon}
              label={markTexts[mark]}
              tone="good"
            />
          ))}
        </div>
      )}
      <div className={classes.text}>
        {answer.state === 'waiting' ? 'Waits for the first word…' : answer.text}
      </div>
      {answer.state === 'done' && !answer.text && (
        <Typography variant="body2">The answer is empty.</Typography>
      )}
      {answer.state === 'stopped' && (
        <Typography variant="body2">You stopped it.</Typography>
      )}
      {finish && <Typography variant="body2">{finish}</Typography>}
      {answer.problem && <ProblemView problem={answer.problem} />}
      {answer.figures && (
        <dl className={classes.figures}>
          {figureTexts(answer.figures).map(([term, value]) => [
            <dt key={`${term}-term`}>{term}</dt>,
            <dd key={`${term}-value`}>{value}</dd>,
          ])}
        </dl>
      )}
    </article>
  );
}
