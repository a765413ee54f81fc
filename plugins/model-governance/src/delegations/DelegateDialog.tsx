import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import type {
  Delegation,
  SignOffRole,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  modelGovernanceApiRef,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { roleName } from '../lib/words';
import { ActionDialog } from '../shared/ActionDialog';
import { PersonField, userRef } from '../shared/PersonField';

const DAY_MS = 86_400_000;

/** The backend takes no longer delegation. */
export const MOST_DAYS = 90;

const roles: SignOffRole[] = ['lead', 'security', 'legal', 'risk'];

const dayAhead = (days: number) =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** What is wrong with the last day, or undefined. */
export function untilProblem(day: string): string | undefined {
  if (!day) return 'Choose the last day.';
  if (day < dayAhead(0)) return 'The last day is over already.';
  // The end of the last day has to be less than 90 days away, too.
  return day > dayAhead(MOST_DAYS - 1)
    ? `A delegation lasts less than ${MOST_DAYS} days.`
    : undefined;
}

/** Lets somebody sign in one's place, until a day. */
export function DelegateDialog(props: {
  onClose: () => void;
  onDone: () => void;
}) {
  const classes = useFieldStyles();
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<Delegation>();
  const [delegate, setDelegate] = useState('');
  const [role, setRole] = useState('');
  const [until, setUntil] = useState(() => dayAhead(14));
  const problem = untilProblem(until);

  const confirm = async () => {
    const made = await submission.submit({
      body: {
        delegate: userRef(delegate),
        until: `${until}T23:59:59.000Z`,
        ...(role && { role: role as SignOffRole }),
      },
      send: (body, idempotencyKey) =>
        api.createDelegation({ body, idempotencyKey }),
    });
    if (made) props.onDone();
  };

  return (
    <ActionDialog
      title="Delegate my sign-offs"
      confirm="Delegate"
      disabled={!delegate.trim() || Boolean(problem)}
      busy={submission.busy}
      error={submission.error}
      onClose={props.onClose}
      onConfirm={confirm}
    >
      <p>
        They sign in your place, with their own name beside yours in the record.
        For the separation of duties they count as you: what you may not sign,
        they may not sign for you.
      </p>
      <div className={classes.fields}>
        <PersonField
          id="delegate-person"
          label="Person"
          required
          value={delegate}
          onChange={setDelegate}
          helperText="They hear of it at once."
        />
        <ChoiceField
          id="delegate-role"
          label="Role"
          value={role}
          none="Every role of mine"
          choices={roles.map(one => ({ value: one, label: roleName(one) }))}
          onChange={setRole}
        />
        <TextField
          id="delegate-until"
          label="Last day"
          type="date"
          required
          variant="outlined"
          size="small"
          value={until}
          onChange={event => setUntil(event.target.value)}
          error={Boolean(problem)}
          helperText={problem ?? 'Until the end of that day, UTC.'}
          InputLabelProps={{ shrink: true }}
          inputProps={{ min: dayAhead(0), max: dayAhead(MOST_DAYS - 1) }}
        />
      </div>
    </ActionDialog>
  );
}
