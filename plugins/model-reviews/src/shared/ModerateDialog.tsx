import type { ModelReviewModerationInput } from '@modelhub/backstage-plugin-models-common';
import { ActionDialog } from '@modelhub/backstage-plugin-models-react';
import { useChange } from './useChange';

/** What a moderator can do. */
export type ModerationAction = ModelReviewModerationInput['action'];

const words: Record<
  ModerationAction,
  {
    title: (noun: string) => string;
    confirm: string;
    text: string;
    helperText: string;
  }
> = {
  hide: {
    title: noun => `Hide this ${noun}`,
    confirm: 'Hide',
    text: 'Only its author and moderators see it from then on, and it counts for no rating. It can be restored.',
    helperText: 'Its author reads this. It becomes part of the record.',
  },
  restore: {
    title: noun => `Restore this ${noun}`,
    confirm: 'Restore',
    text: 'Everybody who may see the model sees it again, and it counts again.',
    helperText: 'Its author reads this. It becomes part of the record.',
  },
  dismiss: {
    title: noun => `Leave this ${noun} as it is`,
    confirm: 'Close the reports',
    text: 'The reports are closed and nothing is changed.',
    helperText: 'It becomes part of the record.',
  },
};

/** Hides, restores or leaves what somebody wrote, with a reason. */
export function ModerateDialog(props: {
  id: string;
  action: ModerationAction;
  /** E.g. `review`. */
  noun: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { id, action, noun, onClose, onDone } = props;
  const moderation = useChange<unknown>();
  const { title, confirm, text, helperText } = words[action];
  return (
    <ActionDialog
      title={title(noun)}
      confirm={confirm}
      destructive={action === 'hide'}
      reason={{ label: 'Reason', required: true, helperText }}
      busy={moderation.busy}
      error={moderation.error}
      onClose={onClose}
      onConfirm={async reason => {
        if (!reason) return;
        const done = await moderation.send(
          { action, reason },
          (api, body, idempotencyKey) =>
            api.moderateContribution({ id, body, idempotencyKey }),
        );
        if (done) onDone();
      }}
    >
      <p>{text}</p>
    </ActionDialog>
  );
}
