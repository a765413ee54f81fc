import OpenAI from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions';
import { adapted, FULL_DIALECT, type Dialect } from '../endpoint/dialect';
import { adviceFor, failureOf } from '../endpoint/failures';
import { hasText } from '../endpoint/reading';
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

/** Times are taken of a stream, so there has to be one. */
const isMeasurable = ({ stream }: Dialect) => stream;

/** Asks an OpenAI-compatible endpoint for streamed answers, and takes the times. */
export class Requester {
  static create(options: RequesterOptions): Requester {
    return new Requester(options);
  }

  readonly #options: RequesterOptions;
  readonly #client: OpenAI;
  #dialect = FULL_DIALECT;

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
          : failureOf(error)),
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
        const advice = adviceFor(sample, this.#options.model);
        if (advice) {
          throw new PerformanceError(
            `${this.#options.endpoint} refuses: ${sample.message}. ${advice}`,
          );
        }
        return;
      }
    }
  }

  #adapt(sample: FailedRequest): boolean {
    const other = adapted(this.#dialect, sample);
    if (!other || !isMeasurable(other)) return false;
    this.#dialect = other;
    return true;
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
