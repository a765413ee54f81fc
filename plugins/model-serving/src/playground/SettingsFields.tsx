import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { type SettingsForm, settingsProblems } from './settings';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
      gap: theme.spacing(2),
      margin: theme.spacing(2, 0),
      '& .MuiFormHelperText-root.Mui-error': {
        color: theme.palette.error.dark,
      },
    },
  }),
  { name: 'ModelServingSettings' },
);

const labels: Array<{
  field: keyof SettingsForm;
  label: string;
  help: string;
  inputMode: 'decimal' | 'numeric' | 'text';
}> = [
  {
    field: 'temperature',
    label: 'Temperature',
    help: '0 is the most predictable.',
    inputMode: 'decimal',
  },
  {
    field: 'maxTokens',
    label: 'Most tokens',
    help: 'Of one answer.',
    inputMode: 'numeric',
  },
  {
    field: 'topP',
    label: 'Top p',
    help: 'Empty: the model’s own.',
    inputMode: 'decimal',
  },
  {
    field: 'seed',
    label: 'Seed',
    help: 'For the same answer again, where a model can.',
    inputMode: 'numeric',
  },
  {
    field: 'stop',
    label: 'Stop at',
    help: 'One sequence in a line.',
    inputMode: 'text',
  },
];

/** Temperature and the like, for all targets alike. */
export function SettingsFields(props: {
  /** Distinguishes several forms of a page. */
  id: string;
  value: SettingsForm;
  /** Most that an answer may have here. */
  answerTokens: number;
  onChange: (value: SettingsForm) => void;
}) {
  const { value, answerTokens, onChange } = props;
  const classes = useStyles();
  const problems = settingsProblems(value, answerTokens);
  return (
    <div className={classes.root} role="group" aria-label="Settings">
      {labels.map(({ field, label, help, inputMode }) => (
        <TextField
          key={field}
          id={`${props.id}-${field}`}
          label={label}
          value={value[field]}
          onChange={event =>
            onChange({ ...value, [field]: event.target.value })
          }
          error={problems[field] !== undefined}
          helperText={problems[field] ?? help}
          inputProps={{ inputMode }}
          multiline={field === 'stop'}
          variant="outlined"
          size="small"
        />
      ))}
    </div>
  );
}
