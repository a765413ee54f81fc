import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/Check';
import CloseIcon from '@material-ui/icons/Close';
import TimelineIcon from '@material-ui/icons/Timeline';
import type { PlaygroundAnswer } from '@modelhub/backstage-plugin-models-common';
import {
  durationText,
  moneyText,
  StatusChip,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';

const useStyles = makeStyles(
  theme => ({
    text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minWidth: 160 },
    chips: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5),
      marginTop: theme.spacing(0.5),
    },
  }),
  { name: 'ModelServingAnswerCell' },
);

const CHARACTERS_SHOWN = 280;

/** A text, shortened until somebody wants all of it. */
export function LongText(props: { text: string; what: string }) {
  const { text, what } = props;
  const classes = useStyles();
  const [isWhole, setIsWhole] = useState(false);
  const isLong = text.length > CHARACTERS_SHOWN;
  return (
    <>
      <div className={classes.text}>
        {isLong && !isWhole ? `${text.slice(0, CHARACTERS_SHOWN)}…` : text}
      </div>
      {isLong && (
        <Button
          size="small"
          aria-label={`${isWhole ? 'Shorten' : 'Show all of'} ${what}`}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? 'Shorten' : 'Show all'}
        </Button>
      )}
    </>
  );
}

const figure = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

function Score(props: { name: string; value?: number; note?: string }) {
  const { name, value, note } = props;
  const words = name.replace(/[_-]/g, ' ');
  if (value === undefined) {
    return <StatusChip icon={TimelineIcon} label={words} explanation={note} />;
  }
  if (value === 0 || value === 1) {
    return (
      <StatusChip
        icon={value ? CheckIcon : CloseIcon}
        label={`${words}: ${value ? 'yes' : 'no'}`}
        tone={value ? 'good' : 'bad'}
        explanation={note}
      />
    );
  }
  return (
    <StatusChip
      icon={TimelineIcon}
      label={`${words}: ${figure.format(value)}`}
      explanation={note}
    />
  );
}

function figuresText({ latencyMs, outputTokens, cost }: PlaygroundAnswer) {
  return [
    latencyMs !== undefined && durationText(latencyMs),
    outputTokens !== undefined &&
      `${outputTokens} ${outputTokens === 1 ? 'token' : 'tokens'}`,
    cost && moneyText(cost.amount, cost.currency),
  ]
    .filter(Boolean)
    .join(', ');
}

/** What one target answered to one row. */
export function AnswerCell(props: {
  answer: PlaygroundAnswer | undefined;
  name: string;
}) {
  const { answer, name } = props;
  const classes = useStyles();
  if (!answer || answer.state === 'waiting') {
    return (
      <Typography variant="body2" color="textSecondary">
        not yet
      </Typography>
    );
  }
  return (
    <>
      {answer.state === 'failed' ? (
        <Typography variant="body2">
          No answer: {answer.problem ?? 'the model gave no reason.'}
        </Typography>
      ) : (
        <LongText text={answer.text ?? ''} what={`the answer of ${name}`} />
      )}
      <div className={classes.chips}>
        {Object.entries(answer.scores).map(([metric, score]) => (
          <Score key={metric} name={metric} {...score} />
        ))}
      </div>
      <Typography variant="body2" color="textSecondary" component="div">
        {figuresText(answer)}
      </Typography>
    </>
  );
}
