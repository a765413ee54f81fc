import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import {
  type AccessProfile,
  type IssuedKey,
  type KeyExpiry,
  type Purpose,
  type Tier,
  tiers,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  modelGovernanceApiRef,
  tierText,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { ActionDialog } from '../shared/ActionDialog';

/** Where the backend does not tell. */
const USUAL_EXPIRY: KeyExpiry = { defaultDays: 90, maxDays: 365 };

/** A count of at least one; undefined for nothing, `wrong` for anything else. */
function countOf(text: string): number | undefined | 'wrong' {
  if (text.trim() === '') return undefined;
  const count = Number(text);
  return Number.isSafeInteger(count) && count >= 1 ? count : 'wrong';
}

/** A key is bound to one profile, one purpose and one tier. */
export function IssueKeyDialog(props: {
  profiles: AccessProfile[];
  purposes: Purpose[];
  expiry?: KeyExpiry;
  onClose: () => void;
  onIssued: (key: IssuedKey) => void;
}) {
  const {
    profiles,
    purposes,
    expiry = USUAL_EXPIRY,
    onClose,
    onIssued,
  } = props;
  const classes = useFieldStyles();
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<IssuedKey>();
  const mine = profiles.filter(profile => profile.mine);
  const choices = mine.length > 0 ? mine : profiles;
  const [name, setName] = useState('');
  const [profile, setProfile] = useState(choices[0]?.id ?? '');
  const [purpose, setPurpose] = useState(purposes[0]?.id ?? '');
  const [tier, setTier] = useState<Tier>('internal');
  const [owner, setOwner] = useState('');
  const [perMinute, setPerMinute] = useState('');
  const [days, setDays] = useState(String(expiry.defaultDays));
  const dayCount = Number(days);
  const daysFit =
    Number.isInteger(dayCount) && dayCount >= 1 && dayCount <= expiry.maxDays;
  const requestsPerMinute = countOf(perMinute);

  const confirm = async () => {
    const issued = await submission.submit({
      body: {
        name: name.trim(),
        profile,
        purpose,
        tier,
        expiresInDays: dayCount,
        ...(owner.trim() && { owner: owner.trim() }),
        ...(typeof requestsPerMinute === 'number' && {
          limits: { requestsPerMinute },
        }),
      },
      send: (body, idempotencyKey) => api.issueKey({ body, idempotencyKey }),
    });
    if (issued) onIssued(issued);
  };

  return (
    <ActionDialog
      title="Issue a gateway key"
      confirm="Issue"
      disabled={
        !name.trim() ||
        !profile ||
        !purpose ||
        !daysFit ||
        requestsPerMinute === 'wrong'
      }
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
          helperText={`1 to ${expiry.maxDays}`}
          inputProps={{ min: 1, max: expiry.maxDays }}
        />
        <TextField
          id="key-owner"
          label="Owner"
          variant="outlined"
          size="small"
          placeholder="component:default/checkout"
          value={owner}
          onChange={event => setOwner(event.target.value)}
          helperText="A group or component that outlives your part in it; you when empty. The key ends when its owner leaves the catalog."
          InputLabelProps={{ shrink: true }}
        />
        <TextField
          id="key-requests"
          label="Requests a minute"
          type="number"
          variant="outlined"
          size="small"
          value={perMinute}
          onChange={event => setPerMinute(event.target.value)}
          error={requestsPerMinute === 'wrong'}
          helperText="At most, with this key; as many as its profile may when empty."
          inputProps={{ min: 1 }}
          InputLabelProps={{ shrink: true }}
        />
      </div>
    </ActionDialog>
  );
}
