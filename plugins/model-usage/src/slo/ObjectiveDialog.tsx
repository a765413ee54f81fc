import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import type {
  Objective,
  ObjectiveKind,
} from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  ChoiceField,
  modelUsageApiRef,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import {
  formOf,
  inputOf,
  type ObjectiveForm,
  problemsOf,
} from './objectiveForm';
import { Preview } from './Preview';
import { kinds, kindsOf, nameOf } from './words';

const targets = ['90', '95', '99', '99.5', '99.9', '99.95', '99.99'];

/** Sets what has to be kept, or changes it. */
export function ObjectiveDialog(props: {
  /** The one to change; without it a new one is set. */
  objective?: Objective;
  /** Gateway id of the model that it is about; without it one writes it. */
  model?: string;
  plane: Objective['plane'];
  onClose: () => void;
  onDone: (objective: Objective) => void;
}) {
  const { objective, plane, onClose, onDone } = props;
  const classes = useFieldStyles();
  const api = useApi(modelUsageApiRef);
  const submission = useSubmission<Objective>();
  const [form, setForm] = useState(() =>
    formOf(
      objective,
      objective ? {} : { kind: kindsOf(plane)[0], model: props.model ?? '' },
    ),
  );
  const set = (changes: Partial<ObjectiveForm>) =>
    setForm(before => ({ ...before, ...changes }));
  const problems = problemsOf(form);
  const input = inputOf(form);
  const kind = kinds[form.kind];

  const confirm = async (reason: string | undefined) => {
    if (!input) return;
    const { target, limitMs, windowDays, notify } = input;
    const saved = await submission.submit({
      body: { ...input, reason },
      send: (body, idempotencyKey) =>
        objective
          ? api.changeObjective({
              id: objective.id,
              body: {
                version: objective.version,
                target,
                limitMs,
                windowDays,
                notify,
                reason,
              },
              idempotencyKey,
            })
          : api.setObjective({ body, idempotencyKey }),
    });
    if (saved) onDone(saved);
  };

  const field = (
    name: 'model' | 'modelVersion' | 'limitMs' | 'notify',
    label: string,
    more: object = {},
  ) => (
    <TextField
      id={`objective-${name}`}
      label={label}
      variant="outlined"
      size="small"
      value={form[name]}
      onChange={event => set({ [name]: event.target.value })}
      error={problems[name] !== undefined}
      InputLabelProps={{ shrink: true }}
      {...more}
    />
  );

  return (
    <ActionDialog
      title={objective ? `Change: ${nameOf(objective)}` : 'Set an objective'}
      confirm="Save"
      disabled={!input}
      busy={submission.busy}
      error={submission.error}
      reason={{ label: 'Why', required: false }}
      onClose={onClose}
      onConfirm={confirm}
    >
      <div className={classes.fields}>
        {!objective && (
          <>
            {plane === 'data' &&
              props.model === undefined &&
              field('model', 'Model', {
                required: true,
                placeholder: 'meta/llama-3.3-70b-instruct',
                helperText: 'Its gateway id, as callers name it.',
              })}
            <ChoiceField
              id="objective-kind"
              label="What has to be kept"
              value={form.kind}
              choices={kindsOf(plane).map(value => ({
                value,
                label: kinds[value].label,
              }))}
              helperText={kind.good}
              onChange={value => set({ kind: value as ObjectiveKind })}
            />
            {plane === 'data' &&
              field('modelVersion', 'Version', {
                helperText: 'All versions when it is empty.',
              })}
          </>
        )}
        {kind.limit &&
          field('limitMs', kind.limit, {
            required: true,
            inputProps: { inputMode: 'numeric' },
            helperText: problems.limitMs ?? '1000 ms are a second.',
          })}
        <TextField
          id="objective-target"
          label="Share that has to be good (%)"
          required
          variant="outlined"
          size="small"
          value={form.target}
          onChange={event => set({ target: event.target.value })}
          error={problems.target !== undefined}
          helperText={
            problems.target ??
            'The rest is the error budget: of 1,000 calls, 99.9 % let one fail.'
          }
          inputProps={{ inputMode: 'decimal', list: 'objective-targets' }}
          InputLabelProps={{ shrink: true }}
        />
        <datalist id="objective-targets">
          {targets.map(value => (
            <option key={value} value={value} />
          ))}
        </datalist>
        <ChoiceField
          id="objective-window"
          label="Over"
          value={form.windowDays}
          choices={['7', '28', '30'].map(value => ({
            value,
            label: `the last ${value} days`,
          }))}
          onChange={windowDays => set({ windowDays })}
        />
        {field('notify', 'Also tell', {
          multiline: true,
          minRows: 2,
          placeholder: 'group:default/on-call',
          helperText:
            problems.notify ??
            (plane === 'data'
              ? 'Groups and users besides the owners of the model, one a line.'
              : 'Groups and users besides those whom the config names, one a line.'),
        })}
        <Preview input={input} />
      </div>
    </ActionDialog>
  );
}
