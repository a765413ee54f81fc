import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  ChoiceField,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { type FormEvent, useState } from 'react';
import { dayOf, presets, type Range, rangeOf, rangeProblem } from './range';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
    },
  }),
  { name: 'ModelUsageRangeField' },
);

/** The range that the address asks for, and a way to ask for another. */
export function useRange(): [
  Range,
  (next: { range: string; from?: string; to?: string }) => void,
] {
  const [asked, setAsked] = useUrlFilters(['range', 'from', 'to'] as const);
  return [
    rangeOf(asked, new Date()),
    ({ range, from = '', to = '' }) => setAsked({ range, from, to }),
  ];
}

/** Which days are shown; kept in the address. */
export function RangeField(props: {
  range: Range;
  onChange: ReturnType<typeof useRange>[1];
}) {
  const { range, onChange } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <ChoiceField
        id="usage-range"
        label="Time"
        value={range.choice}
        choices={[
          ...presets,
          { value: 'custom', label: 'Days of your choice' },
        ]}
        onChange={choice =>
          onChange(
            choice === 'custom'
              ? { range: choice, from: range.from, to: range.to }
              : { range: choice },
          )
        }
      />
      {range.choice === 'custom' && (
        <OwnDays
          key={`${range.from} ${range.to}`}
          range={range}
          onChange={onChange}
        />
      )}
    </div>
  );
}

function OwnDays(props: {
  range: Range;
  onChange: ReturnType<typeof useRange>[1];
}) {
  const classes = useStyles();
  const [from, setFrom] = useState(props.range.from);
  const [to, setTo] = useState(props.range.to);
  const [asked, setAsked] = useState(false);
  const problem = rangeProblem(from, to, new Date());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!problem) props.onChange({ range: 'custom', from, to });
  };
  const field = {
    type: 'date',
    size: 'small',
    variant: 'outlined',
    InputLabelProps: { shrink: true },
    inputProps: { max: dayOf(new Date()) },
    error: asked && problem !== undefined,
  } as const;
  return (
    <form className={classes.root} onSubmit={submit} noValidate>
      <TextField
        {...field}
        id="usage-range-from"
        label="First day (UTC)"
        value={from}
        onChange={event => setFrom(event.target.value)}
        helperText={asked && problem}
      />
      <TextField
        {...field}
        id="usage-range-to"
        label="Last day (UTC)"
        value={to}
        onChange={event => setTo(event.target.value)}
      />
      <Button type="submit" variant="outlined">
        Show
      </Button>
    </form>
  );
}
