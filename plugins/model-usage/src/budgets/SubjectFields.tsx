import TextField from '@material-ui/core/TextField';
import {
  ChoiceField,
  EntityField,
} from '@modelhub/backstage-plugin-models-react';
import type { Names } from '../lib/useNames';
import type { BudgetForm } from './budgetForm';
import { isKind, kindNames } from './kinds';
import { keyText } from './SubjectName';

/** Whose budget it is to be. */
export function SubjectFields(props: {
  form: Pick<BudgetForm, 'kind' | 'subject'>;
  /** Without them one types ids. */
  names: Names | undefined;
  problem: string | undefined;
  onChange: (changes: Partial<BudgetForm>) => void;
}) {
  const { form, names, problem, onChange } = props;
  const setSubject = (subject: string) => onChange({ subject });
  const choices = {
    profile: names?.profiles.map(({ id, title }) => ({
      value: id,
      label: title,
    })),
    key: names?.keys
      .filter(({ revokedAt }) => !revokedAt)
      .map(key => ({ value: key.id, label: keyText(key) })),
    team: undefined,
  }[form.kind];
  return (
    <>
      <ChoiceField
        id="budget-kind"
        label="Budget of"
        value={form.kind}
        choices={Object.entries(kindNames).map(([value, { one }]) => ({
          value,
          label: one,
        }))}
        onChange={kind => {
          if (isKind(kind)) onChange({ kind, subject: '' });
        }}
      />
      {form.kind === 'team' && (
        <EntityField
          id="budget-subject"
          label="Team"
          kind="group"
          required
          value={form.subject}
          onChange={setSubject}
          error={problem !== undefined}
          helperText={
            problem ?? 'Calls with keys that this group owns count for it.'
          }
        />
      )}
      {form.kind !== 'team' &&
        (choices ? (
          <ChoiceField
            id="budget-subject"
            label={kindNames[form.kind].one}
            required
            value={form.subject}
            none={choices.length > 0 ? 'Choose one' : 'There is none'}
            choices={choices}
            onChange={setSubject}
          />
        ) : (
          <TextField
            id="budget-subject"
            label={`Id of the ${kindNames[form.kind].one.toLowerCase()}`}
            required
            variant="outlined"
            size="small"
            value={form.subject}
            onChange={event => setSubject(event.target.value)}
            InputLabelProps={{ shrink: true }}
          />
        ))}
    </>
  );
}
