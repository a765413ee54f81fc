import type { Json, ToolCall } from '../pack/types';
import { EndpointError } from './failures';
import type { ChatReply } from './types';

/** Names under which servers stream what a model thinks; it takes time all the same. */
const TEXTS = ['content', 'reasoning_content', 'reasoning'];

/** Whether a piece of a stream says anything. */
export function hasText(delta: object | undefined): boolean {
  const fields = (delta ?? {}) as Record<string, unknown>;
  return TEXTS.some(name => {
    const text = fields[name];
    return typeof text === 'string' && text !== '';
  });
}

interface PartOfCall {
  index?: number;
  id?: string | null;
  function?: { name?: string | null; arguments?: string | null };
}

interface Said {
  content?: string | null;
  tool_calls?: PartOfCall[] | null;
}

interface Choice {
  delta?: Said;
  message?: Said;
  /** Of completions. */
  text?: string | null;
  finish_reason?: string | null;
}

/** A piece of a stream, or the whole answer: what of it is read here. */
export interface Piece {
  choices?: Choice[] | null;
  model?: string | null;
  usage?: {
    prompt_tokens?: number | null;
    completion_tokens?: number | null;
  } | null;
}

/** More than any model says, in characters; a server that never ends is stopped. */
const LONGEST_ANSWER = 8 * 1024 * 1024;

const endless = () =>
  new EndpointError({ reason: 'endless', message: 'the answer does not end' });

/** An answer that comes whole. */
export async function wholeAnswer(response: Response): Promise<Piece> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > LONGEST_ANSWER) throw endless();
  }
  try {
    return JSON.parse(text + decoder.decode()) as Piece;
  } catch (error) {
    throw new EndpointError(
      { reason: 'broken', message: 'the answer is no JSON' },
      { cause: error },
    );
  }
}

/** Puts the pieces of an answer together, and takes the times. */
export class ReplyReader {
  readonly #beganAt: number;
  readonly #isStream: boolean;
  #text = '';
  #length = 0;
  #calls = new Map<number, { id: string; name: string; text: string }>();
  #finishReason: string | undefined;
  #model: string | undefined;
  #ttftMs: number | undefined;
  #usage: Piece['usage'];

  constructor(beganAt: number, isStream: boolean) {
    this.#beganAt = beganAt;
    this.#isStream = isStream;
  }

  add(piece: Piece): void {
    const choice = piece.choices?.[0];
    const said = choice?.delta ?? choice?.message;
    if (
      this.#ttftMs === undefined &&
      (hasText(said) || said?.tool_calls?.length || choice?.text)
    ) {
      this.#ttftMs = performance.now() - this.#beganAt;
    }
    this.#text += said?.content ?? choice?.text ?? '';
    said?.tool_calls?.forEach((part, at) => this.#addCall(part, at));
    this.#length += JSON.stringify(said ?? choice?.text ?? '').length;
    if (this.#length > LONGEST_ANSWER) throw endless();
    if (choice?.finish_reason) this.#finishReason = choice.finish_reason;
    if (piece.model) this.#model = piece.model;
    if (piece.usage) this.#usage = piece.usage;
  }

  /** @throws EndpointError where the answer broke off */
  end(): ChatReply {
    if (!this.#finishReason) {
      throw new EndpointError({
        reason: 'broken',
        message: 'the answer broke off without a finish_reason',
      });
    }
    const { prompt_tokens: input, completion_tokens: output } =
      this.#usage ?? {};
    return {
      text: withoutThoughts(this.#text),
      finishReason: this.#finishReason,
      ...(this.#calls.size > 0 && { toolCalls: this.#toolCalls() }),
      ...(this.#model && { model: this.#model }),
      latencyMs: rounded(performance.now() - this.#beganAt),
      ...(this.#isStream &&
        this.#ttftMs !== undefined && { ttftMs: rounded(this.#ttftMs) }),
      ...(typeof input === 'number' && { inputTokens: input }),
      ...(typeof output === 'number' && { outputTokens: output }),
    };
  }

  #addCall(part: PartOfCall, at: number): void {
    const index = part.index ?? at;
    const known = this.#calls.get(index) ?? { id: '', name: '', text: '' };
    this.#calls.set(index, {
      id: part.id || known.id,
      name: known.name + (part.function?.name ?? ''),
      text: known.text + (part.function?.arguments ?? ''),
    });
  }

  #toolCalls(): ToolCall[] {
    return [...this.#calls]
      .sort(([a], [b]) => a - b)
      .map(([index, { id, name, text }]) => ({
        id: id || `call_${index}`,
        name,
        arguments: parsed(text),
      }));
  }
}

/** To a microsecond. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function parsed(text: string): Json {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** What models that think aloud say between the tags is no part of the answer. */
export function withoutThoughts(text: string): string {
  const begin = /^\s*<think(?:ing)?>/.exec(text);
  if (!begin) return text;
  const end = /<\/think(?:ing)?>\s*/.exec(text);
  return end ? text.slice(end.index + end[0].length) : '';
}
