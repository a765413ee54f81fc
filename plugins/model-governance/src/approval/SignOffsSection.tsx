import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import ReplayIcon from '@material-ui/icons/Replay';
import type {
  ApprovalDetail,
  SignOff,
} from '@modelhub/backstage-plugin-models-common';
import {
  People,
  Person,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { roleName } from '../lib/words';

const useStyles = makeStyles(
  theme => ({
    role: {
      marginBottom: theme.spacing(1.5),
      '& h3::first-letter': { textTransform: 'uppercase' },
    },
    line: { display: 'flex', gap: theme.spacing(1), alignItems: 'flex-start' },
    void: { textDecoration: 'line-through' },
  }),
  { name: 'ModelGovernanceSignOffs' },
);

const verbs: Record<SignOff['decision'], string> = {
  approve: 'approved',
  reject: 'rejected',
  'request-changes': 'asked for changes',
};

const icons = {
  approve: CheckCircleIcon,
  reject: HighlightOffIcon,
  'request-changes': ReplayIcon,
};

function Given({ signOff }: { signOff: SignOff }) {
  const classes = useStyles();
  const Icon = icons[signOff.decision];
  return (
    <div className={classes.line}>
      <Icon fontSize="small" aria-hidden />
      <Typography
        variant="body2"
        component="div"
        className={signOff.valid ? undefined : classes.void}
      >
        <Person entityRef={signOff.by} />
        {signOff.onBehalfOf && (
          <>
            {' for '}
            <Person entityRef={signOff.onBehalfOf} />
          </>
        )}{' '}
        {verbs[signOff.decision]}, <RelativeTime at={signOff.at} />
        {signOff.secondFactor && ', with a passkey'}
        {signOff.reason && <>: “{signOff.reason}”</>}
        {!signOff.valid && ' (void: the model changed after it)'}
      </Typography>
    </div>
  );
}

/** Who has signed and who is still asked, by role. */
export function SignOffsSection({ approval }: { approval: ApprovalDetail }) {
  const classes = useStyles();
  const { signOffs, demands } = approval;
  const asked = new Set<string>(demands.signOffs.map(demand => demand.role));
  const others = signOffs.filter(signOff => !asked.has(signOff.role));
  const pending = ['draft', 'checking', 'changes-requested', 'in-review'];
  return (
    <Section title="Sign-offs">
      {demands.signOffs.length === 0 && (
        <Typography variant="body2">
          {approval.kind === 'emergency'
            ? 'Nobody signs an emergency: it is reviewed afterwards.'
            : 'This tier asks for nobody: the checks decide.'}
        </Typography>
      )}
      {demands.signOffs.map(demand => {
        const mine = signOffs.filter(signOff => signOff.role === demand.role);
        const given =
          demand.given ??
          mine.filter(one => one.valid && one.decision === 'approve').length;
        const open = demand.quorum - given;
        return (
          <div key={demand.role} className={classes.role}>
            <Typography variant="subtitle2" component="h3">
              {roleName(demand.role)}: {given} of {demand.quorum}
              {demand.secondFactor && ', passkey needed'}
            </Typography>
            {mine.map(signOff => (
              <Given key={signOff.id} signOff={signOff} />
            ))}
            {open > 0 && pending.includes(approval.state) && (
              <div className={classes.line}>
                <HourglassEmptyIcon fontSize="small" aria-hidden />
                <Typography variant="body2" component="div">
                  {open === 1 ? 'One more' : `${open} more`}
                  {demand.people?.length ? (
                    <>
                      : <People entityRefs={demand.people} /> could sign
                    </>
                  ) : (
                    <>
                      {' from '}
                      <People entityRefs={demand.groups} />
                    </>
                  )}
                </Typography>
              </div>
            )}
          </div>
        );
      })}
      {others.map(signOff => (
        <Given key={signOff.id} signOff={signOff} />
      ))}
    </Section>
  );
}
