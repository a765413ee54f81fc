import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  AskedPack,
  PackRun,
  PackRunPreview,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import type { Subject } from '../approval/SubjectContext';
import { type Live, useLive } from '../hooks/useLive';
import { Command } from '../shared/Command';
import { Problem } from '../shared/Problem';
import { PreviewFacts } from './PreviewFacts';
import { RunProgress } from './RunProgress';

const useStyles = makeStyles(
  theme => ({
    root: { margin: theme.spacing(1, 0) },
    facts: { margin: theme.spacing(1, 0) },
    other: { marginTop: theme.spacing(1) },
  }),
  { name: 'ModelGovernanceMeasureIt' },
);

/**
 * How to get a result of a pack: a button where the hub can run it and the one
 * who looks may, the one command to copy otherwise, and how far a run is.
 */
export function MeasureIt(props: {
  pack: AskedPack;
  /** Absent where evidence is shown outside of a request: only the command then. */
  subject?: Subject;
  /** Why a result is wanted; without it there is one that counts. */
  because?: string;
}) {
  const { pack, subject, because } = props;
  if (subject) {
    return <InHub pack={pack} subject={subject} because={because} />;
  }
  return because ? <ByCommand pack={pack} because={because} /> : null;
}

function ByCommand(props: { pack: AskedPack; because: string }) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="body2">{props.because} This makes one:</Typography>
      <Command text={props.pack.command} />
    </div>
  );
}

function InHub(props: { pack: AskedPack; subject: Subject; because?: string }) {
  const { pack, subject, because } = props;
  const { entityRef, modelVersion } = subject;
  const classes = useStyles();
  const preview = useLive(
    `pack-run-preview:${pack.entityRef} ${entityRef} ${modelVersion}`,
    (client, signal) =>
      client.previewPackRun(
        { entityRef, modelVersion, pack: pack.entityRef },
        { signal },
      ),
  );
  const answer = preview.value;
  if (!answer) {
    // A check that is not answered needs its command, whatever the hub can do.
    return because && preview.status !== 'loading' ? (
      <ByCommand pack={pack} because={because} />
    ) : null;
  }
  if (answer.running.length > 0) {
    return (
      <div className={classes.root}>
        {answer.running.map(run => (
          <RunProgress key={run.id} run={run} onChange={preview.retry} />
        ))}
      </div>
    );
  }
  if (!because) return null;
  if (!answer.may) {
    return (
      <div className={classes.root}>
        <Typography variant="body2">{because}</Typography>
        {answer.refusal && (
          <Typography variant="body2">{answer.refusal.message}</Typography>
        )}
        <Command text={pack.command} />
      </div>
    );
  }
  return (
    <div className={classes.root}>
      <Typography variant="body2">{because}</Typography>
      <Start pack={pack} subject={subject} preview={preview} answer={answer} />
    </div>
  );
}

/** What it would ask and cost, and the button. */
function Start(props: {
  pack: AskedPack;
  subject: Subject;
  preview: Live<PackRunPreview>;
  answer: PackRunPreview;
}) {
  const { pack, subject, preview, answer } = props;
  const { entityRef, modelVersion } = subject;
  const classes = useStyles();
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<PackRun>();
  const start = async () => {
    const run = await submit({
      body: {
        entityRef,
        modelVersion,
        pack: pack.entityRef,
      },
      send: (body, idempotencyKey) =>
        api.startPackRun({ body, idempotencyKey }),
    });
    if (run) preview.set({ ...answer, may: false, running: [run] });
  };
  return (
    <>
      <div className={classes.facts}>
        <PreviewFacts preview={answer} />
      </div>
      <Button
        variant="contained"
        color="primary"
        size="small"
        disabled={busy}
        onClick={start}
        aria-label={`Run ${pack.title}`}
      >
        {busy ? 'Starting…' : 'Run this evaluation'}
      </Button>
      <Problem error={error} />
      <details className={classes.other}>
        <summary>Run it elsewhere</summary>
        <Command text={pack.command} />
      </details>
    </>
  );
}
