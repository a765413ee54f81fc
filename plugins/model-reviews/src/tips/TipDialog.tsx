import TextField from '@material-ui/core/TextField';
import type {
  ModelReview,
  ModelTip,
} from '@modelhub/backstage-plugin-models-common';
import { ChoiceField } from '@modelhub/backstage-plugin-models-react';
import { useDraft } from '../lib/draft';
import { NO_VERSION, tipKinds, versionText } from '../lib/words';
import { MarkdownField } from '../shared/MarkdownField';
import { useChange } from '../shared/useChange';
import { WritingDialog } from '../shared/WritingDialog';
import {
  formOf,
  inputOf,
  isComplete,
  isTipForm,
  LONGEST_TITLE,
  problemsOf,
  type TipForm,
  updateOf,
} from './tipForm';

/** Shares a prompt, a way of preprocessing or settings, or changes what one shared. */
export function TipDialog(props: {
  entityRef: string;
  /** Who writes. */
  user: string;
  versions: string[];
  /** The review that it belongs to. */
  review?: ModelReview;
  /** The one to change; without it a new one. */
  tip?: ModelTip;
  onClose: () => void;
  onDone: () => void;
}) {
  const { entityRef, user, review, tip, onClose, onDone } = props;
  const change = useChange<ModelTip>();
  const versions = props.versions.filter(name => name !== NO_VERSION);
  const about = versions.includes(review?.modelVersion ?? '')
    ? review?.modelVersion
    : undefined;
  const draft = useDraft<TipForm>(
    user,
    tip
      ? `tip:${tip.id}:${tip.revision}`
      : `tip:${entityRef}:${review?.id ?? ''}`,
    () => formOf(tip, about),
    isTipForm,
  );
  const form = draft.value;
  const set = (changes: Partial<TipForm>) => draft.set({ ...form, ...changes });
  const problems = problemsOf(form);

  const send = () =>
    tip
      ? change.send(updateOf(form, tip), (api, body, idempotencyKey) =>
          api.updateTip({ id: tip.id, body, idempotencyKey }),
        )
      : change.send(
          inputOf(form, entityRef, review?.id),
          (api, body, idempotencyKey) =>
            api.createTip({ body, idempotencyKey }),
        );

  return (
    <WritingDialog
      title={tip ? 'Edit your tip' : 'Share a tip'}
      confirm={tip ? 'Save' : 'Publish'}
      disabled={!isComplete(form)}
      draft={draft}
      change={change}
      send={send}
      onClose={onClose}
      onDone={onDone}
    >
      <ChoiceField
        id="tip-kind"
        label="Kind"
        required
        fullWidth
        value={form.kind}
        choices={tipKinds}
        onChange={kind =>
          set({
            kind: tipKinds.find(({ value }) => value === kind)?.value,
          })
        }
      />
      <TextField
        id="tip-title"
        label="Title"
        required
        variant="outlined"
        size="small"
        value={form.title}
        onChange={event => set({ title: event.target.value })}
        helperText="What it achieves, e.g. “Answers as plain JSON”."
        inputProps={{ maxLength: LONGEST_TITLE }}
        InputLabelProps={{ shrink: true }}
      />
      <MarkdownField
        id="tip-body"
        label="Tip"
        required
        rows={5}
        value={form.body}
        onChange={body => set({ body })}
        helperText="Markdown. Put prompts between lines of ``` so that they stay as they are."
      />
      <TextField
        id="tip-settings"
        label="Settings as JSON"
        variant="outlined"
        size="small"
        multiline
        minRows={2}
        placeholder={JSON.stringify({ temperature: 0.2 })}
        value={form.settings}
        onChange={event => set({ settings: event.target.value })}
        error={problems.settings !== undefined}
        helperText={problems.settings ?? 'May stay empty.'}
        InputLabelProps={{ shrink: true }}
      />
      {versions.length > 0 && (
        <ChoiceField
          id="tip-version"
          label="Version"
          none="All versions"
          fullWidth
          value={form.modelVersion}
          choices={versions.map(value => ({
            value,
            label: versionText(value) ?? value,
          }))}
          onChange={modelVersion => set({ modelVersion })}
        />
      )}
    </WritingDialog>
  );
}
