import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import type { ApprovalDetail } from '@modelhub/backstage-plugin-models-common';
import {
  ApprovalStateChip,
  approvalStateText,
  RelativeTime,
  TierChip,
} from '@modelhub/backstage-plugin-models-react';
import { modelTitle, waitingForText } from '../lib/words';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2), marginBottom: theme.spacing(2) },
    title: {
      fontFamily: theme.typography.fontFamily,
      fontSize: 22,
      fontWeight: 600,
      margin: 0,
      marginRight: theme.spacing(1),
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    blockers: {
      ...theme.typography.body2,
      margin: theme.spacing(1, 0, 0),
      paddingLeft: theme.spacing(3),
    },
  }),
  { name: 'ModelGovernanceHeadline' },
);

function Sentence({ approval }: { approval: ApprovalDetail }) {
  const waiting = waitingForText(approval);
  const open = approval.holds.filter(hold => !hold.clearedAt).length;
  if (approval.state === 'suspended') {
    return (
      <>
        On hold for {open} {open === 1 ? 'reason' : 'reasons'}: calls are
        refused until every hold is cleared.
      </>
    );
  }
  if (approval.state === 'approved') {
    return approval.expiresAt ? (
      <>
        May be used. Ends <RelativeTime at={approval.expiresAt} />.
      </>
    ) : (
      <>May be used.</>
    );
  }
  if (waiting) {
    return (
      <>
        Waiting for {waiting}
        {approval.waitingSince && (
          <>
            , since <RelativeTime at={approval.waitingSince} />
          </>
        )}
        .
      </>
    );
  }
  return <>{approvalStateText(approval.state).meaning}</>;
}

/** Where it stands, and what it waits for, before everything else. */
export function Headline({ approval }: { approval: ApprovalDetail }) {
  const classes = useStyles();
  return (
    <Paper variant="outlined" className={classes.root}>
      <div className={classes.line}>
        <h1 className={classes.title}>
          {modelTitle(approval)} {approval.modelVersion}
        </h1>
        <ApprovalStateChip state={approval.state} />
        <TierChip tier={approval.tier} />
        {approval.kind === 'emergency' && <strong>Emergency approval</strong>}
      </div>
      <Typography variant="body1" role="status" aria-live="polite">
        <Sentence approval={approval} />
      </Typography>
      {approval.blockers && approval.blockers.length > 0 && (
        <ul className={classes.blockers} aria-label="What is blocking">
          {approval.blockers.map(blocker => (
            <li key={blocker.code + blocker.message}>{blocker.message}</li>
          ))}
        </ul>
      )}
    </Paper>
  );
}
