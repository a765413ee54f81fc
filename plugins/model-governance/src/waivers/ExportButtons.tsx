import Button from '@material-ui/core/Button';
import { errorText } from '@modelhub/backstage-plugin-models-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { download } from '../shared/download';
import { toCsv } from './csv';

/** Everything that the filters let through, for a spreadsheet or a program. */
export function ExportButtons<T>(props: {
  /** Of the file, without ending. */
  name: string;
  rows: () => Promise<T[]>;
  columns: Parameters<typeof toCsv<T>>[1];
}) {
  const { name, rows, columns } = props;
  const [result, save] = useAsyncFn(
    async (format: 'csv' | 'json') => {
      const found = await rows();
      const [text, type] =
        format === 'csv'
          ? [toCsv(found, columns), 'text/csv']
          : [JSON.stringify(found, undefined, 2), 'application/json'];
      download(`${name}.${format}`, new Blob([text], { type }));
    },
    [name, rows, columns],
  );
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        disabled={result.loading}
        onClick={() => save('csv')}
        aria-label={`Export ${name} as CSV`}
      >
        CSV
      </Button>
      <Button
        size="small"
        variant="outlined"
        disabled={result.loading}
        onClick={() => save('json')}
        aria-label={`Export ${name} as JSON`}
      >
        JSON
      </Button>
      {result.error && <span role="alert">{errorText(result.error)}</span>}
    </>
  );
}
