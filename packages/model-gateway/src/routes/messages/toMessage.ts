import { randomUUID } from 'node:crypto';

type Fields = Record<string, unknown>;

interface Completion {
  id?: string;
  choices?: Array<{
    message?: {
      content?: string | null;
      refusal?: string | null;
      tool_calls?: Array<{
        id?: string;
        function?: { name?: string; arguments?: string };
      }>;
    };
    finish_reason?: string | null;
  }>;
  usage?: Usage;
}

/** Of a chat completion. */
export interface Usage {
  prompt_tokens?: number;
  completion_tokens?: number;
  prompt_tokens_details?: { cached_tokens?: number };
}

const STOP_REASONS = new Map([
  ['stop', 'end_turn'],
  ['length', 'max_tokens'],
  ['tool_calls', 'tool_use'],
  ['function_call', 'tool_use'],
  ['content_filter', 'refusal'],
]);

export const stopReasonOf = (finish: string | null | undefined): string =>
  STOP_REASONS.get(finish ?? 'stop') ?? 'end_turn';

/** Anthropic counts what came from a cache beside the input. */
export function usageOf(usage: Usage | undefined) {
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0;
  return {
    input_tokens: Math.max(0, (usage?.prompt_tokens ?? 0) - cached),
    output_tokens: usage?.completion_tokens ?? 0,
    cache_read_input_tokens: cached,
  };
}

export const messageIdOf = (id: string | undefined): string =>
  `msg_${(id ?? randomUUID()).replace(/[^A-Za-z0-9]/g, '')}`;

/** A chat completion as a message of Anthropic's. */
export function toMessage(answer: Fields, model: string): Fields {
  const { id, choices, usage } = answer as Completion;
  const { message, finish_reason: finish } = choices?.[0] ?? {};
  const text = message?.content ?? message?.refusal ?? '';
  const calls = message?.tool_calls ?? [];
  return {
    id: messageIdOf(id),
    type: 'message',
    role: 'assistant',
    model,
    content: [
      ...(text === '' && calls.length > 0 ? [] : [{ type: 'text', text }]),
      ...calls.map(call => ({
        type: 'tool_use',
        id: call.id,
        name: call.function?.name,
        input: inputOf(call.function?.arguments),
      })),
    ],
    stop_reason: stopReasonOf(finish),
    usage: usageOf(usage),
  };
}

/** What a model wrote as arguments may be no JSON; then it is told as it is. */
function inputOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return { arguments: text };
  }
}

const ERROR_TYPES = new Map([
  [400, 'invalid_request_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
]);

/** What a provider said about a request that it did not take. */
export function toMessageError(status: number, answer: unknown): Fields {
  const { error } = (answer ?? {}) as { error?: { message?: unknown } };
  return {
    type: 'error',
    error: {
      type: ERROR_TYPES.get(status) ?? 'invalid_request_error',
      message:
        typeof error?.message === 'string'
          ? error.message
          : `The provider answered with status ${status}.`,
    },
  };
}
