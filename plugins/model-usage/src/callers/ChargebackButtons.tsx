import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import GetAppIcon from '@material-ui/icons/GetApp';
import Alert from '@material-ui/lab/Alert';
import {
  errorText,
  modelUsageApiRef,
  useRoom,
} from '@modelhub/backstage-plugin-models-react';
import { useEffect, useRef, useState } from 'react';
import type { Range } from '../insights/range';
import { manyText } from '../insights/words';
import { bytesText, readFile, saveFile } from './download';
import type { Caller } from './useCaller';

const useStyles = makeStyles(
  theme => ({
    root: { margin: theme.spacing(1, 0) },
    buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    word: { marginTop: theme.spacing(1) },
  }),
  { name: 'ModelUsageChargeback' },
);

const formats = [
  { format: 'csv', label: 'Chargeback as CSV' },
  { format: 'focus', label: 'Chargeback in FOCUS columns' },
] as const;

type Format = (typeof formats)[number]['format'];

type Export =
  | { state: 'running'; bytes: number }
  | { state: 'done'; words: string }
  | { state: 'failed'; error: unknown; format: Format };

/** `chargeback-checkout-2026-11-01-2026-11-28.csv` */
export function fileName(
  of: Caller | undefined,
  { from, to }: Pick<Range, 'from' | 'to'>,
  format: Format,
): string {
  const whose = of
    ? of.name.slice(of.name.lastIndexOf('/') + 1).replace(/[^\w.-]+/g, '-')
    : 'all';
  return `chargeback-${whose}-${from}-${to}${
    format === 'focus' ? '-focus' : ''
  }.csv`;
}

/** Downloads of what to charge whom. */
export function ChargebackButtons(props: {
  /** All without. */
  of?: Caller;
  range: Pick<Range, 'from' | 'to'>;
}) {
  const { of, range } = props;
  const classes = useStyles();
  const api = useRoom(modelUsageApiRef);
  const [last, setLast] = useState<Export>();
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), []);

  const download = async (format: Format) => {
    if (!api) return;
    const controller = new AbortController();
    running.current = controller;
    setLast({ state: 'running', bytes: 0 });
    const { from, to } = range;
    try {
      const response = await api.exportChargeback(
        {
          from,
          to,
          format,
          ...(of && { callerKind: of.kind, caller: of.name }),
        },
        { signal: controller.signal },
      );
      const { blob, rows } = await readFile(response, bytes =>
        setLast({ state: 'running', bytes }),
      );
      if (controller.signal.aborted) return;
      const name = fileName(of, range, format);
      saveFile(blob, name);
      setLast({
        state: 'done',
        words: `${name} has ${manyText(rows, 'row', 'rows')}, ${bytesText(
          blob.size,
        )}.`,
      });
    } catch (error) {
      if (!controller.signal.aborted) {
        setLast({ state: 'failed', error, format });
      }
    }
  };

  return (
    <div className={classes.root}>
      <div className={classes.buttons}>
        {formats.map(({ format, label }) => (
          <Button
            key={format}
            size="small"
            variant="outlined"
            startIcon={<GetAppIcon />}
            disabled={last?.state === 'running'}
            onClick={() => download(format)}
          >
            {label}
          </Button>
        ))}
      </div>
      <div role="status" className={classes.word}>
        {last?.state === 'running' &&
          `Preparing the file… ${bytesText(last.bytes)}`}
        {last?.state === 'done' && last.words}
      </div>
      {last?.state === 'failed' && (
        <Alert
          severity="error"
          action={
            <Button
              color="inherit"
              size="small"
              onClick={() => download(last.format)}
            >
              Try again
            </Button>
          }
        >
          The chargeback could not be exported: {errorText(last.error)}
        </Alert>
      )}
    </div>
  );
}
