import TextField from '@material-ui/core/TextField';
import type { ReactNode } from 'react';

/**
 * What can be chosen in a {@link ChoiceField}.
 *
 * @public
 */
export interface Choice {
  value: string;
  label: string;
  disabled?: boolean;
}

/**
 * A labelled choice from a short list; the browser's own select, for keyboards
 * and screen readers.
 *
 * @public
 */
export function ChoiceField(props: {
  id: string;
  label: string;
  value: string;
  choices: Choice[];
  onChange: (value: string) => void;
  /** Text of the choice that means none. */
  none?: string;
  required?: boolean;
  error?: boolean;
  helperText?: ReactNode;
  fullWidth?: boolean;
}) {
  return (
    <TextField
      select
      id={props.id}
      label={props.label}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
      required={props.required}
      error={props.error}
      helperText={props.helperText}
      fullWidth={props.fullWidth}
      variant="outlined"
      size="small"
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      FormHelperTextProps={{ style: { overflowWrap: 'anywhere' } }}
    >
      {props.none !== undefined && <option value="">{props.none}</option>}
      {props.choices.map(choice => (
        <option
          key={choice.value}
          value={choice.value}
          disabled={choice.disabled}
        >
          {choice.label}
        </option>
      ))}
    </TextField>
  );
}
