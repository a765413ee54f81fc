import TextField from '@material-ui/core/TextField';
import { useEffect, useId, useState } from 'react';
import { useLabelStyles } from './useLabelStyles';

/** A number that narrows the list; taken over on Enter or when one leaves it. */
export function NumberFilter(props: {
  label: string;
  unit: string;
  value?: number;
  suggestions: number[];
  onChange: (value: number | undefined) => void;
}) {
  const { label, unit, value, suggestions, onChange } = props;
  const id = useId();
  const labelClasses = useLabelStyles();
  const shown = value === undefined ? '' : String(value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);

  const number = text.trim() === '' ? undefined : Number(text);
  const wrong = number !== undefined && !(number >= 0);
  const commit = () => {
    if (!wrong && number !== value) onChange(number);
  };
  return (
    <>
      <TextField
        fullWidth
        id={id}
        margin="dense"
        variant="outlined"
        label={`${label} (${unit})`}
        InputLabelProps={{ classes: labelClasses }}
        value={text}
        error={wrong}
        helperText={wrong ? 'Give a number, or nothing.' : undefined}
        onChange={event => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={event => {
          if (event.key === 'Enter') commit();
        }}
        inputProps={{ inputMode: 'numeric', list: `${id}-suggestions` }}
      />
      <datalist id={`${id}-suggestions`}>
        {suggestions.map(suggestion => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
    </>
  );
}
