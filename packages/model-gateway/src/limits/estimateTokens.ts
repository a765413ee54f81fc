import type { RouteName } from '../pipeline';

/** Expected of an answer whose length the caller does not bound. */
export const USUAL_OUTPUT_TOKENS = 512;

/** Expected of an image, a sound or a file within a prompt. */
export const TOKENS_OF_ATTACHMENT = 1000;

/** English, code and JSON have about four bytes to a token; so have, in UTF-8, most other languages at most. */
const BYTES_PER_TOKEN = 4;

/** Smaller bodies hold no attachment that is worth looking for. */
const SEARCHED_FROM_BYTES = 8 * 1024;

const LONGEST_WORD = 2048;

/** Routes whose answers are not counted in tokens. */
const WITHOUT_OUTPUT: ReadonlySet<RouteName> = new Set([
  'embeddings',
  'rerank',
  'moderations',
]);

export const tokensOfBytes = (bytes: number): number =>
  Math.ceil(bytes / BYTES_PER_TOKEN);

/** Of the prompt of a call: an estimate by its length, made without a tokenizer. */
export function estimatePromptTokens(call: {
  body: Record<string, unknown> | undefined;
  promptBytes: number;
}): number {
  if (call.body === undefined) {
    return 0;
  }
  return call.promptBytes < SEARCHED_FROM_BYTES
    ? tokensOfBytes(call.promptBytes)
    : tokensIn(call.body);
}

/** What a call is expected to use: prompt and answer. */
export function expectedOutputTokens(
  route: RouteName,
  body: Record<string, unknown> | undefined,
): number {
  if (body === undefined || WITHOUT_OUTPUT.has(route)) {
    return 0;
  }
  const asked =
    body.max_completion_tokens ?? body.max_output_tokens ?? body.max_tokens;
  const one =
    typeof asked === 'number' && asked > 0 && Number.isFinite(asked)
      ? asked
      : USUAL_OUTPUT_TOKENS;
  const answers = typeof body.n === 'number' && body.n > 1 ? body.n : 1;
  return Math.ceil(one * answers);
}

/** Walks a long body, so that what is not text does not count by its length. */
function tokensIn(value: unknown): number {
  if (typeof value === 'string') {
    return isAttachment(value)
      ? TOKENS_OF_ATTACHMENT
      : tokensOfBytes(Buffer.byteLength(value));
  }
  if (Array.isArray(value)) {
    return value.reduce((sum: number, item) => sum + tokensIn(item), 1);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).reduce(
      (sum: number, item) => sum + tokensIn(item),
      1,
    );
  }
  return 1;
}

/** A `data:` URL, or Base64: far longer than any word. */
function isAttachment(text: string): boolean {
  return (
    text.length > LONGEST_WORD &&
    (text.startsWith('data:') ||
      /^[A-Za-z0-9+/_-]+$/.test(text.slice(0, LONGEST_WORD)))
  );
}
