import TextField from '@material-ui/core/TextField';
import { useEffect, useRef, useState } from 'react';

/** Words to search for; asked when the typing pauses. */
const PAUSE_MS = 300;

/** A search that lives elsewhere, e.g. in the address. */
export function SearchField(props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { id, label, value, onChange } = props;
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const tell = useRef(onChange);
  tell.current = onChange;

  useEffect(() => {
    // Somebody else changed it, e.g. by going back.
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    if (typed === told.current) return undefined;
    const timer = setTimeout(() => {
      told.current = typed;
      tell.current(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <TextField
      id={id}
      type="search"
      label={label}
      variant="outlined"
      size="small"
      value={typed}
      onChange={event => setTyped(event.target.value)}
      inputProps={{ maxLength: 200 }}
      InputLabelProps={{ shrink: true }}
    />
  );
}
