import { useApiHolder } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  COST_ENVELOPE_GATE,
  isModelEntity,
  type Demands,
} from '@modelhub/backstage-plugin-models-common';
import useAsync from 'react-use/esm/useAsync';
import { costText, gpuCostOptions } from './costText';
import {
  amountOf,
  examples,
  expectedUseErrors,
  expectedUseOf,
  type ExpectedUseText,
} from './expectedUse';
import { fieldIds } from './formState';

const useStyles = makeStyles(
  theme => ({
    root: { border: 0, margin: 0, padding: 0, minWidth: 0 },
    legend: { padding: 0, ...theme.typography.subtitle2 },
    examples: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      margin: theme.spacing(1, 0, 2),
    },
    fields: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(170px, 1fr))',
      gap: theme.spacing(2),
    },
    estimate: { marginTop: theme.spacing(1.5) },
  }),
  { name: 'ModelGovernanceExpectedUse' },
);

const ids: Record<keyof ExpectedUseText, string> = {
  input: fieldIds.useInput,
  output: fieldIds.useOutput,
  peak: fieldIds.usePeak,
};

const fields: Array<{
  part: keyof ExpectedUseText;
  label: string;
  example: string;
}> = [
  { part: 'input', label: 'Input tokens a month', example: '20m' },
  { part: 'output', label: 'Output tokens a month', example: '4m' },
  { part: 'peak', label: 'Requests at once, at most', example: '5' },
];

/** What the number that was typed is, so that nobody counts zeros. */
function readBack(text: string, example: string): string {
  const amount = text.trim() ? amountOf(text) : undefined;
  return amount === undefined
    ? `For example ${example}`
    : amount.toLocaleString('en-GB');
}

/** The model as the catalog has it; undefined while it is not known. */
function useModel(entityRef: string) {
  const catalog = useApiHolder().get(catalogApiRef);
  const { value } = useAsync(
    async () => catalog?.getEntityByRef(entityRef),
    [catalog, entityRef],
  );
  return value && isModelEntity(value) ? value : undefined;
}

/** How much the model will be used, and what that costs. */
export function ExpectedUseSection(props: {
  entityRef: string;
  modelVersion: string;
  value: ExpectedUseText;
  onChange: (value: ExpectedUseText) => void;
  showErrors: boolean;
  /** What the policy asks for, once it is known. */
  demands?: Demands;
}) {
  const { value, onChange, demands } = props;
  const classes = useStyles();
  const entity = useModel(props.entityRef);
  const errors = props.showErrors ? expectedUseErrors(value) : {};
  const check = demands?.gates.find(({ id }) => id === COST_ENVELOPE_GATE);
  const estimate = costText(
    entity,
    props.modelVersion,
    expectedUseOf(value),
    gpuCostOptions(check?.params),
  );
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>Expected use</legend>
      <Typography variant="body2" color="textSecondary">
        {check
          ? `The check ${check.title} holds what it costs against the budget of the access profile; the people who sign see it, too.`
          : 'The people who sign see it. You may leave it empty.'}{' '}
        A page of English text is about 700 tokens. Start from an example:
      </Typography>
      <div className={classes.examples}>
        {examples.map(({ id, title, about, use }) => (
          <Button
            key={id}
            size="small"
            variant="outlined"
            title={about}
            onClick={() => onChange(use)}
          >
            {title}
          </Button>
        ))}
      </div>
      <div className={classes.fields}>
        {fields.map(({ part, label, example }) => (
          <TextField
            key={part}
            id={ids[part]}
            label={label}
            variant="outlined"
            size="small"
            value={value[part]}
            onChange={event =>
              onChange({ ...value, [part]: event.target.value })
            }
            error={errors[part] !== undefined}
            helperText={errors[part] ?? readBack(value[part], example)}
            inputProps={{ maxLength: 30, autoComplete: 'off' }}
          />
        ))}
      </div>
      <Typography
        variant="body2"
        component="div"
        role="status"
        aria-label="Expected cost"
        className={classes.estimate}
      >
        {estimate}
      </Typography>
    </fieldset>
  );
}
