import type {
  PlaygroundDelta,
  PlaygroundDone,
  PlaygroundProblem,
} from '@modelhub/backstage-plugin-models-common';
import { createParser } from 'eventsource-parser';
import type { Problem } from './types';

const IN_PARTS = { stream: true };

/** What a target says while it answers. */
export type ChatEvent =
  | { type: 'delta'; text: string }
  | { type: 'done'; answer: PlaygroundDone }
  | { type: 'error'; problem: Problem };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isDelta = (data: object): data is PlaygroundDelta =>
  'text' in data && typeof data.text === 'string';

const isDone = (data: object): data is PlaygroundDone =>
  'latencyMs' in data && typeof data.latencyMs === 'number';

const isProblem = (data: object): data is PlaygroundProblem =>
  'message' in data && typeof data.message === 'string';

/** An event of the stream, or undefined for one that this portal does not know. */
export function chatEventOf(
  name: string | undefined,
  text: string,
): ChatEvent | undefined {
  const data = parsed(text);
  if (!data) return undefined;
  if (name === 'delta' && isDelta(data)) {
    return { type: 'delta', text: data.text };
  }
  if (name === 'done' && isDone(data)) return { type: 'done', answer: data };
  if (name === 'error' && isProblem(data)) {
    return { type: 'error', problem: data };
  }
  return undefined;
}

/**
 * The events of a streamed answer as they arrive. Ends after `done` or `error`;
 * a stream that ends without either is an error of its own, for the answer may
 * not be whole.
 */
export async function* readChatEvents(
  response: Response,
): AsyncGenerator<ChatEvent> {
  const arrived: ChatEvent[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      const known = chatEventOf(event, data);
      if (known) arrived.push(known);
    },
  });
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  try {
    while (reader) {
      const { done, value } = await reader.read();
      // An event that nothing follows any more is whole too.
      parser.feed(
        done ? `${decoder.decode()}\n\n` : decoder.decode(value, IN_PARTS),
      );
      for (const event of arrived.splice(0)) {
        yield event;
        if (event.type !== 'delta') return;
      }
      if (done) break;
    }
  } finally {
    // Nobody listens any more: the backend ends the call to the model.
    await reader?.cancel().catch(() => undefined);
  }
  yield {
    type: 'error',
    problem: { message: 'The answer broke off. Send the prompt again.' },
  };
}
