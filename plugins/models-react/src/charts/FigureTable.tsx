import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { type Column, DataTable } from '../tables';

/** Of a long table; the rest is a button away. */
const ROWS_SHOWN = 31;

/** The numbers of a figure. */
export function FigureTable<T>(props: {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
}) {
  const { rows } = props;
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, ROWS_SHOWN);
  return (
    <>
      <DataTable {...props} rows={shown} />
      {shown.length < rows.length && (
        <Button size="small" onClick={() => setAll(true)}>
          Show all {rows.length} rows
        </Button>
      )}
    </>
  );
}
