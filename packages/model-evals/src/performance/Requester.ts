import OpenAI from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions';
import {
  PerformanceError,
  type FailedRequest,
  type PerformanceClock,
  type RequestSample,
} from './types';

export interface RequesterOptions {
  endpoint: string;
  model: string;
  apiKey?: string;
  outputTokens: number;
  timeoutMs: number;
  extraBody: Record<string, unknown>;
  clock: PerformanceClock;
  tool: { name: string; version: string };
}

/** Fields that some servers do not know, or know by another name. */
interface Dialect {
  limit: 'max_tokens' | 'max_completion_tokens';
  usage: boolean;
}

/** Names under which servers stream what a model thinks; it takes time all the same. */
const TEXTS = ['content', 'reasoning_content', 'reasoning'];

/** Asks an OpenAI-compatible endpoint for streamed answers, and takes the times. */
export class Requester {
  static create(options: RequesterOptions): Requester {
    return new Requester(options);
  }

  readonly #options: RequesterOptions;
  readonly #client: OpenAI;
  #dialect: Dialect = { limit: 'max_tokens', usage: true };

  private constructor(options: RequesterOptions) {
    this.#options = options;
    this.#client = new OpenAI({
      baseURL: options.endpoint,
      apiKey: options.apiKey ?? 'none',
      // A second attempt would count as one long request.
      maxRetries: 0,
      timeout: options.timeoutMs,
      defaultHeaders: {
        'User-Agent': `${options.tool.name}/${options.tool.version}`,
      },
    });
  }

  /** One request; errors are samples, and what was aborted is none. */
  async request(
    prompt: string,
    options: { dueAt: number; signal: AbortSignal },
  ): Promise<RequestSample | undefined> {
    const { clock, timeoutMs } = this.#options;
    const { dueAt, signal } = options;
    const late = AbortSignal.timeout(timeoutMs);
    try {
      return await this.#ask(prompt, dueAt, AbortSignal.any([signal, late]));
    } catch (error) {
      if (signal.aborted) return undefined;
      return {
        isAnswered: false,
        dueAt,
        endedAt: clock.now(),
        ...(late.aborted
          ? { reason: 'timeout', message: `no answer in ${timeoutMs} ms` }
          : described(error)),
      };
    }
  }

  /**
   * Learns from refusals which fields the server knows; then the first request
   * that goes through tells how it is asked.
   *
   * @throws PerformanceError when the endpoint refuses what nobody can mend by
   *   asking again
   */
  async learn(prompt: string, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      const dueAt = this.#options.clock.now();
      const sample = await this.request(prompt, { dueAt, signal });
      if (!sample || sample.isAnswered) return;
      if (!this.#adapt(sample)) {
        const advice = this.#advice(sample);
        if (advice) {
          throw new PerformanceError(
            `${this.#options.endpoint} refuses: ${sample.message}. ${advice}`,
          );
        }
        return;
      }
    }
  }

  #adapt({ reason, message }: FailedRequest): boolean {
    if (reason !== 'http-400' && reason !== 'http-422') return false;
    if (this.#dialect.usage && /stream_options|include_usage/i.test(message)) {
      this.#dialect = { ...this.#dialect, usage: false };
      return true;
    }
    if (
      this.#dialect.limit === 'max_tokens' &&
      /max_completion_tokens|max_tokens/i.test(message)
    ) {
      this.#dialect = { ...this.#dialect, limit: 'max_completion_tokens' };
      return true;
    }
    return false;
  }

  #advice({ reason }: FailedRequest): string | undefined {
    const { model } = this.#options;
    switch (reason) {
      case 'connection':
        return 'Look whether the address is right and the server runs.';
      case 'http-401':
        return 'Give a key that the endpoint knows.';
      case 'http-403':
        return `The key may not use ${model}; request access, or give another key.`;
      case 'http-404':
        return `Look whether the address ends in /v1 or the like, and whether ${model} is the model's name there.`;
      case 'http-400':
      case 'http-422':
        return 'Change the parameters of the request so that the endpoint takes it.';
      default:
        return undefined;
    }
  }

  async #ask(
    prompt: string,
    dueAt: number,
    signal: AbortSignal,
  ): Promise<RequestSample> {
    const { clock, model, outputTokens, extraBody } = this.#options;
    const { limit, usage } = this.#dialect;
    const body: ChatCompletionCreateParamsStreaming = {
      model,
      messages: [{ role: 'user', content: prompt }],
      stream: true,
      [limit]: outputTokens,
      ...(usage && { stream_options: { include_usage: true } }),
      ...extraBody,
    };
    const stream = await this.#client.chat.completions.create(body, { signal });
    const pieces: number[] = [];
    let counted: ChatCompletionChunk['usage'];
    let isFinished = false;
    for await (const chunk of stream) {
      const [choice] = chunk.choices ?? [];
      if (choice && hasText(choice.delta)) pieces.push(clock.now());
      if (choice?.finish_reason) isFinished = true;
      if (chunk.usage) counted = chunk.usage;
    }
    const endedAt = clock.now();
    signal.throwIfAborted();
    const failed = { isAnswered: false as const, dueAt, endedAt };
    if (pieces.length === 0) {
      return { ...failed, reason: 'empty', message: 'the answer was empty' };
    }
    if (!isFinished) {
      const message = 'the answer broke off without a finish_reason';
      return { ...failed, reason: 'broken', message };
    }
    return {
      isAnswered: true,
      dueAt,
      pieces,
      endedAt,
      ...(counted && {
        promptTokens: counted.prompt_tokens,
        outputTokens: counted.completion_tokens,
      }),
    };
  }
}

function hasText(delta: object | undefined): boolean {
  const fields = (delta ?? {}) as Record<string, unknown>;
  return TEXTS.some(name => {
    const text = fields[name];
    return typeof text === 'string' && text !== '';
  });
}

function described(error: unknown): { reason: string; message: string } {
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    return { reason: 'timeout', message: error.message };
  }
  if (error instanceof OpenAI.APIConnectionError) {
    const { cause } = error as { cause?: { message?: string; code?: string } };
    const inner = (cause as { cause?: { message?: string } })?.cause;
    const why = inner?.message ?? cause?.code ?? cause?.message;
    return {
      reason: 'connection',
      message: why ? `no connection (${why})` : 'no connection',
    };
  }
  if (error instanceof OpenAI.APIError && typeof error.status === 'number') {
    return { reason: `http-${error.status}`, message: error.message };
  }
  return {
    reason: 'broken',
    message: error instanceof Error ? error.message : String(error),
  };
}
