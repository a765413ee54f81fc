import { createParser } from 'eventsource-parser';
import type { Figures } from './types';

/** What a target says while it answers. */
export type ChatEvent =
  | { type: 'delta'; text: string }
  | { type: 'done'; finishReason?: string; figures: Figures }
  | { type: 'error'; message: string; status?: number };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const numberOf = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const textOf = (value: unknown) =>
  typeof value === 'string' ? value : undefined;

function costOf(value: unknown): Figures['cost'] {
  if (!isRecord(value)) return undefined;
  const amount = numberOf(value.amount);
  const currency = textOf(value.currency);
  return amount === undefined || currency === undefined
    ? undefined
    : { amount, currency };
}

function figuresOf(data: Record<string, unknown>): Figures {
  return {
    inputTokens: numberOf(data.inputTokens),
    outputTokens: numberOf(data.outputTokens),
    ttftMs: numberOf(data.ttftMs),
    latencyMs: numberOf(data.latencyMs),
    tokensPerSecond: numberOf(data.tokensPerSecond),
    cost: costOf(data.cost),
    ...(data.estimated === true && { estimated: true }),
  };
}

/** An event of the stream, or undefined for one that this portal does not know. */
export function chatEventOf(
  name: string | undefined,
  text: string,
): ChatEvent | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(data)) return undefined;
  if (name === 'delta') {
    const piece = textOf(data.text);
    return piece === undefined ? undefined : { type: 'delta', text: piece };
  }
  if (name === 'done') {
    return {
      type: 'done',
      finishReason: textOf(data.finishReason),
      figures: figuresOf(data),
    };
  }
  if (name === 'error') {
    return {
      type: 'error',
      message: textOf(data.message) ?? 'The model gave no reason.',
      status: numberOf(data.status),
    };
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
      parser.feed(done ? `${decoder.decode()}\n\n` : decodePart(decoder, value));
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
    message: 'The answer broke off. Send the prompt again.',
  };
}

const decodePart = (decoder: TextDecoder, part: Uint8Array) =>
  decoder.decode(part, { stream: true });
