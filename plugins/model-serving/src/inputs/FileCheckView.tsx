import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type {
  PlaygroundColumns,
  PlaygroundFileCheck,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  countText,
  DataTable,
} from '@modelhub/backstage-plugin-models-react';
import { columnRoles, columnsProblem, withColumn } from './fileForm';

const useStyles = makeStyles(
  theme => ({
    fields: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))',
      gap: theme.spacing(2),
      margin: theme.spacing(2, 0),
    },
    problems: { margin: theme.spacing(1, 0, 0), paddingLeft: theme.spacing(2) },
    rows: { marginBottom: theme.spacing(2) },
  }),
  { name: 'ModelServingFileCheck' },
);

const PROBLEMS_SHOWN = 20;
const COLUMNS_SHOWN = 8;

function Problems({ check }: { check: PlaygroundFileCheck }) {
  const classes = useStyles();
  if (check.problemCount === 0) return null;
  const shown = check.problems.slice(0, PROBLEMS_SHOWN);
  const left = check.problemCount - shown.length;
  return (
    <Alert severity={check.isUsable ? 'warning' : 'error'} role="alert">
      {check.isUsable
        ? 'Something is odd:'
        : 'Mend these lines and choose the file again; no line is left out unseen.'}
      <ul className={classes.problems} aria-label="Problems by line">
        {shown.map(({ line, message }, index) => (
          <li key={`${line} ${index}`}>
            Line {line}: {message}
          </li>
        ))}
      </ul>
      {left > 0 && `And ${countText(left)} more.`}
    </Alert>
  );
}

/** What is in a file, which column is what, and its first rows. */
export function FileCheckView(props: {
  check: PlaygroundFileCheck;
  columns: Partial<PlaygroundColumns>;
  onColumns: (columns: Partial<PlaygroundColumns>) => void;
}) {
  const { check, columns, onColumns } = props;
  const classes = useStyles();
  const shown = check.columns.slice(0, COLUMNS_SHOWN);
  const problem = columnsProblem(columns);
  return (
    <>
      <Typography variant="body2" role="status" paragraph>
        {countText(check.rows)} {check.rows === 1 ? 'row' : 'rows'},{' '}
        {check.format === 'csv' ? 'CSV' : 'JSON Lines'}, columns{' '}
        {check.columns.join(', ')}.
      </Typography>
      <Problems check={check} />
      <div className={classes.fields} role="group" aria-label="Columns">
        {columnRoles.map(({ role, label, help }) => (
          <ChoiceField
            key={role}
            id={`inputs-column-${role}`}
            label={label}
            required={role === 'prompt'}
            value={columns[role] ?? ''}
            none={role === 'prompt' ? 'Choose a column' : 'None'}
            choices={check.columns.map(column => ({
              value: column,
              label: column,
            }))}
            onChange={column => onColumns(withColumn(columns, role, column))}
            error={role === 'prompt' && problem !== undefined}
            helperText={role === 'prompt' && problem ? problem : help}
          />
        ))}
      </div>
      {check.first.length > 0 && (
        <div className={classes.rows}>
          <DataTable
            label="First rows"
            columns={[
              {
                header: 'Line',
                numeric: true,
                render: ({ line }) => line,
              },
              ...shown.map(column => ({
                header: column,
                render: (row: PlaygroundFileCheck['first'][number]) =>
                  row.values[column] ?? '',
              })),
            ]}
            rows={check.first}
            rowKey={({ line }) => String(line)}
          />
        </div>
      )}
    </>
  );
}
