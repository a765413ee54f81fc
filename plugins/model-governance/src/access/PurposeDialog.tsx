import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import type { Purpose } from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { daysOf, wordsOf } from './accessForm';
import { type DataClass, DataClassesField } from './DataClassesField';
import { ScopeDialog, useScopeText } from './ScopeDialog';
import { UsesField } from './UsesField';

/** Adds a use case that models may be approved for, or changes one. */
export function PurposeDialog(props: {
  /** The one to change; without it a new one is made. */
  purpose?: Purpose;
  onClose: () => void;
  onDone: () => void;
}) {
  const { purpose, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<Purpose>();
  const form = useScopeText(purpose);
  const [classes, setClasses] = useState<DataClass[]>(
    purpose?.dataClasses ?? ['internal'],
  );
  const [regions, setRegions] = useState(purpose?.regions.join(', ') ?? '');
  const [retention, setRetention] = useState(
    purpose?.maxRetentionDays?.toString() ?? '',
  );
  const [uses, setUses] = useState(purpose?.uses);
  const days = daysOf(retention);

  const confirm = async () => {
    const saved = await submission.submit<Purpose>({
      body: {
        ...form.text,
        dataClasses: classes,
        regions: wordsOf(regions.toLowerCase()),
        ...(typeof days === 'number' && { maxRetentionDays: days }),
        ...(uses && { uses }),
      },
      send: (body, idempotencyKey) =>
        purpose
          ? api.updatePurpose({ id: purpose.id, body, idempotencyKey })
          : api.createPurpose({ body, idempotencyKey }),
    });
    if (saved) onDone();
  };

  return (
    <ScopeDialog
      kind="purpose"
      title={purpose ? `Change purpose ${purpose.title}` : 'Add purpose'}
      intro={
        purpose && (
          <p>
            What you take away, gateways refuse within a second. More data,
            regions, days or uses are only possible while no request or approval
            was made for the purpose: add another one for them.
          </p>
        )
      }
      form={form}
      ready={classes.length > 0 && days !== 'wrong'}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <DataClassesField value={classes} onChange={setClasses} />
      <TextField
        id="purpose-regions"
        label="Regions"
        variant="outlined"
        size="small"
        placeholder="eu, us"
        value={regions}
        onChange={event => setRegions(event.target.value)}
        helperText="Where the data may be processed, with commas. Empty means anywhere."
        InputLabelProps={{ shrink: true }}
      />
      <TextField
        id="purpose-retention"
        label="Longest retention in days"
        variant="outlined"
        size="small"
        value={retention}
        onChange={event => setRetention(event.target.value)}
        error={days === 'wrong'}
        helperText={
          days === 'wrong'
            ? 'A whole number from 0 to 3650.'
            : 'For how long a provider may keep prompts; 0 is not at all. Empty means for any time.'
        }
        inputProps={{ inputMode: 'numeric' }}
        InputLabelProps={{ shrink: true }}
      />
      <UsesField value={uses} onChange={setUses} />
    </ScopeDialog>
  );
}
