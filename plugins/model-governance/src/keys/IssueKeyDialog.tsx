import { useApi } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  type AccessProfile,
  type IssuedKey,
  type Purpose,
  type Tier,
  tiers,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useSubmission } from '../hooks/useSubmission';
import { ActionDialog } from '../shared/ActionDialog';
import { ChoiceField } from '../shared/ChoiceField';

const useStyles = makeStyles(
  theme => ({
    fields: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      paddingTop: theme.spacing(1),
    },
  }),
  { name: 'ModelGovernanceIssueKey' },
);

/** A key is bound to one profile, one purpose and one tier. */
export function IssueKeyDialog(props: {
  profiles: AccessProfile[];
  purposes: Purpose[];
  onClose: () => void;
  onIssued: (key: IssuedKey) => void;
}) {
  const { profiles, purposes, onClose, onIssued } = props;
  const classes = useStyles();
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<IssuedKey>();
  const mine = profiles.filter(profile => profile.mine);
  const choices = mine.length > 0 ? mine : profiles;
  const [name, setName] = useState('');
  const [profile, setProfile] = useState(choices[0]?.id ?? '');
  const [purpose, setPurpose] = useState(purposes[0]?.id ?? '');
  const [tier, setTier] = useState<Tier>('internal');
  const [days, setDays] = useState('90');
  const dayCount = Number(days);
  const daysFit =
    Number.isInteger(dayCount) && dayCount >= 1 && dayCount <= 365;

  const confirm = async () => {
    const issued = await submission.submit({
      body: {
        name: name.trim(),
        profile,
        purpose,
        tier,
        expiresInDays: dayCount,
      },
      send: (body, idempotencyKey) => api.issueKey({ body, idempotencyKey }),
    });
    if (issued) onIssued(issued);
  };

  return (
    <ActionDialog
      title="Issue a gateway key"
      confirm="Issue"
      disabled={!name.trim() || !profile || !purpose || !daysFit}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <div className={classes.fields}>
        <TextField
          id="key-name"
          label="Name"
          required
          variant="outlined"
          size="small"
          value={name}
          onChange={event => setName(event.target.value)}
          helperText="Where it will be used, so that you know it again."
          inputProps={{ maxLength: 100 }}
        />
        <ChoiceField
          id="key-profile"
          label="Access profile"
          required
          value={profile}
          choices={choices.map(one => ({ value: one.id, label: one.title }))}
          onChange={setProfile}
        />
        <ChoiceField
          id="key-purpose"
          label="Purpose"
          required
          value={purpose}
          choices={purposes.map(one => ({ value: one.id, label: one.title }))}
          onChange={setPurpose}
        />
        <ChoiceField
          id="key-tier"
          label="Tier"
          required
          value={tier}
          choices={tiers.map(one => ({
            value: one,
            label: tierText(one).label,
          }))}
          onChange={value => setTier(value as Tier)}
          helperText={tierText(tier).meaning}
        />
        <TextField
          id="key-days"
          label="Ends after days"
          type="number"
          required
          variant="outlined"
          size="small"
          value={days}
          onChange={event => setDays(event.target.value)}
          error={!daysFit}
          helperText="1 to 365"
          inputProps={{ min: 1, max: 365 }}
        />
      </div>
    </ActionDialog>
  );
}
