import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type {
  UsageImportInput,
  UsageImportOutcome,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  ErrorHint,
  FileButton,
  modelUsageApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { formatNames, formatOf, textOf, type Format } from './formats';
import { ImportPreview } from './ImportPreview';

const useStyles = makeStyles(
  theme => ({
    drop: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(2),
      padding: theme.spacing(2),
      marginBottom: theme.spacing(2),
      border: `2px dashed ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
    over: { borderColor: theme.palette.primary.main },
    fields: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(2),
    },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginTop: theme.spacing(2),
    },
  }),
  { name: 'ModelUsageImportForm' },
);

const isFormat = (value: string): value is Format => value in formatNames;

const isCurrency = (value: string) => /^[A-Z]{3}$/.test(value);

interface Chosen {
  input: UsageImportInput;
  /** Of exactly this input. */
  preview?: UsageImportOutcome;
}

/** Choose a file, look at what it would add, take it. */
export function ImportForm({ onTaken }: { onTaken: () => void }) {
  const classes = useStyles();
  const api = useApi(modelUsageApiRef);
  const [isOver, setIsOver] = useState(false);
  const [chosen, setChosen] = useState<Chosen>();
  const [leaveOut, setLeaveOut] = useState(false);
  const [news, setNews] = useState<string>();
  const { submit, busy, error, reset } = useSubmission<UsageImportOutcome>();

  const look = async (input: UsageImportInput) => {
    setChosen({ input });
    setLeaveOut(false);
    setNews(undefined);
    reset();
    if (!isCurrency(input.currency ?? '')) return;
    const preview = await submit({
      body: { ...input, dryRun: true },
      send: body => api.importUsage({ body }),
    });
    if (preview) setChosen({ input, preview });
  };

  const choose = async (file: File | undefined) => {
    if (!file) return;
    const content = await textOf(file);
    const currency = chosen?.input.currency ?? 'USD';
    const format = formatOf(content);
    await look({ format, fileName: file.name, content, currency });
  };

  const take = async ({ input }: Chosen) => {
    const outcome = await submit({
      body: { ...input, leaveOutBadRows: leaveOut },
      send: body => api.importUsage({ body }),
    });
    if (outcome) {
      setChosen(undefined);
      setNews(`${input.fileName} is imported.`);
      onTaken();
    }
  };

  const preview = chosen?.preview;
  const isTakeable =
    preview !== undefined &&
    preview.repeats === undefined &&
    preview.new.rows > 0 &&
    (preview.problemCount === 0 || leaveOut);

  return (
    <>
      <div
        className={`${classes.drop} ${isOver ? classes.over : ''}`}
        onDragOver={event => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={event => {
          event.preventDefault();
          setIsOver(false);
          void choose(event.dataTransfer.files[0]);
        }}
      >
        <FileButton
          label="Choose file…"
          accept=".csv,.json,text/csv,application/json"
          disabled={busy}
          onFile={file => void choose(file)}
        />
        <Typography variant="body2">
          {chosen?.input.fileName ??
            'Or drop it here: usage as CSV, or costs from OpenCost. Nothing is added before you have seen what it would add.'}
        </Typography>
      </div>
      {news !== undefined && <Typography role="status">{news}</Typography>}
      {chosen && (
        <div className={classes.fields}>
          <ChoiceField
            id="import-format"
            label="What it is"
            value={chosen.input.format}
            choices={Object.entries(formatNames).map(([value, label]) => ({
              value,
              label,
            }))}
            onChange={value =>
              isFormat(value) && look({ ...chosen.input, format: value })
            }
          />
          {chosen.input.format !== 'csv' && (
            <TextField
              id="import-currency"
              label="Currency of OpenCost"
              value={chosen.input.currency}
              error={!isCurrency(chosen.input.currency ?? '')}
              helperText="Three letters, e.g. EUR"
              onChange={event =>
                look({
                  ...chosen.input,
                  currency: event.target.value.toUpperCase(),
                })
              }
            />
          )}
        </div>
      )}
      {error !== undefined && (
        <ErrorHint title="The file is not imported" error={error} />
      )}
      {chosen && preview && (
        <>
          {preview.repeats !== undefined && (
            <Typography role="status">
              This file was imported before, and counts. Undo that import to
              take it again.
            </Typography>
          )}
          <ImportPreview outcome={preview} />
          {preview.problemCount > 0 && preview.new.rows > 0 && (
            <FormControlLabel
              control={
                <Checkbox
                  checked={leaveOut}
                  onChange={(_, checked) => setLeaveOut(checked)}
                />
              }
              label="Leave these rows out and take the rest"
            />
          )}
          <div className={classes.actions}>
            <Button
              variant="contained"
              color="primary"
              disabled={busy || !isTakeable}
              onClick={() => take(chosen)}
            >
              Import
            </Button>
            <Button disabled={busy} onClick={() => setChosen(undefined)}>
              Cancel
            </Button>
          </div>
        </>
      )}
    </>
  );
}
