import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/Check';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import InboxIcon from '@material-ui/icons/Inbox';
import PlayArrowIcon from '@material-ui/icons/PlayArrow';
import RemoveIcon from '@material-ui/icons/Remove';
import RemoveCircleOutlineIcon from '@material-ui/icons/RemoveCircleOutline';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import type { GateResult } from '@modelhub/backstage-plugin-models-common';
import {
  Person,
  RelativeTime,
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';
import { rootRouteRef } from '../routes';
import { evidenceViewOf } from './evidence/views';
import { EvidenceFiles } from './EvidenceFiles';
import { FindingsList } from './FindingsList';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1.5, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
      '&:last-child': { borderBottom: 'none' },
      // Links within sentences are told by more than their colour.
      '& a': { textDecoration: 'underline' },
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    title: { flexGrow: 1, margin: 0 },
    evidence: {
      overflow: 'auto',
      maxHeight: 320,
      fontSize: 12,
      padding: theme.spacing(1),
      background: theme.palette.background.default,
    },
    digest: { overflowWrap: 'anywhere' },
    actions: { display: 'flex', gap: theme.spacing(1), marginTop: 8 },
  }),
  { name: 'ModelGovernanceGate' },
);

const looks: Record<GateResult['status'], StatusChipProps> = {
  queued: { icon: HourglassEmptyIcon, label: 'Queued' },
  running: { icon: PlayArrowIcon, label: 'Running', tone: 'info' },
  pass: { icon: CheckIcon, label: 'Passed', tone: 'good' },
  warn: { icon: ReportProblemOutlinedIcon, label: 'Warning', tone: 'caution' },
  fail: { icon: HighlightOffIcon, label: 'Failed', tone: 'bad' },
  error: { icon: ErrorOutlineIcon, label: 'Could not run', tone: 'bad' },
  'needs-evidence': {
    icon: InboxIcon,
    label: 'Needs evidence',
    tone: 'caution',
  },
  waived: { icon: RemoveCircleOutlineIcon, label: 'Waived', tone: 'caution' },
  'not-applicable': { icon: RemoveIcon, label: 'Does not apply' },
};

/** One check: what it says, what it found, and the record that it left. */
export function GateRow(props: {
  approvalId: string;
  gate: GateResult;
  onRerun?: () => void;
  onWaive?: () => void;
  busy?: boolean;
}) {
  const { approvalId, gate, onRerun, onWaive, busy } = props;
  const classes = useStyles();
  const root = useRouteRef(rootRouteRef);
  const active = gate.status === 'queued' || gate.status === 'running';
  const view = evidenceViewOf(gate);
  return (
    <article className={classes.root} aria-label={gate.title}>
      <div className={classes.head}>
        <Typography
          variant="subtitle2"
          component="h3"
          className={classes.title}
        >
          {gate.title}
          {!gate.required && ' (advice only)'}
        </Typography>
        <StatusChip {...looks[gate.status]} />
      </div>
      {active && <Progress gate={gate} />}
      {gate.summary && <Typography variant="body2">{gate.summary}</Typography>}
      {view && <view.View gate={gate} />}
      {!view?.showsFindings && <FindingsList findings={gate.findings ?? []} />}
      {gate.files && (
        <EvidenceFiles
          approvalId={approvalId}
          gateId={gate.gateId}
          files={gate.files}
        />
      )}
      {gate.waiver && (
        <Typography variant="body2">
          {gate.status === 'waived' ? 'Waived by ' : 'Was waived by '}
          <Person entityRef={gate.waiver.by} /> until{' '}
          {new Date(gate.waiver.until).toLocaleDateString('en-GB')}: “
          {gate.waiver.reason}”
        </Typography>
      )}
      {gate.waiver && (
        <Typography variant="body2" component="div">
          <Link to={`${root()}/waivers?approval=${approvalId}`}>
            All waivers of this approval
          </Link>
        </Typography>
      )}
      <Typography variant="caption" color="textSecondary" component="p">
        {gate.finishedAt && (
          <>
            Finished <RelativeTime at={gate.finishedAt} />
          </>
        )}
        {gate.fromCache &&
          ', the same question had been answered before for these bytes'}
        {gate.attempts > 1 && `, ${gate.attempts} attempts`}
        {gate.nextAttemptAt && active && (
          <>
            {' '}
            Next attempt <RelativeTime at={gate.nextAttemptAt} />
          </>
        )}
      </Typography>
      {view && gate.evidenceDigest && (
        <Typography
          variant="caption"
          color="textSecondary"
          component="p"
          className={classes.digest}
        >
          Evidence {gate.evidenceDigest}
        </Typography>
      )}
      {gate.evidence && !view && (
        <details>
          <summary>Evidence{gate.evidenceId && ` ${gate.evidenceId}`}</summary>
          <pre className={classes.evidence}>
            {JSON.stringify(gate.evidence, undefined, 2)}
          </pre>
        </details>
      )}
      {(onRerun || onWaive) && (
        <div className={classes.actions}>
          {onRerun && (
            <Button
              size="small"
              variant="outlined"
              disabled={busy}
              onClick={onRerun}
              aria-label={`Run ${gate.title} again`}
            >
              Run again
            </Button>
          )}
          {onWaive && (
            <Button
              size="small"
              variant="outlined"
              disabled={busy}
              onClick={onWaive}
              aria-label={
                gate.status === 'waived'
                  ? `Renew the waiver of ${gate.title}…`
                  : `Waive ${gate.title}…`
              }
            >
              {gate.status === 'waived' ? 'Renew the waiver…' : 'Waive…'}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}

/** How far a check is, where it says so. */
function Progress({ gate }: { gate: GateResult }) {
  const { title, progress } = gate;
  const percent =
    progress?.fraction === undefined
      ? undefined
      : Math.round(progress.fraction * 100);
  return (
    <>
      <LinearProgress
        aria-label={`${title} runs`}
        aria-valuetext={progress?.message}
        {...(percent !== undefined && {
          variant: 'determinate' as const,
          value: percent,
        })}
      />
      {progress && (
        <Typography variant="body2" role="status">
          {progress.message}
        </Typography>
      )}
    </>
  );
}
