import { ApiError } from '../http/ApiError';
import type { AnswerTransform } from '../pipeline';
import type { StreamTranslator } from './EventRewriter';
import type { ModelReader } from './ModelReader';
import type { Provider } from './Providers';

const SPACE = 0x20;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Turns the answers of one API into those of another. */
export interface AnswerTranslator {
  json(answer: Record<string, unknown>): Record<string, unknown>;
  error(status: number, answer: unknown): Record<string, unknown>;
  stream(): StreamTranslator;
}

/**
 * A plain answer as the caller gets it, after transforms and translation.
 *
 * @throws ApiError when a good answer is no JSON
 */
export function changeAnswer(
  held: Buffer,
  options: {
    status: number;
    isText: boolean;
    isCompressed: boolean;
    /** Whether the answer is to name one model and no other. */
    isPinned: boolean;
    provider: Pick<Provider, 'name'>;
    transforms: readonly AnswerTransform[];
    translator?: AnswerTranslator;
    reader: ModelReader;
  },
): Buffer {
  const { status, isText, transforms, translator, reader } = options;
  const changes = transforms.length > 0 || translator !== undefined;
  const isGood = status < 300;
  if (options.isCompressed || (isText && !translator)) {
    return isText && isGood && !options.isCompressed
      ? changeText(held, transforms)
      : opaque(held, changes && isGood);
  }
  if (!changes && !options.isPinned) {
    if (isGood && !looksLikeJson(held)) {
      throw notJson(options.provider);
    }
    return held;
  }
  const answer = parse(held);
  if (answer === undefined && isGood) {
    throw notJson(options.provider);
  }
  reader.readValue(answer);
  if (!isGood) {
    return translator
      ? Buffer.from(JSON.stringify(translator.error(status, answer)))
      : held;
  }
  if (!changes) {
    return held;
  }
  const changed = applyTransforms(transforms, answer as Fields);
  return Buffer.from(
    JSON.stringify(translator ? translator.json(changed) : changed),
  );
}

type Fields = Record<string, unknown>;

function parse(held: Buffer): unknown {
  try {
    return JSON.parse(held.toString());
  } catch {
    return undefined;
  }
}

export function applyTransforms(
  transforms: readonly AnswerTransform[],
  answer: Fields,
): Fields {
  return transforms.reduce(
    (value, transform) => transform.json?.(value) ?? value,
    answer,
  );
}

/** A transcript, for example: to transforms it looks like an answer with a `text`. */
function changeText(
  held: Buffer,
  transforms: readonly AnswerTransform[],
): Buffer {
  if (transforms.length === 0) {
    return held;
  }
  const { text } = applyTransforms(transforms, { text: held.toString() });
  return Buffer.from(String(text));
}

/** A compressed answer was not asked for and cannot be looked into. */
function opaque(held: Buffer, mustChange: boolean): Buffer {
  if (mustChange) {
    throw new Error('The answer is compressed');
  }
  return held;
}

function notJson({ name }: Pick<Provider, 'name'>): ApiError {
  return new ApiError(
    502,
    'upstream_error',
    `The answer of provider '${name}' is not JSON. Try again later.`,
  );
}

/** Tells an error page, or an answer that was cut, from JSON. */
function looksLikeJson(bytes: Buffer): boolean {
  let start = 0;
  let end = bytes.length - 1;
  while (bytes[start] <= SPACE) start += 1;
  while (bytes[end] <= SPACE) end -= 1;
  const last = bytes[end];
  return bytes[start] === OPEN_BRACE
    ? last === CLOSE_BRACE
    : bytes[start] === OPEN_BRACKET && last === CLOSE_BRACKET;
}
