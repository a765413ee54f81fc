import { useApi } from '@backstage/core-plugin-api';
import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import type { AccessProfile } from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useUsage } from '../lib/useUsage';
import { EnforcementWarning } from './EnforcementWarning';
import { type Enforcement, enforcements } from './words';

const DAYS_SHOWN = 30;

/** Rows of the warning; the report has all. */
const ROWS_SHOWN = 5;

/** Changes how gateways treat what is not approved, and says first what enforcing refuses. */
export function EnforcementDialog(props: {
  profile: AccessProfile;
  onClose: () => void;
  onDone: () => void;
}) {
  const { profile, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<AccessProfile>();
  const [mode, setMode] = useState<Enforcement>(profile.enforcement);
  const [understood, setUnderstood] = useState(false);
  const report = useUsage(`warning ${profile.id}`, async (usage, signal) => {
    const query = { profile: profile.id, days: DAYS_SHOWN };
    const [{ items, calls, nextCursor }, sums] = await Promise.all([
      usage.getEnforcementReport({ ...query, limit: ROWS_SHOWN }, { signal }),
      usage.listEnforcementProfiles(query, { signal }),
    ]);
    return { items, calls, more: Boolean(nextCursor), sums: sums.items[0] };
  });
  const changed = mode !== profile.enforcement;
  const enforces = changed && mode === 'enforce';
  const refusesNothing = report.value?.calls === 0;
  const ready = !enforces || refusesNothing || understood;

  const confirm = async () => {
    const { id, title, description, owner, members } = profile;
    const saved = await submission.submit({
      // Settings that are not sent stay as they are.
      body: {
        id,
        title,
        members,
        enforcement: mode,
        ...(description && { description }),
        ...(owner && { owner }),
      },
      send: (body, idempotencyKey) =>
        api.updateAccessProfile({ id, body, idempotencyKey }),
    });
    if (saved) onDone();
  };

  return (
    <ActionDialog
      title={`Change the mode of ${profile.title}`}
      confirm={changed ? enforcements[mode].label : 'Change'}
      destructive={enforces && !refusesNothing}
      disabled={!changed || !ready || (enforces && report.status === 'loading')}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <FormControl component="fieldset">
        <FormLabel component="legend">
          What happens to calls that no approval covers
        </FormLabel>
        <RadioGroup
          name="enforcement"
          value={mode}
          onChange={(_, value) => {
            setMode(value as Enforcement);
            setUnderstood(false);
          }}
        >
          {Object.entries(enforcements).map(([value, { label, effect }]) => (
            <FormControlLabel
              key={value}
              value={value}
              control={<Radio color="primary" />}
              label={
                <>
                  <strong>{label}</strong>: {effect}
                </>
              }
            />
          ))}
        </RadioGroup>
      </FormControl>
      {enforces && (
        <>
          <EnforcementWarning report={report} days={DAYS_SHOWN} />
          {!refusesNothing && report.status !== 'loading' && (
            <FormControlLabel
              control={
                <Checkbox
                  color="primary"
                  checked={understood}
                  onChange={(_, checked) => setUnderstood(checked)}
                />
              }
              label="I know that calls like these are refused from now on"
            />
          )}
        </>
      )}
      {changed && profile.enforcement === 'enforce' && (
        <p>
          Calls that no approval covers pass from then on, also those that are
          refused today.
        </p>
      )}
    </ActionDialog>
  );
}
