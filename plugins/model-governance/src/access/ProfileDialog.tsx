import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import type {
  AccessProfile,
  AccessProfileInput,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { wordsOf, wrongMembers } from './accessForm';
import { ScopeDialog, useScopeText } from './ScopeDialog';

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
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<AccessProfile>();
  const form = useScopeText(profile);
  const [owner, setOwner] = useState(profile?.owner ?? '');
  const [members, setMembers] = useState(profile?.members.join('\n') ?? '');
  const [enforcement, setEnforcement] = useState<Enforcement>(
    profile?.enforcement ?? 'enforce',
  );
  const refs = wordsOf(members);
  const wrong = wrongMembers(refs);

  const confirm = async () => {
    const body: AccessProfileInput = {
      ...form.text,
      members: refs,
      enforcement,
      ...(owner.trim() && { owner: owner.trim() }),
    };
    const saved = await submission.submit({
      body,
      send: (sent, idempotencyKey) =>
        profile
          ? api.updateAccessProfile({
              id: profile.id,
              body: sent,
              idempotencyKey,
            })
          : api.createAccessProfile({ body: sent, idempotencyKey }),
    });
    if (saved) onDone();
  };

  return (
    <ScopeDialog
      kind="profile"
      title={profile ? `Change profile ${profile.title}` : 'Add access profile'}
      form={form}
      ready={wrong.length === 0}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
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
            : 'Groups, users and components, one a line. Who leaves issues no more keys; revoke those that they have.'
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
    </ScopeDialog>
  );
}
