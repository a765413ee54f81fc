import TextField from '@material-ui/core/TextField';
import { useTyped } from '@modelhub/backstage-plugin-models-react';

/** Words to search for, asked when the typing pauses. */
export function SearchField(props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { id, label, value, onChange } = props;
  const { typed, type } = useTyped(value, onChange);
  return (
    <TextField
      id={id}
      type="search"
      label={label}
      variant="outlined"
      size="small"
      value={typed}
      onChange={event => type(event.target.value)}
      inputProps={{ maxLength: 200 }}
      InputLabelProps={{ shrink: true }}
    />
  );
}
