import type {
  ApprovalDetail,
  CommandOption,
} from '@modelhub/backstage-plugin-models-common';
import { tierText } from '@modelhub/backstage-plugin-models-react';
import { useEffect } from 'react';
import { isConflict } from '../lib/errors';
import { modelTitle } from '../lib/words';
import { ActionDialog } from '../shared/ActionDialog';
import {
  commandLabel,
  confirmWord,
  consequence,
  isDestructive,
  reasonFor,
} from './buttons';
import { useCommand } from './useCommand';

/** Asks before a command is given. */
export function CommandDialog(props: {
  approval: ApprovalDetail;
  option: CommandOption;
  onClose: () => void;
  onDone: (after: ApprovalDetail) => void;
  /** Somebody else changed the approval meanwhile. */
  onConflict: () => void;
}) {
  const { approval, option, onClose, onDone, onConflict } = props;
  const { run, busy, error } = useCommand(approval);
  const conflict = isConflict(error);
  useEffect(() => {
    if (conflict) onConflict();
    // The parent closes the dialog; the notice is given once.
  }, [conflict, onConflict]);

  const confirm = async (reason?: string) => {
    const after = await run(option, reason);
    if (after) onDone(after);
  };

  return (
    <ActionDialog
      title={commandLabel(option, approval.state).replace('…', '')}
      confirm={
        option.needsStepUp
          ? `${confirmWord(option)} with passkey`
          : confirmWord(option)
      }
      destructive={isDestructive(option)}
      reason={reasonFor(option)}
      busy={busy}
      error={conflict ? undefined : error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        <strong>
          {modelTitle(approval)} {approval.modelVersion}
        </strong>
        , {tierText(approval.tier).label}, {approval.purpose},{' '}
        {approval.profile}
      </p>
      <p>{consequence(option)}</p>
      {option.needsStepUp && <p>Your passkey is asked for.</p>}
    </ActionDialog>
  );
}
