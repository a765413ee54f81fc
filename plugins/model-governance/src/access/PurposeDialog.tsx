import { useApi } from '@backstage/core-plugin-api';
import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import TextField from '@material-ui/core/TextField';
import type { Purpose } from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useSubmission } from '../hooks/useSubmission';
import { ActionDialog } from '../shared/ActionDialog';
import { ID_RULE, idFrom, isId, wordsOf } from './accessForm';
import { useFieldStyles } from '../shared/useFieldStyles';

type DataClass = Purpose['dataClasses'][number];

export const dataClasses: Record<DataClass, string> = {
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
  personal: 'Personal data',
  'special-category': 'Special categories of personal data',
};

/** Adds a use case that models may be approved for. */
export function PurposeDialog(props: {
  onClose: () => void;
  onDone: () => void;
}) {
  const { onClose, onDone } = props;
  const classes = useFieldStyles();
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<Purpose>();
  const [title, setTitle] = useState('');
  const [ownId, setOwnId] = useState<string>();
  const [description, setDescription] = useState('');
  const [classesChosen, setClassesChosen] = useState<DataClass[]>(['internal']);
  const [regions, setRegions] = useState('');
  const id = ownId ?? idFrom(title);

  const confirm = async () => {
    const saved = await submission.submit<Purpose>({
      body: {
        id,
        title: title.trim(),
        dataClasses: classesChosen,
        regions: wordsOf(regions.toLowerCase()),
        ...(description.trim() && { description: description.trim() }),
      },
      send: (body, idempotencyKey) =>
        api.createPurpose({ body, idempotencyKey }),
    });
    if (saved) onDone();
  };

  return (
    <ActionDialog
      title="Add purpose"
      confirm="Add"
      disabled={!title.trim() || !isId(id) || classesChosen.length === 0}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        A purpose stays as it is: approvals and keys are bound to it. Add
        another one when its data changes.
      </p>
      <div className={classes.fields}>
        <TextField
          id="purpose-title"
          label="Title"
          required
          variant="outlined"
          size="small"
          value={title}
          onChange={event => setTitle(event.target.value)}
          inputProps={{ maxLength: 200 }}
        />
        <TextField
          id="purpose-id"
          label="Id"
          required
          variant="outlined"
          size="small"
          value={id}
          onChange={event => setOwnId(event.target.value)}
          error={id !== '' && !isId(id)}
          helperText={ID_RULE}
        />
        <FormControl
          component="fieldset"
          required
          error={classesChosen.length === 0}
        >
          <FormLabel component="legend">Which data may go in?</FormLabel>
          <FormGroup>
            {(Object.keys(dataClasses) as DataClass[]).map(one => (
              <FormControlLabel
                key={one}
                control={
                  <Checkbox
                    size="small"
                    color="primary"
                    checked={classesChosen.includes(one)}
                    onChange={(_, checked) =>
                      setClassesChosen(previous =>
                        checked
                          ? [...previous, one]
                          : previous.filter(other => other !== one),
                      )
                    }
                  />
                }
                label={dataClasses[one]}
              />
            ))}
          </FormGroup>
          {classesChosen.length === 0 && (
            <FormHelperText>Choose at least one.</FormHelperText>
          )}
        </FormControl>
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
          id="purpose-description"
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
