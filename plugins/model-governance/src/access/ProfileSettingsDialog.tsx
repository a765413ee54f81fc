import { useApi } from '@backstage/core-plugin-api';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type { AccessProfile } from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  modelGovernanceApiRef,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { ActionDialog } from '../shared/ActionDialog';
import {
  agentSettings,
  callSettings,
  findings,
  formOf,
  hasProblem,
  limitSettings,
  type NumberSetting,
  numberProblem,
  settingsOf,
  toolsProblem,
} from './settingsForm';

const findingActions = [
  { value: 'report', label: 'Only count them' },
  { value: 'redact', label: 'Mask them' },
  { value: 'refuse', label: 'Refuse the call' },
];

const toolActions = [
  { value: 'allow', label: 'Allow' },
  { value: 'deny', label: 'Deny' },
  { value: 'ask', label: 'Ask a person' },
];

function Title({ children }: { children: string }) {
  return (
    <Typography variant="subtitle2" component="h3">
      {children}
    </Typography>
  );
}

/** How gateways treat the calls of a profile. */
export function ProfileSettingsDialog(props: {
  profile: AccessProfile;
  onClose: () => void;
  onDone: () => void;
}) {
  const { profile, onClose, onDone } = props;
  const classes = useFieldStyles();
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<AccessProfile>();
  const [form, setForm] = useState(() => formOf(profile.settings));
  const set = (name: string, value: string) =>
    setForm(before => ({ ...before, [name]: value }));

  const confirm = async () => {
    const { id, title, description, owner, members, enforcement } = profile;
    const saved = await submission.submit({
      body: {
        id,
        title,
        members,
        enforcement,
        ...(description && { description }),
        ...(owner && { owner }),
        settings: settingsOf(form),
      },
      send: (body, idempotencyKey) =>
        api.updateAccessProfile({ id, body, idempotencyKey }),
    });
    if (saved) onDone();
  };

  const number = (setting: NumberSetting) => {
    const problem = numberProblem(setting, form[setting.name]);
    return (
      <TextField
        key={setting.name}
        id={`settings-${setting.name}`}
        label={setting.label}
        type="number"
        variant="outlined"
        size="small"
        value={form[setting.name]}
        onChange={event => set(setting.name, event.target.value)}
        error={problem !== undefined}
        helperText={problem ?? setting.helperText}
        inputProps={{ min: setting.least ?? 1, max: setting.most }}
        InputLabelProps={{ shrink: true }}
      />
    );
  };
  const wrongTool = toolsProblem(form.tools);

  return (
    <ActionDialog
      title={`Settings of profile ${profile.title}`}
      confirm="Save"
      disabled={hasProblem(form)}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        Gateways follow within a second. An empty limit is no limit; each key
        may have its own below these.
      </p>
      <div className={classes.fields}>
        <Title>Limits</Title>
        {limitSettings.map(number)}
        <Title>Calls</Title>
        {callSettings.map(number)}
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={form.batches !== ''}
              onChange={(_, checked) => set('batches', checked ? 'yes' : '')}
            />
          }
          label="Files and batches may be sent"
        />
        <Title>Secrets and personal data</Title>
        {findings.map(({ name, label }) => (
          <ChoiceField
            key={name}
            id={`settings-${name}`}
            label={label}
            value={form[name]}
            choices={findingActions}
            none="Do not look for them"
            onChange={value => set(name, value)}
          />
        ))}
        <Title>Agents</Title>
        {agentSettings.map(number)}
        <TextField
          id="settings-tools"
          label="Tools"
          multiline
          minRows={2}
          variant="outlined"
          size="small"
          placeholder="shell* ask 5"
          value={form.tools}
          onChange={event => set('tools', event.target.value)}
          error={wrongTool !== undefined}
          helperText={
            wrongTool ??
            'One rule a line: a tool or a beginning with *, then allow, deny or ask, then its risk. The first that matches decides.'
          }
          InputLabelProps={{ shrink: true }}
        />
        <ChoiceField
          id="settings-other-tools"
          label="Other tools"
          value={form.otherTools}
          choices={toolActions}
          none="Allow, as nothing else is said"
          onChange={value => set('otherTools', value)}
        />
      </div>
    </ActionDialog>
  );
}
