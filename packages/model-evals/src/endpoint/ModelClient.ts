import OpenAI from 'openai';
import { Stream } from 'openai/streaming';
import type { ChatMessage, Json } from '../pack/types';
import { adapted, FULL_DIALECT, notSent, type Dialect } from './dialect';
import { EndpointError, failureOf } from './failures';
import { ReplyReader, wholeAnswer, type Piece } from './reading';
import { Retrier, type RetrierOptions } from './Retrier';
import type { ChatReply } from './types';

export interface ModelClientOptions extends RetrierOptions {
  endpoint: string;
  model: string;
  apiKey?: string;
  timeoutMs: number;
  tool: { name: string; version: string };
}

export interface Question {
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  stop?: string[];
  seed?: number;
  extraBody?: Record<string, Json>;
  signal: AbortSignal;
}

export interface ToolDefinition {
  name: string;
  description?: string;
  parameters?: { [name: string]: Json };
}

/**
 * Asks one model behind an OpenAI-compatible endpoint, again where that may
 * help, and learns from refusals which fields the server takes.
 */
export class ModelClient {
  static create(options: ModelClientOptions): ModelClient {
    return new ModelClient(options);
  }

  readonly model: string;
  /** Names under which answers came. */
  readonly answeredBy = new Set<string>();
  readonly #options: ModelClientOptions;
  readonly #client: OpenAI;
  readonly #retrier: Retrier;
  #dialect: Dialect = FULL_DIALECT;

  private constructor(options: ModelClientOptions) {
    this.model = options.model;
    this.#options = options;
    this.#retrier = new Retrier(options);
    this.#client = new OpenAI({
      baseURL: options.endpoint,
      apiKey: options.apiKey ?? 'none',
      organization: null,
      project: null,
      // Attempts are counted and told here.
      maxRetries: 0,
      timeout: options.timeoutMs,
      defaultHeaders: {
        'User-Agent': `${options.tool.name}/${options.tool.version}`,
      },
    });
  }

  /** Milliseconds for which the endpoint asked not to be asked. */
  get waitingMs(): number {
    return this.#retrier.waitingMs;
  }

  /** Fields that the server refuses and that are left out. */
  get notSent(): string[] {
    return notSent(this.#dialect);
  }

  chat(
    messages: ChatMessage[],
    question: Question & { tools?: ToolDefinition[] },
  ): Promise<ChatReply> {
    const { tools } = question;
    return this.#ask('/chat/completions', question, {
      messages: messages.map(toWire),
      ...(tools?.length && {
        tools: tools.map(it => ({
          type: 'function',
          function: {
            name: it.name,
            description: it.description,
            parameters: it.parameters ?? { type: 'object', properties: {} },
          },
        })),
      }),
    });
  }

  completion(prompt: string, question: Question): Promise<ChatReply> {
    return this.#ask('/completions', question, { prompt });
  }

  /** A vector for each text. */
  async embed(
    texts: string[],
    options: { signal: AbortSignal },
  ): Promise<{ vectors: number[][]; latencyMs: number; inputTokens?: number }> {
    return this.#retrier.run(async () => {
      const beganAt = performance.now();
      const answer = await this.#timed(options.signal, signal =>
        this.#client.embeddings.create(
          { model: this.model, input: texts, encoding_format: 'float' },
          { signal },
        ),
      );
      if (answer.model) this.answeredBy.add(answer.model);
      const vectors = [...answer.data]
        .sort((a, b) => a.index - b.index)
        .map(({ embedding }) => embedding);
      if (
        vectors.length !== texts.length ||
        vectors.some(it => it.length === 0 || it.length !== vectors[0].length)
      ) {
        throw new EndpointError({
          reason: 'broken',
          message: `${texts.length} texts were sent, and ${vectors.length} vectors of one length did not come`,
        });
      }
      const inputTokens = answer.usage?.prompt_tokens;
      return {
        vectors,
        latencyMs: performance.now() - beganAt,
        ...(typeof inputTokens === 'number' && { inputTokens }),
      };
    }, options.signal);
  }

  async #ask(
    path: string,
    question: Question,
    content: object,
  ): Promise<ChatReply> {
    let dialect = this.#dialect;
    const reply = await this.#retrier.run(async () => {
      for (;;) {
        try {
          return await this.#once(path, dialect, question, content);
        } catch (error) {
          question.signal.throwIfAborted();
          const other = adapted(dialect, failureOf(error));
          if (!other) throw error;
          dialect = other;
        }
      }
    }, question.signal);
    // Only what went through is learnt: a refusal may have been about this case.
    this.#dialect = dialect;
    if (reply.model) this.answeredBy.add(reply.model);
    return reply;
  }

  #once(
    path: string,
    dialect: Dialect,
    question: Question,
    content: object,
  ): Promise<ChatReply> {
    const { temperature, topP, maxTokens, stop, seed, extraBody } = question;
    const body = {
      model: this.model,
      ...content,
      ...(dialect.stream && { stream: true }),
      ...(dialect.stream &&
        dialect.usage && { stream_options: { include_usage: true } }),
      ...(maxTokens !== undefined && { [dialect.limit]: maxTokens }),
      ...(dialect.temperature && temperature !== undefined && { temperature }),
      ...(dialect.topP && topP !== undefined && { top_p: topP }),
      ...(dialect.seed && seed !== undefined && { seed }),
      ...(stop && { stop }),
      ...extraBody,
    };
    return this.#timed(question.signal, async signal => {
      const beganAt = performance.now();
      const response = await this.#client
        .post(path, { body, signal, stream: dialect.stream })
        .asResponse();
      const isStream = /event-stream/i.test(
        response.headers.get('content-type') ?? '',
      );
      const reader = new ReplyReader(beganAt, isStream);
      if (isStream) {
        const control = new AbortController();
        const pieces = Stream.fromSSEResponse<Piece>(response, control);
        for await (const piece of pieces) reader.add(piece);
      } else {
        reader.add(await wholeAnswer(response));
      }
      signal.throwIfAborted();
      return reader.end();
    });
  }

  /** @throws EndpointError `timeout` where it took too long */
  async #timed<T>(
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { timeoutMs } = this.#options;
    const late = AbortSignal.timeout(timeoutMs);
    try {
      return await work(AbortSignal.any([signal, late]));
    } catch (error) {
      signal.throwIfAborted();
      if (!late.aborted) throw error;
      throw new EndpointError(
        { reason: 'timeout', message: `no answer in ${timeoutMs} ms` },
        { cause: error },
      );
    }
  }
}

function toWire({ role, content, toolCalls, toolCallId }: ChatMessage) {
  return {
    role,
    content,
    ...(toolCalls && {
      tool_calls: toolCalls.map(({ id, name, arguments: given }) => ({
        id,
        type: 'function',
        function: {
          name,
          arguments: typeof given === 'string' ? given : JSON.stringify(given),
        },
      })),
    }),
    ...(toolCallId && { tool_call_id: toolCallId }),
  };
}
