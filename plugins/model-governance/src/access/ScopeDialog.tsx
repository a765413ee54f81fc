import TextField from '@material-ui/core/TextField';
import { type ReactNode, useState } from 'react';
import { ActionDialog } from '../shared/ActionDialog';
import { useFieldStyles } from '@modelhub/backstage-plugin-models-react';
import { ID_RULE, idFrom, isId } from './accessForm';

/** What purposes and access profiles have in common. */
export interface ScopeText {
  id: string;
  title: string;
  description?: string;
}

/** The words of a purpose or access profile while somebody writes them; the id of an existing one stays. */
export function useScopeText(existing?: ScopeText) {
  const [title, setTitle] = useState(existing?.title ?? '');
  const [ownId, setId] = useState<string>();
  const [description, setDescription] = useState(existing?.description ?? '');
  const id = existing?.id ?? ownId ?? idFrom(title);
  const about = description.trim();
  const text: ScopeText = {
    id,
    title: title.trim(),
    ...(about && { description: about }),
  };
  return {
    text,
    isNew: existing === undefined,
    isComplete: text.title !== '' && isId(id),
    fields: { title, id, description },
    setTitle,
    setId,
    setDescription,
  };
}

/** Makes or changes a purpose or an access profile: title, id and description, around what only one of them has. */
export function ScopeDialog(props: {
  /** `purpose` or `profile`; begins the ids of the fields. */
  kind: 'purpose' | 'profile';
  title: string;
  intro?: ReactNode;
  form: ReturnType<typeof useScopeText>;
  /** The fields that only this kind has. */
  children: ReactNode;
  /** Whether those are filled in. */
  ready: boolean;
  busy: boolean;
  error?: unknown;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { kind, form, children, intro, ready, ...dialog } = props;
  const { fields } = form;
  const classes = useFieldStyles();
  return (
    <ActionDialog
      {...dialog}
      confirm={form.isNew ? 'Add' : 'Save'}
      disabled={!form.isComplete || !ready}
    >
      {intro}
      <div className={classes.fields}>
        <TextField
          id={`${kind}-title`}
          label="Title"
          required
          variant="outlined"
          size="small"
          value={fields.title}
          onChange={event => form.setTitle(event.target.value)}
          inputProps={{ maxLength: 200 }}
        />
        {form.isNew && (
          <TextField
            id={`${kind}-id`}
            label="Id"
            required
            variant="outlined"
            size="small"
            value={fields.id}
            onChange={event => form.setId(event.target.value)}
            error={fields.id !== '' && !isId(fields.id)}
            helperText={ID_RULE}
          />
        )}
        {children}
        <TextField
          id={`${kind}-description`}
          label="Description"
          multiline
          variant="outlined"
          size="small"
          value={fields.description}
          onChange={event => form.setDescription(event.target.value)}
          inputProps={{ maxLength: 2000 }}
        />
      </div>
    </ActionDialog>
  );
}
