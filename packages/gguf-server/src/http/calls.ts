import { z } from 'zod';
import type { ChatMessage, Sampling } from '../engine/TextEngine';
import { ApiError } from './ApiError';

const MOST_STOPS = 16;
const MOST_INPUTS = 256;

const textPart = z.object({ type: z.literal('text'), text: z.string() });

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant'], {
    error: 'this server knows system, developer, user and assistant alone',
  }),
  content: z.union([z.string(), z.array(textPart)], {
    error: 'this server reads text alone: a string, or parts of type text',
  }),
});

const optional = <T extends z.ZodType>(type: T) =>
  type.nullish().transform(value => value ?? undefined);

const sampling = {
  model: z.string(),
  temperature: optional(z.number().min(0).max(2)),
  top_p: optional(z.number().gt(0).max(1)),
  seed: optional(z.int()),
  stop: optional(z.union([z.string(), z.array(z.string()).max(MOST_STOPS)])),
  frequency_penalty: optional(z.number().min(0).max(2)),
  presence_penalty: optional(z.number().min(0).max(2)),
  stream: optional(z.boolean()),
  stream_options: optional(z.object({ include_usage: optional(z.boolean()) })),
};

const maxTokens = optional(z.int().min(1));

const chat = z.object({
  ...sampling,
  messages: z.array(message).min(1),
  max_tokens: maxTokens,
  max_completion_tokens: maxTokens,
});

const completion = z.object({
  ...sampling,
  prompt: z.union([z.string(), z.array(z.string()).length(1)], {
    error: 'this server takes one prompt, as a string',
  }),
  max_tokens: maxTokens,
});

const embeddings = z.object({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string()).min(1).max(MOST_INPUTS)], {
    error: `this server takes a string, or up to ${MOST_INPUTS} of them`,
  }),
  encoding_format: optional(z.enum(['float', 'base64'])),
});

/** A call that was read. */
export interface GenerationCall {
  model: string;
  stops: string[];
  isStream: boolean;
  withUsage: boolean;
  /** Without `maxTokens` the answer may fill the context. */
  sampling: Omit<Sampling, 'maxTokens'> & { maxTokens?: number };
}

/** What cannot be done here is refused, never left out in silence. */
const REFUSED: Record<string, (value: unknown) => boolean> = {
  logprobs: value => value !== false,
  top_logprobs: () => true,
  n: value => value !== 1,
  best_of: value => value !== 1,
  echo: value => value !== false,
  suffix: () => true,
  tools: value => !Array.isArray(value) || value.length > 0,
  functions: () => true,
  logit_bias: value => Object.keys(Object(value)).length > 0,
  response_format: value => Object(value).type !== 'text',
  audio: () => true,
};

function read<T extends z.ZodType>(type: T, body: unknown): z.output<T> {
  const known = Object(body) as Record<string, unknown>;
  for (const [param, isAsked] of Object.entries(REFUSED)) {
    const value = known[param];
    if (value !== undefined && value !== null && isAsked(value)) {
      throw new ApiError(
        400,
        `This server does not have '${param}'; leave it out.`,
        { param, code: 'unsupported_parameter' },
      );
    }
  }
  const result = type.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const param = issue.path.join('.');
  throw new ApiError(
    400,
    param
      ? `'${param}': ${issue.message}`
      : 'The body has to be a JSON object.',
    { param: param || undefined, code: 'invalid_value' },
  );
}

function asCall(
  body: z.output<z.ZodObject<typeof sampling>>,
  tokens: number | undefined,
): GenerationCall {
  return {
    model: body.model,
    stops: [body.stop ?? []].flat(),
    isStream: body.stream ?? false,
    withUsage: body.stream_options?.include_usage ?? false,
    sampling: {
      temperature: body.temperature ?? 1,
      topP: body.top_p ?? 1,
      seed: body.seed,
      frequencyPenalty: body.frequency_penalty ?? 0,
      presencePenalty: body.presence_penalty ?? 0,
      maxTokens: tokens,
    },
  };
}

/** @throws ApiError with status 400 */
export function readChat(
  body: unknown,
): GenerationCall & { messages: ChatMessage[] } {
  const read_ = read(chat, body);
  return {
    ...asCall(read_, read_.max_completion_tokens ?? read_.max_tokens),
    messages: read_.messages.map(({ role, content }) => ({
      role: role === 'developer' ? 'system' : role,
      text:
        typeof content === 'string'
          ? content
          : content.map(({ text }) => text).join('\n'),
    })),
  };
}

/** @throws ApiError with status 400 */
export function readCompletion(
  body: unknown,
): GenerationCall & { prompt: string } {
  const { prompt, ...rest } = read(completion, body);
  return {
    ...asCall(rest, rest.max_tokens),
    prompt: [prompt].flat().join(''),
  };
}

/** @throws ApiError with status 400 */
export function readEmbeddings(body: unknown): {
  model: string;
  inputs: string[];
  isBase64: boolean;
} {
  const { model, input, encoding_format } = read(embeddings, body);
  return {
    model,
    inputs: [input].flat(),
    isBase64: encoding_format === 'base64',
  };
}
