import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import type { ModelContribution } from '@modelhub/backstage-plugin-models-common';
import {
  errorText,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { useChange } from './useChange';

/** Says of something hidden or withdrawn who sees it and what can be done. */
export function ContributionState(props: {
  contribution: ModelContribution;
  noun: string;
  onChanged: () => void;
}) {
  const { contribution, noun, onChanged } = props;
  const undo = useChange<void>();
  const { id, state, hidden, undoUntil } = contribution;

  if (state === 'hidden') {
    return (
      <Alert severity="warning">
        A moderator hid this {noun}
        {hidden && (
          <>
            {' '}
            <RelativeTime at={hidden.at} />: {hidden.reason}
          </>
        )}
        {!hidden && '.'} Only {contribution.mine ? 'you' : 'its author'} and
        moderators see it.
      </Alert>
    );
  }
  if (state === 'withdrawn') {
    return (
      <Alert
        severity="info"
        action={
          undoUntil && (
            <Button
              size="small"
              color="inherit"
              disabled={undo.busy}
              onClick={async () => {
                const done = await undo.send({ id }, (api, _, idempotencyKey) =>
                  api.undoWithdrawal({ id, idempotencyKey }),
                );
                if (done) onChanged();
              }}
            >
              Undo
            </Button>
          )
        }
      >
        You withdrew this {noun}. Nobody else sees it
        {undoUntil && (
          <>
            ; it can be undone until{' '}
            <time dateTime={undoUntil}>
              {new Date(undoUntil).toLocaleString('en-GB')}
            </time>
          </>
        )}
        .
        {undo.error !== undefined && (
          <div role="alert">{errorText(undo.error)}</div>
        )}
      </Alert>
    );
  }
  return null;
}
