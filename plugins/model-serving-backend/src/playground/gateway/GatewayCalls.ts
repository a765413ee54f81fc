import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import type {
  PlaygroundMessage,
  PlaygroundSettings,
} from '@modelhub/backstage-plugin-models-common';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { setTimeout as delay } from 'node:timers/promises';
import { GatewayRefusal, refusalOf } from './refusal';

/** What comes of a streamed answer; text that the model thinks is told apart. */
export interface AnswerPiece {
  text?: string;
  thought?: string;
  finishReason?: string;
  usage?: { inputTokens?: number; outputTokens?: number };
}

export interface ChatCall {
  /** Of the gateway key. */
  secret: string;
  model: string;
  messages: PlaygroundMessage[];
  settings: PlaygroundSettings;
}

/** More than any model says, in characters. */
const LONGEST_ANSWER = 8 * 1024 * 1024;
/** Gateways follow the hub in about a second. */
const HEARD_MS = 5000;
const HEARD_AGAIN_MS = 100;

interface Choice {
  delta?: Record<string, unknown>;
  message?: Record<string, unknown>;
  finish_reason?: string | null;
}

interface Chunk {
  choices?: Choice[];
  usage?: { prompt_tokens?: number; completion_tokens?: number } | null;
  error?: unknown;
}

/** Calls models, always through the gateway. Nothing of it is logged. */
export class GatewayCalls {
  static create(options: {
    gatewayUrl: string | undefined;
    timeoutMs: number;
  }): GatewayCalls {
    return new GatewayCalls(options);
  }

  readonly #options: Parameters<typeof GatewayCalls.create>[0];

  private constructor(options: Parameters<typeof GatewayCalls.create>[0]) {
    this.#options = options;
  }

  /** Base URL with `/v1`. Throws `ServiceUnavailableError` where none is configured. */
  get url(): string {
    const { gatewayUrl } = this.#options;
    if (gatewayUrl) return gatewayUrl;
    throw new ServiceUnavailableError(
      'No model gateway is configured. Ask the team that runs the model hub to set modelServing.gatewayUrl.',
    );
  }

  /** Ids of the models that a key may call. */
  async models(secret: string, signal: AbortSignal): Promise<Set<string>> {
    const response = await this.#fetch('/models', { secret, signal });
    const { data } = (await response.json()) as { data?: unknown };
    return new Set(
      (Array.isArray(data) ? data : []).flatMap(it =>
        typeof it?.id === 'string' ? [it.id] : [],
      ),
    );
  }

  /**
   * Waits until the gateway has heard of a key that was just issued, which takes
   * about a second. One that takes longer says so itself, at the call.
   */
  async knows(secret: string): Promise<void> {
    const late = AbortSignal.timeout(HEARD_MS);
    while (!late.aborted) {
      try {
        await this.models(secret, late);
        return;
      } catch (error) {
        if (!(error instanceof GatewayRefusal) || error.status !== 401) return;
      }
      await delay(HEARD_AGAIN_MS);
    }
  }

  /**
   * Asks one model. Ends the call when the signal ends.
   *
   * @throws GatewayRefusal
   */
  async *chat(
    call: ChatCall,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerPiece> {
    const { messages, model, secret, settings } = call;
    const late = AbortSignal.timeout(this.#options.timeoutMs);
    const either = AbortSignal.any([signal, late]);
    try {
      const response = await this.#fetch('/chat/completions', {
        secret,
        signal: either,
        body: {
          model,
          messages,
          stream: true,
          stream_options: { include_usage: true },
          temperature: settings.temperature,
          max_tokens: settings.maxTokens,
          top_p: settings.topP,
          seed: settings.seed,
          stop: settings.stop,
        },
      });
      const type = response.headers.get('content-type') ?? '';
      if (/event-stream/i.test(type)) yield* eventsOf(response);
      else yield* piecesOf((await response.json()) as Chunk);
    } catch (error) {
      signal.throwIfAborted();
      if (!late.aborted) throw error;
      throw new GatewayRefusal({
        status: 504,
        message: `The answer was not through after ${Math.round(
          this.#options.timeoutMs / 1000,
        )} seconds. Ask for fewer tokens.`,
      });
    }
  }

  async #fetch(
    path: string,
    options: { secret: string; signal: AbortSignal; body?: object },
  ): Promise<Response> {
    const { secret, signal, body } = options;
    let response: Response;
    try {
      response = await fetch(`${this.url}${path}`, {
        method: body ? 'POST' : 'GET',
        redirect: 'error',
        signal,
        headers: {
          authorization: `Bearer ${secret}`,
          'user-agent': 'modelhub-playground',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ServiceUnavailableError) throw error;
      const { cause } = error as { cause?: unknown };
      throw new GatewayRefusal({
        status: 503,
        message: `The model gateway cannot be reached (${stringifyError(
          cause ?? error,
        )}). Try again in a moment.`,
      });
    }
    if (response.ok) return response;
    const text = await response.text().catch(() => '');
    throw refusalOf(response.status, parsed(text), response.headers);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const said = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? Math.round(value)
    : undefined;

function* piecesOf(chunk: Chunk): Generator<AnswerPiece> {
  if (chunk.error !== undefined) {
    const status = Number((chunk.error as { status?: unknown })?.status);
    throw refusalOf(status >= 400 && status < 600 ? status : 502, chunk);
  }
  const choice = chunk.choices?.[0];
  const words = choice?.delta ?? choice?.message;
  const piece: AnswerPiece = {
    text: said(words?.content),
    thought: said(words?.reasoning_content) ?? said(words?.reasoning),
    finishReason: said(choice?.finish_reason),
    ...(chunk.usage && {
      usage: {
        inputTokens: count(chunk.usage.prompt_tokens),
        outputTokens: count(chunk.usage.completion_tokens),
      },
    }),
  };
  if (Object.values(piece).some(it => it !== undefined)) yield piece;
}

async function* eventsOf(response: Response): AsyncGenerator<AnswerPiece> {
  const waiting: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: event => waiting.push(event) });
  const decoder = new TextDecoder();
  let length = 0;
  let isOver = false;
  let isWhole = false;
  for await (const bytes of response.body ?? []) {
    const text = decoder.decode(bytes, { stream: true });
    length += text.length;
    // Each piece comes with a frame around it.
    if (length > LONGEST_ANSWER * 4) break;
    parser.feed(text);
    for (const { data } of waiting.splice(0)) {
      if (data === '[DONE]') {
        isOver = true;
      } else {
        const chunk = parsed(data) as Chunk | undefined;
        for (const piece of piecesOf(chunk ?? {})) {
          if (piece.finishReason) isWhole = true;
          yield piece;
        }
      }
    }
    if (isOver) break;
  }
  if (!isWhole) {
    throw new GatewayRefusal({
      status: 502,
      message: 'The answer broke off. Try again.',
    });
  }
}
