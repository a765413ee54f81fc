import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../http/ApiError';
import type { AnswerSink } from '../http/AnswerSink';
import type { AnswerTransform } from '../pipeline';
import type { UsageMeter } from '../usage/UsageMeter';
import { EventRewriter } from './EventRewriter';
import type { UpstreamController, UpstreamHandler } from './http1';
import { AnswerTranslator, changeAnswer } from './changeAnswer';
import { ModelReader } from './ModelReader';
import type { Provider } from './Providers';
import { statusError, upstreamError } from './upstreamError';

/** Only this much of a plain answer is held back to be looked into. */
const HELD_BYTES = 1024 * 1024;
/** A plain answer that is to be changed must be held as a whole. */
const MOST_CHANGED_BYTES = 64 * 1024 * 1024;

/** Of answers that are looked into. */
const HELD_TYPES = /^(application\/([\w.-]+\+)?json\s*(;|$)|text\/)/i;
const NOTHING = Buffer.alloc(0);

/** How a call of a provider ended. */
export type UpstreamResult =
  /** The caller has the whole answer. */
  | { kind: 'answered'; status: number }
  /** Nothing was sent to the caller. */
  | {
      kind: 'failed';
      error: ApiError;
      /** Status of the provider; absent where it gave none. */
      status?: number;
      /** Whether the provider cannot have seen the call. */
      unseen: boolean;
      retryAfterMs?: number;
      /** Sends the caller what the provider said. */
      deliver?: () => void;
    }
  /** The answer stopped in the middle. */
  | { kind: 'broken'; error: ApiError }
  | { kind: 'gone' };

/** What is sent, and what is done about the answer. */
export interface UpstreamOptions {
  provider: Provider;
  method: 'GET' | 'POST' | 'DELETE';
  /** Behind the base path of the provider. */
  path: string;
  /** Names and values in turn. */
  headers: string[];
  body: Buffer | undefined;
  sink: AnswerSink;
  /** Whether the answer is to name one model and no other. */
  isPinned: boolean;
  /** In the order in which they see an answer. */
  transforms: readonly AnswerTransform[];
  translator?: AnswerTranslator;
  /** Counts the answer, a stream of events or a whole one. */
  meterFor: (events: boolean) => UsageMeter;
  /** Adds those of the answer, names and values in turn, once the model that it names is known. */
  addHeaders: (headers: string[], model: string | undefined) => void;
  /** Hears of the result at once, before whoever waits for it. */
  ended?: (result: UpstreamResult) => void;
}

/**
 * One call of a provider. The answer goes to the caller chunk by chunk and no
 * faster than the caller reads.
 */
