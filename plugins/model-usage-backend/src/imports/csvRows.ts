import { InputError } from '@backstage/errors';
import { parse } from 'csv-parse/sync';

/** More would keep others waiting. */
export const MOST_ROWS = 50_000;

export interface CsvRow {
  line: number;
  /** Cells by the name of their column in lower case; empty ones are absent. */
  cells: Record<string, string>;
  /** Why the row as a whole makes no sense. */
  problem?: string;
}

interface ParsedRow {
  record: string[];
  info: { lines: number };
}

/** Programs of countries that write decimals with commas separate by semicolons. */
const delimiterOf = (content: string) => {
  const [head] = content.split(/\r?\n/, 1);
  return [',', ';', '\t'].find(it => head.includes(it)) ?? ',';
};

/**
 * Rows of a file by RFC 4180, with a head.
 *
 * @throws InputError when it is no such file, or not with these columns
 */
export function csvRows(
  content: string,
  columns: { required: string[]; known?: string[] },
): CsvRow[] {
  let lines: ParsedRow[];
  try {
    lines = parse(content, {
      bom: true,
      delimiter: delimiterOf(content),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      // The types do not know what `info` makes of rows.
    }) as unknown as ParsedRow[];
  } catch (error) {
    throw new InputError(
      `The file is not CSV: ${
        error instanceof Error ? error.message : error
      }. Save it as CSV in UTF-8, with quotes doubled inside of quotes.`,
    );
  }
  const [head, ...rest] = lines;
  if (!head) {
    throw new InputError(
      'The file is empty. Its first line names the columns.',
    );
  }
  if (rest.length > MOST_ROWS) {
    throw new InputError(
      `The file has ${rest.length} rows. Split it into files of at most ${MOST_ROWS}.`,
    );
  }
  const names = head.record.map(it => it.toLowerCase());
  const missing = columns.required.filter(it => !names.includes(it));
  if (missing.length > 0) {
    throw new InputError(
      `The file has no column ${missing.join(
        ' and no ',
      )}. Its first line names the columns: ${[
        ...columns.required,
        ...(columns.known ?? []),
      ].join(', ')}.`,
    );
  }
  const twice = names.find((it, n) => names.indexOf(it) !== n);
  const strange =
    columns.known &&
    names.find(
      it => !columns.required.includes(it) && !columns.known?.includes(it),
    );
  if (twice !== undefined || strange !== undefined) {
    throw new InputError(
      twice !== undefined
        ? `Column '${twice}' comes twice. Leave one of them out.`
        : `Column '${strange}' is not known. Leave it out, or name it as one of ${[
            ...columns.required,
            ...(columns.known ?? []),
          ].join(', ')}.`,
    );
  }
  return rest.map(({ record, info }) => ({
    line: info.lines,
    cells: Object.fromEntries(
      names.flatMap((name, n) => (record[n] ? [[name, record[n]]] : [])),
    ),
    ...(record.length !== names.length && {
      problem: `it has ${record.length} cells where the first line names ${names.length} columns`,
    }),
  }));
}
