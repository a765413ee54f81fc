import { makeStyles } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import LensOutlinedIcon from '@material-ui/icons/PanoramaFishEye';
import RemoveCircleOutlineIcon from '@material-ui/icons/RemoveCircleOutline';
import TimelapseIcon from '@material-ui/icons/Timelapse';
import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import { tones } from '@modelhub/backstage-plugin-models-react';
import { spanText } from '../lib/time';
import { useNow } from '../lib/useNow';
import { type Step, stepsOf } from './steps';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))',
      gap: theme.spacing(2),
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    step: {
      borderTop: `4px solid ${theme.palette.divider}`,
      paddingTop: theme.spacing(1),
      minWidth: 0,
    },
    done: { borderColor: tones[theme.palette.type].good.border },
    now: { borderColor: tones[theme.palette.type].info.text },
    failed: { borderColor: tones[theme.palette.type].bad.text },
    head: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      fontWeight: 600,
    },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'ModelServingSteps' },
);

const looks: Record<
  Step['standing'],
  { icon: typeof ErrorIcon; word: string }
> = {
  done: { icon: CheckCircleIcon, word: 'done' },
  now: { icon: TimelapseIcon, word: 'now' },
  ahead: { icon: LensOutlinedIcon, word: 'still to come' },
  failed: { icon: ErrorIcon, word: 'ended here' },
  skipped: { icon: RemoveCircleOutlineIcon, word: 'not reached' },
};

function Running({ since }: { since: string }) {
  const now = useNow();
  return <>for {spanText(now - Date.parse(since))}</>;
}

/** From the click to ready, with what each step took. */
export function StepsList({ endpoint }: { endpoint: EvaluationEndpoint }) {
  const classes = useStyles();
  const tone: Partial<Record<Step['standing'], string>> = {
    done: classes.done,
    now: classes.now,
    failed: classes.failed,
  };
  return (
    <ol className={classes.list} aria-label="Steps">
      {stepsOf(endpoint).map(step => {
        const { icon: Icon, word } = looks[step.standing];
        return (
          <li
            key={step.id}
            className={`${classes.step} ${tone[step.standing] ?? ''}`}
            aria-current={step.standing === 'now' ? 'step' : undefined}
          >
            <div className={classes.head}>
              <Icon fontSize="small" aria-hidden />
              {step.title}
            </div>
            <div className={classes.quiet}>
              {word}
              {step.standing === 'now' && step.from && (
                <>
                  {' '}
                  <Running since={step.from} />
                </>
              )}
              {step.text && `, ${step.text}`}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