export class UpstreamCall implements UpstreamHandler {
  readonly reader = new ModelReader();
  #meter: UsageMeter | undefined;
  readonly #options: UpstreamOptions;
  #resolve: (result: UpstreamResult) => void = () => {};
  /** Settles when the call has ended, whatever way; never rejects. */
  readonly result: Promise<UpstreamResult>;
  #controller: UpstreamController | undefined;
  #settled = false;
  #mode: 'hold' | 'events' | 'pass' | 'discard' = 'hold';
  #status = 0;
  #type = '';
  #headers: IncomingHttpHeaders = {};
  #held: Buffer[] = [];
  #heldBytes = 0;
  #rewriter: EventRewriter | undefined;
  #failure: ApiError | undefined;
  #seen = false;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.result = new Promise(resolve => {
      this.#resolve = resolve;
    });
  }

  get meter(): UsageMeter | undefined {
    return this.#meter;
  }

  /** Sends the call. */
  start(): this {
    const { provider, method, path, headers, body } = this.#options;
    provider.pool.dispatch(
      { method, path: provider.basePath + path, headers, body },
      this,
    );
    return this;
  }

  /** The caller went away. */
  abandon(): void {
    this.#settle({ kind: 'gone' });
    this.#controller?.abort(new Error('The caller went away'));
  }

  /** What comes after it is not looked at. */
  #settle(result: UpstreamResult): void {
    if (!this.#settled) {
      this.#settled = true;
      this.#options.ended?.(result);
      this.#resolve(result);
    }
  }

  onRequestStart(controller: UpstreamController): void {
    this.#controller = controller;
    this.#seen = true;
    if (this.#settled) {
      controller.abort(new Error('The caller went away'));
    }
  }

  onResponseStart(
    _controller: UpstreamController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
    this.#type = first(headers['content-type']) ?? 'application/json';
    this.#failure = statusError(
      this.#options.provider.name,
      status,
      first(headers['retry-after']),
    );
    if (!this.#failure) {
      this.#meter = this.#options.meterFor(
        this.#type.startsWith('text/event-stream'),
      );
    }
    if (this.#failure && status !== 429) {
      this.#mode = 'discard';
    } else if (this.#failure) {
      this.#mode = 'hold';
    } else if (this.#type.startsWith('text/event-stream')) {
      this.#mode = 'events';
      this.#prepareEvents();
    } else if (HELD_TYPES.test(this.#type)) {
      this.#mode = 'hold';
    } else {
      this.#mode = 'pass';
      this.#begin(this.#length());
    }
  }

  onResponseData(controller: UpstreamController, chunk: Buffer): void {
    if (this.#settled) {
      return;
    }
    switch (this.#mode) {
      case 'events':
        this.#passEvents(controller, chunk);
        break;
      case 'pass':
        this.#meter?.pass(chunk);
        this.#write(controller, chunk);
        break;
      case 'hold':
        this.#hold(controller, chunk);
        break;
      default:
    }
  }

  onResponseEnd(): void {
    if (this.#settled) {
      return;
    }
    try {
      this.#end();
    } catch (error) {
      this.#fail(error);
    }
  }

  onResponseError(_controller: UpstreamController, error: Error): void {
    if (!this.#settled) {
      this.reader.end();
      this.#fail(error);
    }
  }

  #end(): void {
    const { sink } = this.#options;
    if (this.#mode === 'discard' || this.#failure) {
      this.#refused();
      return;
    }
    if (this.#mode === 'hold') {
      this.#sendHeld();
    } else {
      this.reader.end();
      if (!sink.begun) {
        this.#begin();
      }
      const rest = this.#mode === 'events' ? this.#lastEvents() : '';
      sink.end(rest.length === 0 ? undefined : rest);
    }
    this.#settle({ kind: 'answered', status: this.#status });
  }

  /** The provider refused; whoever asked may try elsewhere. */
  #refused(): void {
    const error = this.#failure!;
    this.#settle({
      kind: 'failed',
      error,
      status: this.#status,
      unseen: false,
      retryAfterMs: retryAfter(first(this.#headers['retry-after'])),
      ...(this.#mode === 'hold' && { deliver: () => this.#sendHeld() }),
    });
  }

  #fail(error: unknown): void {
    const { provider, sink } = this.#options;
    const failure =
      error instanceof ApiError ? error : upstreamError(provider.name, error);
    if (sink.begun) {
      sink.breakOff(failure);
      this.#settle({ kind: 'broken', error: failure });
      this.#controller?.abort(failure);
      return;
    }
    const { code } = error as { code?: string };
    this.#settle({
      kind: 'failed',
      error: failure,
      unseen: !this.#seen || code === 'UND_ERR_CONNECT_TIMEOUT',
      ...(this.#status > 0 && { status: this.#status }),
    });
    this.#controller?.abort(failure);
  }

  #prepareEvents(): void {
    const { transforms, translator } = this.#options;
    if (transforms.length > 0 || translator) {
      this.#rewriter = new EventRewriter(
        transforms.flatMap(it => it.events?.() ?? []),
        translator?.stream(),
      );
    }
  }

  #passEvents(controller: UpstreamController, chunk: Buffer): void {
    this.reader.readEvents(chunk);
    const passed = this.#meter?.pass(chunk) ?? chunk;
    let out: Buffer | string = passed;
    if (this.#rewriter) {
      try {
        out = this.#rewriter.write(passed);
      } catch (error) {
        this.#fail(error);
        return;
      }
    }
    if (!this.#options.sink.begun) {
      this.#begin();
    }
    if (out.length > 0) {
      this.#write(controller, out);
    }
  }

  #lastEvents(): Buffer | string {
    const rest = this.#meter?.end() ?? NOTHING;
    return this.#rewriter
      ? this.#rewriter.write(rest) + this.#rewriter.end()
      : rest;
  }

  #write(controller: UpstreamController, chunk: Buffer | string): void {
    const { sink } = this.#options;
    if (!sink.write(chunk)) {
      controller.pause();
      sink.onceDrained(() => controller.resume());
    }
  }

  #hold(controller: UpstreamController, chunk: Buffer): void {
    const { transforms, translator } = this.#options;
    this.#meter?.pass(chunk);
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    const changes = transforms.length > 0 || translator !== undefined;
    if (this.#heldBytes > (changes ? MOST_CHANGED_BYTES : HELD_BYTES)) {
      if (changes || this.#failure) {
        this.#fail(new Error('The answer is too long to be looked into'));
        return;
      }
      this.#mode = 'pass';
      this.#begin(this.#length());
      this.#write(controller, Buffer.concat(this.#held));
      this.#held = [];
    }
  }

  #sendHeld(): void {
    const { sink, provider, isPinned, transforms, translator } = this.#options;
    const held =
      this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held);
    const body = changeAnswer(held, {
      status: this.#status,
      isText: this.#type.startsWith('text/'),
      isCompressed: this.#headers['content-encoding'] !== undefined,
      reader: this.reader,
      provider,
      isPinned,
      transforms,
      translator,
    });
    sink.send(this.#status, this.#type, this.#headersOfAnswer(), body);
  }

  #begin(length?: string): void {
    const { sink } = this.#options;
    const headers = this.#headersOfAnswer();
    if (this.#mode === 'events') {
      headers.push(
        'cache-control',
        'no-cache, no-transform',
        'x-accel-buffering',
        'no',
      );
    } else if (length !== undefined) {
      headers.push('content-length', length);
    }
    sink.begin(this.#status, this.#type, headers);
  }

  #length(): string | undefined {
    return first(this.#headers['content-length']);
  }

  #headersOfAnswer(): string[] {
    const copied: string[] = [];
    const encoding = first(this.#headers['content-encoding']);
    const after = first(this.#headers['retry-after']);
    if (encoding !== undefined) {
      copied.push('content-encoding', encoding);
    }
    if (after !== undefined) {
      copied.push('retry-after', after);
    }
    this.#options.addHeaders(copied, this.reader.names[0]);
    return copied;
  }
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Seconds or a date, in milliseconds from now. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
