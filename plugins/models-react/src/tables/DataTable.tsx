import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    // The portal's theme breaks words in cells and sets their lines tight.
    scroll: {
      overflowX: 'auto',
      '& th, & td': { wordBreak: 'normal', lineHeight: 1.43 },
      // Pale words cannot be read on the darker row that is pointed at.
      '& tr:hover .MuiTypography-colorTextSecondary': {
        color: theme.palette.text.primary,
      },
    },
    head: {
      color: theme.palette.text.secondary,
      fontSize: 12,
      fontWeight: 600,
      whiteSpace: 'nowrap',
    },
    // `anywhere` would shrink a column to one letter.
    cell: { overflowWrap: 'break-word', verticalAlign: 'top' },
    tight: { whiteSpace: 'nowrap', verticalAlign: 'top' },
  }),
  { name: 'ModelHubDataTable' },
);

/** Below this width of a column the table scrolls sideways. */
const COLUMN_PX = 104;

/**
 * One column of a {@link DataTable}.
 *
 * @public
 */
export interface Column<T> {
  header: string;
  render: (row: T) => ReactNode;
  /** Keep on one line. */
  tight?: boolean;
  /** Figures stand below each other. */
  numeric?: boolean;
}

/**
 * A plain table that a screen reader can name.
 *
 * @public
 */
export function DataTable<T>(props: {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
}) {
  const classes = useStyles();
  return (
    <div className={classes.scroll}>
      <Table
        size="small"
        aria-label={props.label}
        style={{ minWidth: props.columns.length * COLUMN_PX }}
      >
        <TableHead>
          <TableRow>
            {props.columns.map(column => (
              <TableCell
                key={column.header}
                className={classes.head}
                align={column.numeric ? 'right' : undefined}
              >
                {column.header}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {props.rows.map(row => (
            <TableRow key={props.rowKey(row)} hover>
              {props.columns.map(column => (
                <TableCell
                  key={column.header}
                  className={column.tight ? classes.tight : classes.cell}
                  align={column.numeric ? 'right' : undefined}
                >
                  {column.render(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
