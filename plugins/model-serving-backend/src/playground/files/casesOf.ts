import type {
  PlaygroundColumns,
  PlaygroundFileProblem,
} from '@modelhub/backstage-plugin-models-common';
import type { ChatMessage, EvaluationCase, Json } from '@modelhub/evals';
import type { FileRow } from './readRows';

/** A row as a case, and where it stands in the file. */
export interface RowCase {
  line: number;
  case: EvaluationCase;
}

const LONGEST_SLICE = 128;

/** As people wrote it; JSON where it is no text. */
export const textOf = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** A text, or several that are all right. */
function expectedOf(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return Array.isArray(value) ? value.map(textOf) : textOf(value);
}

const ROLES = ['system', 'user', 'assistant'];

function conversationOf(value: Json[]): ChatMessage[] | string {
  const messages: ChatMessage[] = [];
  for (const it of value) {
    const { role, content } = (it ?? {}) as Record<string, Json>;
    if (
      typeof role !== 'string' ||
      !ROLES.includes(role) ||
      typeof content !== 'string'
    ) {
      return 'is no conversation: each message has a role (system, user, assistant) and a content that is text.';
    }
    messages.push({ role: role as ChatMessage['role'], content });
  }
  return messages.at(-1)?.role === 'user'
    ? messages
    : 'is a conversation that does not end with the user, whom the model is to answer.';
}

const characters = (messages: ChatMessage[]) =>
  messages.reduce((sum, { content }) => sum + content.length, 0);

/**
 * Rows as cases of a pack, with what keeps some of them from being one.
 *
 * @param system - goes before the prompt of rows that have none of their own
 */
export function casesOf(
  rows: FileRow[],
  options: {
    columns: PlaygroundColumns;
    system?: string;
    promptCharacters: number;
  },
): { cases: RowCase[]; problems: PlaygroundFileProblem[] } {
  const { columns, promptCharacters } = options;
  const cases: RowCase[] = [];
  const problems: PlaygroundFileProblem[] = [];
  for (const { line, values } of rows) {
    const value = values[columns.prompt];
    const given =
      columns.system === undefined ? undefined : values[columns.system];
    const system =
      given === undefined || given === null ? options.system : textOf(given);
    const input = inputOf(value, system);
    const length = typeof input === 'string' ? 0 : characters(input.messages);
    if (typeof input === 'string') {
      problems.push({ line, message: `${columns.prompt}: ${input}` });
    } else if (length > promptCharacters) {
      problems.push({
        line,
        message: `${columns.prompt}: has ${length} characters, and ${promptCharacters} is the most.`,
      });
    } else {
      const expected =
        columns.expected === undefined
          ? undefined
          : expectedOf(values[columns.expected]);
      const slice =
        columns.slice === undefined ? undefined : values[columns.slice];
      cases.push({
        line,
        case: {
          id: `row-${line}`,
          input:
            input.messages.length === 1
              ? input.messages[0].content
              : input.messages,
          ...(expected !== undefined && { expected }),
          ...(columns.slice !== undefined &&
            slice !== undefined &&
            slice !== null &&
            slice !== '' && {
              slices: {
                slice: textOf(slice)
                  .replace(/\p{Cc}/gu, ' ')
                  .slice(0, LONGEST_SLICE),
              },
            }),
        },
      });
    }
  }
  return { cases, problems: [...problems, ...halfExpected(cases, columns)] };
}

/** A problem as text. */
function inputOf(
  value: Json | undefined,
  system: string | undefined,
): { messages: ChatMessage[] } | string {
  const before: ChatMessage[] =
    system && system.trim() !== '' ? [{ role: 'system', content: system }] : [];
  if (Array.isArray(value)) {
    const messages = conversationOf(value);
    if (typeof messages === 'string') return messages;
    return {
      messages:
        messages[0].role === 'system' ? messages : [...before, ...messages],
    };
  }
  if (value === undefined || value === null || textOf(value).trim() === '') {
    return 'is empty. Every row needs a prompt.';
  }
  if (typeof value === 'object') {
    return 'is neither text nor a list of messages.';
  }
  return { messages: [...before, { role: 'user', content: textOf(value) }] };
}

/** Scores of half of the rows would say little, and look like those of all. */
function halfExpected(
  cases: RowCase[],
  { expected }: PlaygroundColumns,
): PlaygroundFileProblem[] {
  const without = cases.filter(it => it.case.expected === undefined);
  if (expected === undefined || without.length === 0) return [];
  if (without.length === cases.length) {
    return [
      {
        line: cases[0].line,
        message: `${expected}: is empty in all rows. Leave the column out.`,
      },
    ];
  }
  return without.map(({ line }) => ({
    line,
    message: `${expected}: is empty, and other rows expect an answer. Fill it in, or leave the column out.`,
  }));
}
