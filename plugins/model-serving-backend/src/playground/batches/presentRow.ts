import type {
  PlaygroundAnswer,
  PlaygroundRow,
} from '@modelhub/backstage-plugin-models-common';
import type { ChatMessage } from '@modelhub/evals';
import { costOf } from '../chat/figures';
import { textOf } from '../files/casesOf';
import type { KeptAnswer } from './AnswerStore';
import type { BatchRunRecord, RowRecord } from './records';
import { OPEN_STATES } from './records';

/** A conversation as people read it. */
const conversation = (messages: ChatMessage[]) =>
  messages.length === 1
    ? messages[0].content
    : messages.map(({ role, content }) => `${role}: ${content}`).join('\n');

/** What was asked, with instructions apart. */
export function askedOf({ case: { input, expected, slices } }: RowRecord) {
  const messages: ChatMessage[] =
    typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  const [first] = messages;
  const system = first.role === 'system' ? first.content : undefined;
  const rest = system === undefined ? messages : messages.slice(1);
  return {
    prompt: conversation(rest),
    ...(system !== undefined && { system }),
    ...(expected !== undefined && { expected: textOf(expected) }),
    ...(slices?.slice !== undefined && { slice: slices.slice }),
  };
}

/** Why there is no answer, of results: those that are told. */
export type Reasons = Map<string, string>;

export const reasonsOf = ({ result }: BatchRunRecord): Reasons =>
  new Map(
    (result?.failures ?? [])
      .filter(({ output }) => output === undefined)
      .map(({ caseId, reason }) => [caseId, reason]),
  );

export function presentAnswer(
  run: BatchRunRecord,
  { answer, scores }: KeptAnswer,
  reason: string | undefined,
): PlaygroundAnswer {
  if (!answer) {
    const isOpen = OPEN_STATES.includes(run.state);
    return {
      place: run.place,
      state: isOpen ? 'waiting' : 'failed',
      scores: {},
      ...(!isOpen && {
        problem:
          reason ??
          (run.state === 'finished'
            ? 'It was not answered.'
            : 'It was not asked.'),
      }),
    };
  }
  const { text, finishReason, latencyMs, ttftMs } = answer;
  const { inputTokens, outputTokens } = answer;
  const { price } = run.target;
  // Rows are asked several at once: the time of one says not what it cost.
  const cost =
    price?.basis === 'tokens' &&
    inputTokens !== undefined &&
    outputTokens !== undefined
      ? costOf(price, { inputTokens, outputTokens, latencyMs })
      : undefined;
  return {
    place: run.place,
    state: 'answered',
    text,
    ...(finishReason !== undefined && { finishReason }),
    scores: Object.fromEntries(
      Object.entries(scores).map(([name, { value, note, failure }]) => [
        name,
        {
          ...(value !== undefined && { value }),
          ...((note ?? failure) !== undefined && { note: note ?? failure }),
        },
      ]),
    ),
    latencyMs,
    ...(ttftMs !== undefined && { ttftMs }),
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(cost && { cost }),
  };
}

export function presentRow(
  row: RowRecord,
  answers: PlaygroundAnswer[],
): PlaygroundRow {
  return { id: row.case.id, line: row.line, ...askedOf(row), answers };
}
