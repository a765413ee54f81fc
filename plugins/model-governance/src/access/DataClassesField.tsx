import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import type { Purpose } from '@modelhub/backstage-plugin-models-common';

export type DataClass = Purpose['dataClasses'][number];

export const dataClasses: Record<DataClass, string> = {
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
  personal: 'Personal data',
  'special-category': 'Special categories of personal data',
};

/** Which data a purpose takes; at least one class. */
export function DataClassesField(props: {
  value: DataClass[];
  onChange: (value: DataClass[]) => void;
}) {
  const { value, onChange } = props;
  return (
    <FormControl component="fieldset" required error={value.length === 0}>
      <FormLabel component="legend">Which data may go in?</FormLabel>
      <FormGroup>
        {(Object.keys(dataClasses) as DataClass[]).map(one => (
          <FormControlLabel
            key={one}
            control={
              <Checkbox
                size="small"
                color="primary"
                checked={value.includes(one)}
                onChange={(_, checked) =>
                  onChange(
                    checked
                      ? [...value, one]
                      : value.filter(other => other !== one),
                  )
                }
              />
            }
            label={dataClasses[one]}
          />
        ))}
      </FormGroup>
      {value.length === 0 && (
        <FormHelperText>Choose at least one.</FormHelperText>
      )}
    </FormControl>
  );
}
