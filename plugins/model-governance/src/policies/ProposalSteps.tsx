import { makeStyles } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import type { PolicyProposalDetail } from '@modelhub/backstage-plugin-models-common';
import { failedTests } from './CheckSection';
import type { Checked } from './useCheck';
import type { Replayed } from './useReplay';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 3),
      listStyle: 'none',
      margin: theme.spacing(2, 0, 0),
      padding: 0,
    },
    step: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
    done: { color: theme.palette.success.main },
    wrong: { color: theme.palette.error.main },
    open: { color: theme.palette.text.secondary },
  }),
  { name: 'ModelGovernanceProposalSteps' },
);

type State = 'done' | 'wrong' | 'open';

const icons = {
  done: CheckCircleIcon,
  wrong: ErrorIcon,
  open: RadioButtonUncheckedIcon,
};
const spoken = { done: 'done', wrong: 'something is wrong', open: 'to do' };

/** How far a proposal came. */
export function stepsOf(options: {
  detail: PolicyProposalDetail;
  changed: boolean;
  dirty: boolean;
  checked: Checked;
  replayed: Replayed;
}): Array<{ label: string; state: State }> {
  const { detail, changed, dirty, checked, replayed } = options;
  const { value } = checked;
  const activated = detail.proposal.state === 'activated';
  const good = value?.valid && failedTests(value).length === 0;
  let check: State = 'open';
  if (activated || (changed && good)) check = 'done';
  else if (value && !good) check = 'wrong';
  return [
    { label: 'Edit', state: changed && !dirty ? 'done' : 'open' },
    { label: 'Check', state: check },
    { label: 'Replay', state: activated || replayed.value ? 'done' : 'open' },
    { label: 'Activate', state: activated ? 'done' : 'open' },
  ];
}

/** The steps of a proposal in a row. */
export function ProposalSteps(props: Parameters<typeof stepsOf>[0]) {
  const classes = useStyles();
  return (
    <ol className={classes.list} aria-label="Steps">
      {stepsOf(props).map(({ label, state }) => {
        const Icon = icons[state];
        return (
          <li key={label} className={classes.step}>
            <Icon
              fontSize="small"
              className={classes[state]}
              titleAccess={spoken[state]}
            />
            {label}
          </li>
        );
      })}
    </ol>
  );
}
