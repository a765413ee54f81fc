import { isAscii, isUtf8 } from 'node:buffer';
import { ApiError } from './ApiError';
import { scanJson } from './scanJson';

/** A body that was parsed, and how to send it with another model. */
export interface ParsedCall {
  model: string;
  streamed: boolean;
  /** Absent where the body is multipart. */
  body: Record<string, unknown> | undefined;
  contentType: string;
  /**
   * The bytes as they came, with this model in place of the caller's.
   *
   * @param more - members to put before the others, each with a comma behind it
   */
  withModel(model: string, more?: string): Buffer;
}

/**
 * Fields with which some servers choose another model or address than `model`
 * says: the decision would not see them.
 */
const DIVERTING_FIELDS = new Set([
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
]);

const PLAIN_NAME = /^[a-z0-9_]*$/;
const JSON_TYPE = 'application/json';
const JSON_TYPES = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
const LONGEST_MODEL_ID = 512;

export const isJson = (contentType: string | undefined): boolean =>
  contentType === JSON_TYPE || JSON_TYPES.test(contentType ?? '');

/** @throws ApiError 400 */
export function parseJsonCall(raw: Buffer): ParsedCall {
  const { text, body } = parseObject(raw);
  let range;
  try {
    range = scanJson(text, 'model');
  } catch (error) {
    throw invalidJson((error as Error).message);
  }
  const model = checkModel(body.model);
  checkFields(Object.keys(body));
  return {
    model,
    streamed: body.stream === true,
    body,
    contentType: JSON_TYPE,
    withModel(name, more = '') {
      if ((name === model && more === '') || !range) {
        return raw;
      }
      const { start, end } = range;
      const brace = more === '' ? 0 : text.indexOf('{') + 1;
      return Buffer.from(
        text.slice(0, brace) +
          more +
          text.slice(brace, start) +
          JSON.stringify(name) +
          text.slice(end),
      );
    },
  };
}

/** @throws ApiError 400 when it is no UTF-8, no JSON, or no object */
function parseObject(raw: Buffer) {
  let text: string;
  if (isAscii(raw)) {
    text = raw.toString('latin1');
  } else if (isUtf8(raw)) {
    text = raw.toString('utf8');
  } else {
    throw invalidJson('it is not UTF-8');
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw invalidJson((error as Error).message);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(400, 'invalid_json', 'The body must be a JSON object.');
  }
  return { text, body: body as Record<string, unknown> };
}

function invalidJson(reason: string): ApiError {
  return new ApiError(
    400,
    'invalid_json',
    `The body is not valid JSON: ${reason}`,
  );
}

/** @throws ApiError 400 */
export function checkModel(model: unknown): string {
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
  return model;
}

/**
 * Some servers match names without regard to case, so `Model` is as good as a
 * second `model` to them.
 *
 * @throws ApiError 400
 */
export function checkFields(names: string[]): void {
  for (const name of names) {
    const folded = PLAIN_NAME.test(name)
      ? name
      : name.toUpperCase().toLowerCase();
    if (
      DIVERTING_FIELDS.has(folded) ||
      (folded === 'model' && name !== 'model')
    ) {
      throw new ApiError(
        400,
        'unsupported_parameter',
        `This gateway does not take '${name}': the model that runs is the one that 'model' names.`,
        { param: name },
      );
    }
  }
}
