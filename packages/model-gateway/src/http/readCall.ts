import { parseStrictJson } from '@modelhub/governance-protocol';
import type { IncomingMessage } from 'node:http';
import { ApiError } from './ApiError';

/** The body of a call, and the model that it names. */
export interface Call {
  body: Record<string, unknown>;
  model: string;
}

/**
 * Fields with which some servers choose another model or address than `model`
 * says: the decision would not see them.
 */
const DIVERTING_FIELDS = [
  'api_base',
  'api_key',
  'base_url',
  'context_window_fallbacks',
  'custom_llm_provider',
  'extra_body',
  'extra_headers',
  'fallback_models',
  'fallbacks',
  'model_list',
  'models',
  'provider',
  'route',
  'user_config',
];

const LONGEST_MODEL_ID = 512;

/** Reads and checks a JSON body, never more than `maxBytes` of it. */
export async function readCall(
  req: IncomingMessage,
  maxBytes: number,
): Promise<Call> {
  const type = req.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    throw new ApiError(
      415,
      'unsupported_media_type',
      "Send the body as 'content-type: application/json'.",
      { headers: { connection: 'close' } },
    );
  }
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new ApiError(
      415,
      'unsupported_content_encoding',
      'Send the body without content-encoding.',
      { headers: { connection: 'close' } },
    );
  }
  const body = parse(await readBody(req, maxBytes));
  const { model } = body;
  if (typeof model !== 'string' || model === '') {
    throw new ApiError(
      400,
      'invalid_model',
      "The body must name a 'model', as a text.",
      { param: 'model' },
    );
  }
  if (model.length > LONGEST_MODEL_ID || /\p{Cc}/u.test(model)) {
    throw new ApiError(
      400,
      'invalid_model',
      "The 'model' is too long or holds control characters.",
      { param: 'model' },
    );
  }
  const diverting = DIVERTING_FIELDS.find(name => Object.hasOwn(body, name));
  if (diverting) {
    throw new ApiError(
      400,
      'unsupported_parameter',
      `This gateway does not take '${diverting}': the model that runs is the one that 'model' names.`,
      { param: diverting },
    );
  }
  return { body, model };
}

async function readBody(
  req: IncomingMessage,
  maxBytes: number,
): Promise<Buffer> {
  const tooLarge = () =>
    new ApiError(
      413,
      'request_too_large',
      `The body is larger than ${maxBytes} bytes, the most that this gateway takes.`,
      { headers: { connection: 'close' } },
    );
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaves the request open, so that it can still be answered.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBytes) {
      throw tooLarge();
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function parse(bytes: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseStrictJson(UTF8.decode(bytes));
  } catch (error) {
    const reason =
      error instanceof SyntaxError ? error.message : 'it is not UTF-8';
    throw new ApiError(
      400,
      'invalid_json',
      `The body is not valid JSON: ${reason}`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError(400, 'invalid_json', 'The body must be a JSON object.');
  }
  return value as Record<string, unknown>;
}
