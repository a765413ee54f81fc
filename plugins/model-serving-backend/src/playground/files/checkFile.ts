import { InputError } from '@backstage/errors';
import type {
  PlaygroundColumns,
  PlaygroundFile,
  PlaygroundFileCheck,
  PlaygroundFileProblem,
  PlaygroundFormat,
  PlaygroundLimits,
} from '@modelhub/backstage-plugin-models-common';
import { createHash } from 'node:crypto';
import { casesOf, textOf, type RowCase } from './casesOf';
import { guessColumns } from './columns';
import { readRows, type FileContent } from './readRows';
import { fittingScorers } from './scorerChoices';

const MOST_PROBLEMS = 100;
const FIRST_ROWS = 10;
const LONGEST_VALUE = 500;

type Limits = Pick<PlaygroundLimits, 'fileBytes' | 'rows' | 'promptCharacters'>;

/** A file that was read whole. */
export interface ReadFile {
  content: FileContent;
  columns?: PlaygroundColumns;
  cases: RowCase[];
  problems: PlaygroundFileProblem[];
  bytes: number;
  digest: string;
}

/** `sha256:…` of the text in UTF-8. */
export const fileDigest = (text: string): string =>
  `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;

/** @throws InputError for a file that is too large, or columns that it does not have */
export function readFile(
  file: {
    text: string;
    format?: PlaygroundFormat;
    columns?: PlaygroundColumns;
    system?: string;
  },
  limits: Limits,
): ReadFile {
  const bytes = Buffer.byteLength(file.text);
  if (bytes > limits.fileBytes) {
    throw new InputError(
      `The file has ${bytes} bytes, and ${limits.fileBytes} is the most. Split it.`,
    );
  }
  const content = readRows(file.text, file.format);
  const columns = file.columns ?? guessColumns(content.columns);
  if (file.columns && content.columns.length > 0) {
    for (const name of Object.values(file.columns)) {
      if (!content.columns.includes(name)) {
        throw new InputError(
          `The file has no column '${name}'. It has ${content.columns.join(
            ', ',
          )}.`,
        );
      }
    }
  }
  const made = columns
    ? casesOf(content.rows, { ...limits, columns, system: file.system })
    : { cases: [], problems: [] };
  const problems = [...content.problems, ...made.problems].sort(
    (a, b) => a.line - b.line,
  );
  if (content.rows.length === 0 && problems.length === 0) {
    problems.push({
      line: 1,
      message: 'is empty. Write a row for each prompt.',
    });
  }
  if (content.rows.length > limits.rows) {
    problems.unshift({
      line: content.rows[limits.rows].line,
      message: `is row ${limits.rows + 1} of ${content.rows.length}, and ${
        limits.rows
      } is the most. Split the file.`,
    });
  }
  return {
    content,
    columns,
    cases: made.cases,
    problems,
    bytes,
    digest: fileDigest(file.text),
  };
}

const shown = (text: string) =>
  text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;

/** What is in a file, for people who are about to run it. */
export function checkFile(
  file: PlaygroundFile,
  limits: Limits,
): PlaygroundFileCheck {
  const { content, columns, cases, problems, bytes, digest } = readFile(
    file,
    limits,
  );
  return {
    format: content.format,
    columns: content.columns,
    ...(columns && { guessed: columns }),
    rows: cases.length,
    bytes,
    digest,
    first: content.rows.slice(0, FIRST_ROWS).map(({ line, values }) => ({
      line,
      values: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          shown(textOf(value)),
        ]),
      ),
    })),
    problems: problems.slice(0, MOST_PROBLEMS),
    problemCount: problems.length,
    isUsable: cases.length > 0 && problems.length === 0,
    scorers: fittingScorers(cases.map(it => it.case.expected)),
  };
}
