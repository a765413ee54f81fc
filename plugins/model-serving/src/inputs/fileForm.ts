import type {
  PlaygroundColumns,
  PlaygroundFileCheck,
  PlaygroundFormat,
  PlaygroundScorer,
  PlaygroundScorerChoice,
} from '@modelhub/backstage-plugin-models-common';

/** A file that was chosen; its text stays in the page until it is sent. */
export interface ChosenFile {
  name: string;
  text: string;
}

/** By its ending; the backend guesses others. */
export function formatOf(fileName: string): PlaygroundFormat | undefined {
  if (/\.csv$/i.test(fileName)) return 'csv';
  if (/\.(jsonl|ndjson)$/i.test(fileName)) return 'jsonl';
  return undefined;
}

/** What a column of the file can be for. */
export const columnRoles: Array<{
  role: keyof PlaygroundColumns;
  label: string;
  help: string;
}> = [
  { role: 'prompt', label: 'Prompt', help: 'What the models are asked.' },
  {
    role: 'expected',
    label: 'Expected answer',
    help: 'What answers are compared with.',
  },
  {
    role: 'system',
    label: 'System prompt',
    help: 'Of this row, before its prompt.',
  },
  {
    role: 'slice',
    label: 'Group',
    help: 'Results are also told by group, for example by language.',
  },
];

/** The mapping after one role was given another column; none takes it away. */
export function withColumn(
  columns: Partial<PlaygroundColumns>,
  role: keyof PlaygroundColumns,
  column: string,
): Partial<PlaygroundColumns> {
  const next = { ...columns };
  if (column) next[role] = column;
  else delete next[role];
  return next;
}

/** Whether a mapping can be sent: a prompt, and no column for two things. */
export function columnsProblem(
  columns: Partial<PlaygroundColumns>,
): string | undefined {
  if (!columns.prompt) return 'Choose the column with the prompts.';
  const given = Object.values(columns);
  return new Set(given).size < given.length
    ? 'Each column can be for one thing only.'
    : undefined;
}

/** Scorers that fit the rows, and which are taken at first. */
export function scorersFor(
  check: PlaygroundFileCheck,
  known: PlaygroundScorer[],
): { fitting: PlaygroundScorer[]; first: string[] } {
  const fitting = known.filter(({ type }) => check.scorers.includes(type));
  return {
    fitting,
    first: fitting.filter(({ byDefault }) => byDefault).map(({ type }) => type),
  };
}

/** What one may tell a scorer. */
export interface ScorerSetting {
  name: string;
  label: string;
  help: string;
  isJson?: boolean;
}

const settings: Record<string, ScorerSetting> = {
  regex: {
    name: 'pattern',
    label: 'Pattern',
    help: 'Empty: each row’s expected answer is the pattern.',
  },
  'json-schema': {
    name: 'schema',
    label: 'JSON Schema',
    help: 'Empty: any JSON will do.',
    isJson: true,
  },
};

/** What can be typed for a scorer, if anything. */
export const settingOf = (type: string): ScorerSetting | undefined =>
  settings[type];

/** What is wrong with a setting. */
export function settingProblem(
  setting: ScorerSetting,
  typed: string,
  hasExpected: boolean,
): string | undefined {
  if (!typed.trim()) {
    return setting.isJson || hasExpected
      ? undefined
      : 'Without expected answers a pattern is needed.';
  }
  if (!setting.isJson) return undefined;
  try {
    JSON.parse(typed);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'It is no JSON.';
  }
}

/** Chosen scorers as they are sent. */
export function scorerChoices(
  types: string[],
  typed: Record<string, string>,
): PlaygroundScorerChoice[] {
  return types.map(type => {
    const setting = settingOf(type);
    const text = typed[type]?.trim();
    if (!setting || !text) return { type };
    return {
      type,
      params: { [setting.name]: setting.isJson ? JSON.parse(text) : text },
    };
  });
}
