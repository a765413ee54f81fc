import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { AnswerView } from './AnswerView';
import { marksOf } from './compare';
import type { Turn } from './session';

const useStyles = makeStyles(
  theme => ({
    root: { marginBottom: theme.spacing(3) },
    prompt: {
      ...theme.typography.body1,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      margin: theme.spacing(0, 0, 1),
      padding: theme.spacing(1, 1.5),
      borderLeft: `4px solid ${theme.palette.primary.main}`,
      background: theme.palette.background.paper,
      maxHeight: 240,
      overflowY: 'auto',
    },
    answers: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
      gap: theme.spacing(2),
    },
  }),
  { name: 'ModelServingTurn' },
);

/** A prompt, and the answers side by side. */
export function TurnView(props: {
  turn: Turn;
  /** From 1. */
  number: number;
  nameOf: (target: string) => string;
  onStop: (target: string) => void;
}) {
  const { turn, number, nameOf, onStop } = props;
  const classes = useStyles();
  const marks = marksOf(turn);
  const id = `model-serving-turn-${number}`;
  return (
    <section className={classes.root} aria-labelledby={id}>
      <Typography id={id} variant="subtitle2" component="h2">
        Prompt {number}
      </Typography>
      <div className={classes.prompt}>{turn.prompt}</div>
      <div className={classes.answers}>
        {turn.targets.map(target => (
          <AnswerView
            key={target}
            name={nameOf(target)}
            answer={turn.answers[target]}
            marks={marks[target] ?? []}
            onStop={() => onStop(target)}
          />
        ))}
      </div>
    </section>
  );
}
