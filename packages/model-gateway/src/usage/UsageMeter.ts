import type { CallContext, RouteName, TokenUsage } from '../pipeline';
import { estimatePromptTokens, tokensOfBytes } from '../limits';
import { readUsage, UsageBlock } from './readUsage';

/** Usage stands in the last bytes of an answer, or in its first. */
const KEPT_BYTES = 16 * 1024;

/** An event of more bytes than this is passed on in pieces, unread. */
const LONGEST_EVENT = 1024 * 1024;

const EMPTY = Buffer.alloc(0);
const NOTHING: UsageBlock = {};
const LINE_FEED = 0x0a;
const NO_CHOICES = Buffer.from('"choices":[]');
const USAGE = Buffer.from('"usage":');
const FIRST_EVENT = Buffer.from('"message_start"');
const LAST_EVENT = Buffer.from('"message_delta"');
const END_OF_EVENT = Buffer.from('\n\n');
const END_OF_EVENT_CRLF = Buffer.from('\r\n\r\n');

const isUsageEvent = (event: Buffer) =>
  event.includes(NO_CHOICES) &&
  event.includes(USAGE) &&
  readUsage(event) !== undefined;

/** Routes that are counted in tokens. */
const COUNTED: ReadonlySet<RouteName> = new Set([
  'chat',
  'completions',
  'responses',
  'messages',
  'embeddings',
  'rerank',
  'moderations',
]);

/** Routes whose answers are text. */
const WRITTEN: ReadonlySet<RouteName> = new Set([
  'chat',
  'completions',
  'responses',
  'messages',
]);

/**
 * Whether a stream would come without a usage block because its caller did not
 * ask for one: the gateway then asks, and {@link UsageMeter} takes the block
 * out again.
 */
export function lacksStreamUsage(call: {
  route: RouteName;
  streamed: boolean;
  body: Record<string, unknown> | undefined;
}): boolean {
  if (
    !call.streamed ||
    call.body === undefined ||
    (call.route !== 'chat' && call.route !== 'completions')
  ) {
    return false;
  }
  const options = call.body.stream_options;
  return !(
    typeof options === 'object' &&
    options !== null &&
    (options as Record<string, unknown>).include_usage === true
  );
}

/** The same body, which asks for the usage block of its stream. */
export function askForStreamUsage(
  body: Record<string, unknown>,
): Record<string, unknown> {
  const options = body.stream_options;
  return {
    ...body,
    stream_options: {
      ...(typeof options === 'object' ? options : undefined),
      include_usage: true,
    },
  };
}

/**
 * Counts the tokens of one answer as it passes. Chunks are kept by reference
 * and read only when the answer has ended, its first and last 16 KiB.
 */
export class UsageMeter {
  readonly #route: RouteName;
  readonly #events: boolean;
  readonly #strip: boolean;
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  readonly #tail: Buffer[] = [];
  #tailBytes = 0;
  #bytes = 0;
  #eventCount = 0;
  #held: Buffer = EMPTY;

  /**
   * @param options - `events`: the answer is a stream of server-sent events;
   * `strip`: take out the usage block that the gateway asked for
   */
  constructor(options: { route: RouteName; events: boolean; strip?: boolean }) {
    this.#route = options.route;
    this.#events = options.events;
    this.#strip = options.events && options.strip === true;
  }

  /** The first 16 KiB of the answer, as text. */
  head(): string {
    const bytes =
      this.#head.length === 1 ? this.#head[0] : Buffer.concat(this.#head);
    return bytes.toString('utf8');
  }

  /** @returns what is to be sent on, which may be nothing */
  pass(chunk: Buffer): Buffer {
    this.#note(chunk);
    return this.#strip ? this.#stripped(chunk) : chunk;
  }

  /** @returns what was held back until now */
  end(): Buffer {
    const rest = this.#held;
    this.#held = EMPTY;
    return rest.length > 0 && isUsageEvent(rest) ? EMPTY : rest;
  }

