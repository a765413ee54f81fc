import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import {
  PURPOSE_USES,
  type Purpose,
  type PurposeUse,
} from '@modelhub/backstage-plugin-models-common';

export const useWords: Record<PurposeUse, string> = {
  product: 'People outside see what it makes',
  hosting: 'Others call the model through us',
  redistribution: 'Weights are handed on',
  'fine-tuning': 'Another model is made from it',
  'training-on-output': 'Its output trains another model',
  'automated-decisions': 'It decides about people without a person',
  'medical-advice': 'It gives medical advice',
  'law-enforcement': 'It serves police, courts or border control',
};

/** What a purpose does with a model, which licences may limit; nothing chosen is nothing said. */
export function UsesField(props: {
  value: Purpose['uses'];
  onChange: (value: Purpose['uses']) => void;
}) {
  const { value, onChange } = props;
  const toggle = (one: PurposeUse, checked: boolean) => {
    const next = checked
      ? [...(value ?? []), one]
      : value?.filter(other => other !== one) ?? [];
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend">What is done with the model?</FormLabel>
      <FormGroup>
        {PURPOSE_USES.map(one => (
          <FormControlLabel
            key={one}
            control={
              <Checkbox
                size="small"
                color="primary"
                checked={value?.includes(one) ?? false}
                onChange={(_, checked) => toggle(one, checked)}
              />
            }
            label={useWords[one]}
          />
        ))}
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={value?.length === 0}
              onChange={(_, checked) => onChange(checked ? [] : undefined)}
            />
          }
          label="None of these"
        />
      </FormGroup>
      <FormHelperText>
        Licences ask for more, or end, where one of these is done. Choose
        nothing when it is not known yet.
      </FormHelperText>
    </FormControl>
  );
}
