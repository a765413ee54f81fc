import type {
  PlaygroundFileProblem,
  PlaygroundFormat,
} from '@modelhub/backstage-plugin-models-common';
import type { Json } from '@modelhub/evals';
import { CsvError, parse } from 'csv-parse/sync';

/** One row of a file. */
export interface FileRow {
  /** Where it begins, from 1. */
  line: number;
  values: Record<string, Json>;
}

/** What is in a file, whatever is wrong with it. */
export interface FileContent {
  format: PlaygroundFormat;
  columns: string[];
  rows: FileRow[];
  /** A row with a problem is not among the rows. */
  problems: PlaygroundFileProblem[];
}

const BOM = /^\uFEFF/;
/** Longer names are a sign that the first line is none of names. */
const LONGEST_NAME = 200;

/** JSON Lines begin with an object; nothing else does. */
export function formatOf(text: string): PlaygroundFormat {
  return /^\s*\{/.test(text.replace(BOM, '')) ? 'jsonl' : 'csv';
}

/** Reads each line that can be read, and says of the others what is wrong. */
export function readRows(
  text: string,
  format: PlaygroundFormat = formatOf(text),
): FileContent {
  const whole = text.replace(BOM, '');
  return format === 'jsonl' ? readJsonLines(whole) : readCsv(whole);
}

function readJsonLines(text: string): FileContent {
  const rows: FileRow[] = [];
  const problems: PlaygroundFileProblem[] = [];
  const columns = new Set<string>();
  text.split(/\r?\n/).forEach((one, index) => {
    if (one.trim() === '') return;
    const line = index + 1;
    let value: unknown;
    try {
      value = JSON.parse(one);
    } catch (error) {
      problems.push({
        line,
        message: `is no JSON: ${
          (error as Error).message
        }. Each line is a JSON object of its own.`,
      });
      return;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.push({
        line,
        message:
          'is no JSON object. Write for example {"prompt": "…", "expected": "…"}.',
      });
      return;
    }
    const values = value as Record<string, Json>;
    const problem = textProblem(value);
    if (problem) {
      problems.push({ line, message: problem });
      return;
    }
    for (const name of Object.keys(values)) columns.add(name);
    rows.push({ line, values });
  });
  return { format: 'jsonl', columns: [...columns], rows, problems };
}

/** Programs of countries that write decimals with commas separate by semicolons. */
const delimiterOf = (text: string) => {
  const [head] = text.split(/\r?\n/, 1);
  const counts = [',', ';', '\t'].map(it => head.split(it).length);
  return [',', ';', '\t'][counts.indexOf(Math.max(...counts))];
};

interface ParsedRow {
  record: string[];
  info: { lines: number };
  raw: string;
}

const orEmpty = (problems: PlaygroundFileProblem[]) =>
  problems.length > 0
    ? problems
    : [{ line: 1, message: 'is empty. The first line names the columns.' }];

function readCsv(text: string): FileContent {
  const problems: PlaygroundFileProblem[] = [];
  let parsed: ParsedRow[] = [];
  try {
    parsed = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: error => {
        const problem = csvProblem(error);
        if (problem.line !== problems.at(-1)?.line) problems.push(problem);
        return undefined;
      },
      // The types do not know what `info` and `raw` make of rows.
    }) as unknown as ParsedRow[];
  } catch (error) {
    problems.push(csvProblem(error as Error));
  }
  const [head, ...rest] = parsed;
  if (!head) {
    return {
      format: 'csv',
      columns: [],
      rows: [],
      problems: orEmpty(problems),
    };
  }
  const names = head.record.map(name => name.trim());
  const headProblem = namesProblem(names);
  if (headProblem) problems.unshift({ line: 1, message: headProblem });
  const rows = rest.flatMap(({ record, info, raw }): FileRow[] => {
    const line = info.lines - (raw.trimEnd().match(/\n/g)?.length ?? 0);
    const problem =
      record.length === names.length
        ? textProblem(raw)
        : `has ${record.length} cells where the first line names ${names.length} columns. Put cells with separators or line breaks in quotes.`;
    if (problem) {
      problems.push({ line, message: problem });
      return [];
    }
    return [
      {
        line,
        values: Object.fromEntries(
          names.flatMap((name, place) =>
            record[place] === '' ? [] : [[name, record[place]]],
          ),
        ),
      },
    ];
  });
  problems.sort((a, b) => a.line - b.line);
  return { format: 'csv', columns: names, rows, problems };
}

function csvProblem(error: Error | undefined): PlaygroundFileProblem {
  const lines = error instanceof CsvError ? Number(error.lines) : NaN;
  return {
    line: lines >= 1 ? lines : 1,
    message: `is no CSV: ${
      error?.message ?? 'it cannot be read'
    }. Save it as CSV in UTF-8, with quotes doubled inside of quotes.`,
  };
}

function namesProblem(names: string[]): string | undefined {
  const empty = names.indexOf('');
  if (empty >= 0) {
    return `names no column ${empty + 1}. The first line names the columns.`;
  }
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) {
    return `names '${twice}' twice. Name each column once.`;
  }
  return names.some(name => name.length > LONGEST_NAME)
    ? `has a name of more than ${LONGEST_NAME} characters. The first line names the columns.`
    : undefined;
}

/** What cannot be kept and sent as it is, wherever in a row. */
function textProblem(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      const problem = textProblem(name) ?? textProblem(part);
      if (problem) return problem;
    }
    return undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (value.includes('\0')) {
    return 'holds a NUL character. Save the file as UTF-8 text.';
  }
  return /\p{Surrogate}|\uFFFD/u.test(value)
    ? 'holds half of a character, or one that could not be read. Save the file as UTF-8 text.'
    : undefined;
}
