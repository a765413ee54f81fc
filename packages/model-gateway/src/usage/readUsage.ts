/** Token counts as far as a block names them. */
export interface UsageBlock {
  inputTokens?: number;
  outputTokens?: number;
  cachedInputTokens?: number;
}

const KEY = '"usage"';
const LONGEST_BLOCK = 4096;
const BEGINS = /^\s*:\s*\{/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * Reads the usage blocks of a piece of an answer without parsing the rest. In
 * JSON, `"usage":` is found as a key only: inside of a text its quotes are
 * escaped.
 *
 * @returns what the blocks name, later ones going before earlier ones
 */
export function readUsage(bytes: Buffer): UsageBlock | undefined {
  // One character a byte: names and numbers are ASCII, and this is fast.
  const text = bytes.toString('latin1');
  let found: UsageBlock | undefined;
  let from = text.indexOf(KEY);
  while (from >= 0) {
    const block = blockAt(text, from + KEY.length);
    const counts = block && countsOf(block);
    if (counts) {
      found = found ? { ...found, ...counts } : counts;
    }
    from = text.indexOf(KEY, from + KEY.length);
  }
  return found;
}

/** The object after a colon, if there is one. */
function blockAt(
  text: string,
  after: number,
): Record<string, unknown> | undefined {
  let start = after + 1;
  if (text.charCodeAt(start) !== OPEN || text[after] !== ':') {
    const begins = BEGINS.exec(text.slice(after, after + 64));
    if (!begins) {
      return undefined;
    }
    start = after + begins[0].length - 1;
  }
  const end = endOfObject(text, start);
  if (end === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(text.slice(start, end));
  } catch {
    return undefined;
  }
}

function endOfObject(text: string, start: number): number | undefined {
  const last = Math.min(text.length, start + LONGEST_BLOCK);
  let depth = 0;
  let inText = false;
  for (let at = start; at < last; at++) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === BACKSLASH) {
        at += 1;
      } else if (code === QUOTE) {
        inText = false;
      }
    } else if (code === QUOTE) {
      inText = true;
    } else if (code === OPEN) {
      depth += 1;
    } else if (code === CLOSE) {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return undefined;
}

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? Math.round(value)
    : undefined;

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** OpenAI's chat and responses, Anthropic's messages, and rerankers. */
function countsOf(block: Record<string, unknown>): UsageBlock | undefined {
  const created = count(block.cache_creation_input_tokens);
  const read = count(block.cache_read_input_tokens);
  const input = count(block.input_tokens);
  if (created !== undefined || read !== undefined) {
    // Anthropic counts what comes from its cache beside the input.
    return blockOf(
      input === undefined ? undefined : input + (created ?? 0) + (read ?? 0),
      count(block.output_tokens),
      read || undefined,
      block,
    );
  }
  const details = block.prompt_tokens_details ?? block.input_tokens_details;
  return blockOf(
    count(block.prompt_tokens) ?? input,
    count(block.completion_tokens) ?? count(block.output_tokens),
    details === undefined
      ? undefined
      : count(member(block.prompt_tokens_details, 'cached_tokens')) ??
          count(member(block.input_tokens_details, 'cached_tokens')),
    block,
  );
}

/** A later block goes before an earlier one only in what it names. */
function blockOf(
  inputTokens: number | undefined,
  outputTokens: number | undefined,
  cachedInputTokens: number | undefined,
  block: Record<string, unknown>,
): UsageBlock | undefined {
  const input =
    inputTokens === undefined && outputTokens === undefined
      ? count(block.total_tokens)
      : inputTokens;
  if (input === undefined && outputTokens === undefined) {
    return undefined;
  }
  const counts: UsageBlock = {};
  if (input !== undefined) counts.inputTokens = input;
  if (outputTokens !== undefined) counts.outputTokens = outputTokens;
  if (cachedInputTokens !== undefined) {
    counts.cachedInputTokens = cachedInputTokens;
  }
  return counts;
}
