import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import type {
  AccessProfile,
  AccessProfileInput,
} from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useSubmission } from '../hooks/useSubmission';
import { ActionDialog } from '../shared/ActionDialog';
import { ChoiceField } from '../shared/ChoiceField';
import { ID_RULE, idFrom, isId, wordsOf, wrongMembers } from './accessForm';
import { useFieldStyles } from '../shared/useFieldStyles';

type Enforcement = AccessProfile['enforcement'];

export const enforcements: Record<Enforcement, [label: string, text: string]> =
  {
    observe: ['Observe', 'Calls pass and are only recorded.'],
    warn: ['Warn', 'Calls pass with a warning in the answer.'],
    enforce: ['Enforce', 'What is not approved is refused.'],
  };

/** Makes an access profile, or changes one. */
export function ProfileDialog(props: {
  /** The one to change; without it a new one is made. */
  profile?: AccessProfile;
  onClose: () => void;
  onDone: () => void;
}) {
  const { profile, onClose, onDone } = props;
  const classes = useFieldStyles();
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<AccessProfile>();
  const [title, setTitle] = useState(profile?.title ?? '');
  const [ownId, setOwnId] = useState<string>();
  const [description, setDescription] = useState(profile?.description ?? '');
  const [owner, setOwner] = useState(profile?.owner ?? '');
  const [members, setMembers] = useState(profile?.members.join('\n') ?? '');
  const [enforcement, setEnforcement] = useState<Enforcement>(
    profile?.enforcement ?? 'enforce',
  );
  const id = profile?.id ?? ownId ?? idFrom(title);
  const idWrong = id !== '' && !isId(id);
  const refs = wordsOf(members);
  const wrong = wrongMembers(refs);

  const confirm = async () => {
    const body: AccessProfileInput = {
      id,
      title: title.trim(),
      members: refs,
      enforcement,
      ...(description.trim() && { description: description.trim() }),
      ...(owner.trim() && { owner: owner.trim() }),
    };
    const saved = await submission.submit({
      body,
      send: (sent, idempotencyKey) =>
        profile
          ? api.updateAccessProfile({ id, body: sent, idempotencyKey })
          : api.createAccessProfile({ body: sent, idempotencyKey }),
    });
    if (saved) onDone();
  };

  return (
    <ActionDialog
      title={profile ? `Change profile ${profile.title}` : 'Add access profile'}
      confirm={profile ? 'Save' : 'Add'}
      disabled={!title.trim() || !isId(id) || wrong.length > 0}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <div className={classes.fields}>
        <TextField
          id="profile-title"
          label="Title"
          required
          variant="outlined"
          size="small"
          value={title}
          onChange={event => setTitle(event.target.value)}
          inputProps={{ maxLength: 200 }}
        />
        {!profile && (
          <TextField
            id="profile-id"
            label="Id"
            required
            variant="outlined"
            size="small"
            value={id}
            onChange={event => setOwnId(event.target.value)}
            error={idWrong}
            helperText={ID_RULE}
          />
        )}
        <TextField
          id="profile-members"
          label="Members"
          multiline
          minRows={3}
          variant="outlined"
          size="small"
          placeholder="group:default/checkout"
          value={members}
          onChange={event => setMembers(event.target.value)}
          error={wrong.length > 0}
          helperText={
            wrong.length > 0
              ? `Not a group, user or component: ${wrong.join(', ')}`
              : 'Groups, users and components, one a line. Who leaves loses access within seconds.'
          }
          InputLabelProps={{ shrink: true }}
        />
        <TextField
          id="profile-owner"
          label="Owner"
          variant="outlined"
          size="small"
          placeholder="group:default/checkout"
          value={owner}
          onChange={event => setOwner(event.target.value)}
          InputLabelProps={{ shrink: true }}
        />
        <ChoiceField
          id="profile-enforcement"
          label="Enforcement"
          value={enforcement}
          choices={Object.entries(enforcements).map(([value, [label]]) => ({
            value,
            label,
          }))}
          onChange={value => setEnforcement(value as Enforcement)}
          helperText={enforcements[enforcement][1]}
        />
        <TextField
          id="profile-description"
          label="Description"
          multiline
          variant="outlined"
          size="small"
          value={description}
          onChange={event => setDescription(event.target.value)}
          inputProps={{ maxLength: 2000 }}
        />
      </div>
    </ActionDialog>
  );
}
