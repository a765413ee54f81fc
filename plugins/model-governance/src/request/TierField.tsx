import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { type Tier, tiers } from '@modelhub/backstage-plugin-models-common';
import { tierText } from '@modelhub/backstage-plugin-models-react';

/** Where it may run, with what each tier means. */
export function TierField(props: {
  value: Tier | '';
  onChange: (tier: Tier) => void;
  error?: boolean;
}) {
  return (
    <FormControl component="fieldset" required error={props.error}>
      <FormLabel component="legend">Tier: where will it run?</FormLabel>
      <RadioGroup
        name="tier"
        aria-label="Tier"
        value={props.value}
        onChange={event => props.onChange(event.target.value as Tier)}
      >
        {tiers.map(tier => {
          const { label, meaning } = tierText(tier);
          return (
            <FormControlLabel
              key={tier}
              value={tier}
              style={{ marginBottom: 4 }}
              control={
                <Radio
                  color="primary"
                  size="small"
                  id={`request-tier-${tier}`}
                  inputProps={{
                    'aria-label': label,
                    'aria-describedby': `request-tier-${tier}-meaning`,
                  }}
                />
              }
              label={
                <>
                  <Typography variant="body2">{label}</Typography>
                  <Typography
                    id={`request-tier-${tier}-meaning`}
                    variant="caption"
                    color="textSecondary"
                  >
                    {meaning}
                  </Typography>
                </>
              }
            />
          );
        })}
      </RadioGroup>
      {props.error && (
        <FormHelperText>Choose where it will run.</FormHelperText>
      )}
    </FormControl>
  );
}
