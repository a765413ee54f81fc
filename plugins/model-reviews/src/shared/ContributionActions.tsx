import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  ModelContribution,
  ModelContributionKind,
} from '@modelhub/backstage-plugin-models-common';
import { type ReactNode, useState } from 'react';
import { kindText } from '../lib/words';
import { HelpfulButton } from './HelpfulButton';
import { HistoryDialog } from './HistoryDialog';
import { ModerateDialog } from './ModerateDialog';
import { ReportDialog } from './ReportDialog';
import { WithdrawDialog } from './WithdrawDialog';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      marginTop: theme.spacing(0.5),
    },
  }),
  { name: 'ModelReviewsActions' },
);

type Asked = 'report' | 'history' | 'withdraw' | 'hide' | 'restore';

/** What the reader can do with what somebody wrote; only what the backend would let pass. */
export function ContributionActions(props: {
  contribution: ModelContribution;
  kind: ModelContributionKind;
  /** To tell its buttons from those of the others, e.g. `the review of 3 days ago`. */
  what: string;
  onChanged: () => void;
  onEdit?: () => void;
  /** Buttons before the others. */
  children?: ReactNode;
}) {
  const { contribution, kind, what, onChanged, onEdit } = props;
  const classes = useStyles();
  const [asked, setAsked] = useState<Asked>();
  const [reported, setReported] = useState(false);
  const { id, mine, mayModerate, state } = contribution;
  const noun = kindText[kind];
  const moderates = mayModerate && !mine;
  const published = state === 'published';
  const close = () => setAsked(undefined);
  const done = () => {
    close();
    onChanged();
  };
  const button = (ask: Asked, label: string) => (
    <Button
      size="small"
      aria-label={`${label}: ${what}`}
      onClick={() => setAsked(ask)}
    >
      {label}
    </Button>
  );

  return (
    <div className={classes.root}>
      {props.children}
      {published && ['review', 'tip', 'answer'].includes(kind) && (
        <HelpfulButton contribution={contribution} what={what} />
      )}
      {mine && onEdit && state !== 'withdrawn' && (
        <Button size="small" aria-label={`Edit: ${what}`} onClick={onEdit}>
          Edit
        </Button>
      )}
      {mine && state !== 'withdrawn' && button('withdraw', 'Withdraw')}
      {contribution.revision > 1 && button('history', 'History')}
      {published && !mine && !reported && button('report', 'Report')}
      {reported && (
        <Typography variant="body2" color="textSecondary" role="status">
          Reported. Moderators look at it.
        </Typography>
      )}
      {moderates && published && button('hide', 'Hide')}
      {moderates && state === 'hidden' && button('restore', 'Restore')}
      {asked === 'report' && (
        <ReportDialog
          contribution={contribution}
          noun={noun}
          onClose={close}
          onDone={() => {
            setReported(true);
            close();
          }}
        />
      )}
      {asked === 'history' && (
        <HistoryDialog id={id} noun={noun} onClose={close} />
      )}
      {asked === 'withdraw' && (
        <WithdrawDialog id={id} noun={noun} onClose={close} onDone={done} />
      )}
      {(asked === 'hide' || asked === 'restore') && (
        <ModerateDialog
          id={id}
          action={asked}
          noun={noun}
          onClose={close}
          onDone={done}
        />
      )}
    </div>
  );
}
