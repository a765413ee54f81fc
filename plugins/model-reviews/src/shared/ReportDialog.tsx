import TextField from '@material-ui/core/TextField';
import type {
  ModelContribution,
  ModelReviewReportReason,
} from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  ChoiceField,
  useFieldStyles,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { reportReasons } from '../lib/words';
import { useChange } from './useChange';

/** Tells moderators that something should not be here. */
export function ReportDialog(props: {
  contribution: ModelContribution;
  /** E.g. `review`. */
  noun: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { contribution, noun, onClose, onDone } = props;
  const classes = useFieldStyles();
  const [reason, setReason] = useState<string>('');
  const [comment, setComment] = useState('');
  const report = useChange<void>();
  const chosen = reportReasons.find(({ value }) => value === reason)?.value;

  const confirm = async (why: ModelReviewReportReason) => {
    const sent = await report.send(
      { reason: why, comment: comment.trim() || undefined },
      (api, body, idempotencyKey) =>
        api.reportContribution({ id: contribution.id, body, idempotencyKey }),
    );
    if (sent) onDone();
  };

  return (
    <ActionDialog
      title={`Report this ${noun}`}
      confirm="Report"
      disabled={!chosen}
      busy={report.busy}
      error={report.error}
      onClose={onClose}
      onConfirm={() => chosen && confirm(chosen)}
    >
      <p>
        Moderators of this portal look at it and hide it where that is needed.
        They see that it was you; its author does not.
      </p>
      <div className={classes.fields}>
        <ChoiceField
          id="report-reason"
          label="What is wrong with it"
          required
          fullWidth
          none="Choose…"
          value={reason}
          choices={reportReasons}
          onChange={setReason}
        />
        <TextField
          id="report-comment"
          label="What moderators should know"
          variant="outlined"
          size="small"
          multiline
          minRows={2}
          value={comment}
          onChange={event => setComment(event.target.value)}
          inputProps={{ maxLength: 1000 }}
          InputLabelProps={{ shrink: true }}
        />
      </div>
    </ActionDialog>
  );
}