  /**
   * What the answer used: the provider's own counts, else an estimate by the
   * length of the prompt and the number of events or bytes. Nothing for routes
   * that are not counted in tokens and say nothing themselves.
   */
  usage(
    call: Pick<CallContext, 'body' | 'promptBytes'>,
  ): TokenUsage | undefined {
    const head = this.#read(this.#head);
    // Of a short answer, both ends are the same bytes.
    const tail = this.#bytes > KEPT_BYTES ? this.#read(this.#tail) : undefined;
    const found: UsageBlock =
      head && tail ? { ...head, ...tail } : head ?? tail ?? NOTHING;
    const counted = COUNTED.has(this.#route);
    if (!counted && found.inputTokens === undefined) {
      return undefined;
    }
    const known =
      !this.#endsEarly() &&
      found.inputTokens !== undefined &&
      (found.outputTokens !== undefined || !WRITTEN.has(this.#route));
    const inputTokens = found.inputTokens ?? estimatePromptTokens(call);
    const cached = found.cachedInputTokens;
    const usage: TokenUsage = {
      inputTokens,
      outputTokens: this.#outputTokens(found.outputTokens, known),
      estimated: !known,
    };
    if (cached !== undefined && cached > 0) {
      usage.cachedInputTokens = Math.min(cached, inputTokens);
    }
    return usage;
  }

  /**
   * Of an answer that broke off, the first block says little: Anthropic's
   * begins with the first token.
   */
  #outputTokens(found: number | undefined, known: boolean): number {
    if (!WRITTEN.has(this.#route)) {
      return found ?? 0;
    }
    const seen = this.#events ? this.#eventCount : tokensOfBytes(this.#bytes);
    return known ? found! : Math.max(found ?? 0, seen);
  }

  /** Anthropic's streams begin with a block, too, which counts one token of answer. */
  #endsEarly(): boolean {
    return (
      this.#events &&
      this.#head.some(chunk => chunk.includes(FIRST_EVENT)) &&
      !Buffer.concat(this.#tail).includes(LAST_EVENT)
    );
  }

  #read(chunks: Buffer[]) {
    if (chunks.length === 0) {
      return undefined;
    }
    return readUsage(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  }

  #note(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#headBytes < KEPT_BYTES) {
      const piece = chunk.subarray(0, KEPT_BYTES - this.#headBytes);
      this.#head.push(piece);
      this.#headBytes += piece.length;
    }
    this.#tail.push(chunk);
    this.#tailBytes += chunk.length;
    while (this.#tailBytes - this.#tail[0].length >= KEPT_BYTES) {
      this.#tailBytes -= this.#tail.shift()!.length;
    }
    if (this.#events) {
      this.#eventCount += countEvents(chunk);
    }
  }

  /** Sends whole events only, so that one can be recognised. */
  #stripped(chunk: Buffer): Buffer {
    const bytes =
      this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const end = endOfLastEvent(bytes);
    if (end === 0) {
      this.#held = bytes.length > LONGEST_EVENT ? EMPTY : bytes;
      return bytes.length > LONGEST_EVENT ? bytes : EMPTY;
    }
    this.#held = bytes.subarray(end);
    const whole = end === bytes.length ? bytes : bytes.subarray(0, end);
    return whole.includes(NO_CHOICES) ? withoutUsageEvents(whole) : whole;
  }
}

function countEvents(chunk: Buffer): number {
  let events = 0;
  let at = chunk.indexOf('data:');
  while (at >= 0) {
    if (at === 0 || chunk[at - 1] === LINE_FEED) {
      events += 1;
    }
    at = chunk.indexOf('data:', at + 5);
  }
  return events;
}

function endOfLastEvent(bytes: Buffer): number {
  const plain = bytes.lastIndexOf(END_OF_EVENT);
  const crlf = bytes.lastIndexOf(END_OF_EVENT_CRLF);
  return Math.max(
    plain < 0 ? 0 : plain + END_OF_EVENT.length,
    crlf < 0 ? 0 : crlf + END_OF_EVENT_CRLF.length,
  );
}

function withoutUsageEvents(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  while (from < bytes.length) {
    const plain = bytes.indexOf(END_OF_EVENT, from);
    const crlf = bytes.indexOf(END_OF_EVENT_CRLF, from);
    const isCrlf = crlf >= 0 && (plain < 0 || crlf < plain);
    const end = isCrlf
      ? crlf + END_OF_EVENT_CRLF.length
      : plain + END_OF_EVENT.length;
    const event = bytes.subarray(from, end);
    if (!isUsageEvent(event)) {
      kept.push(event);
    }
    from = end;
  }
  return Buffer.concat(kept);
}
