import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { ApiError } from '../http/ApiError';
import type { AnswerSink } from '../http/AnswerSink';
import type { AnswerTransform } from '../pipeline';
import type { UsageMeter } from '../usage/UsageMeter';
import { EventRewriter, StreamTranslator } from './EventRewriter';
import { ModelReader } from './ModelReader';
import type { Provider } from './Providers';
import { statusError, upstreamError } from './upstreamError';

/** A plain answer of no more bytes is looked into in any case. */
const LOOKED_INTO_BYTES = 64 * 1024;
/** Only this much of a plain answer is held back to be looked into. */
const HELD_BYTES = 1024 * 1024;
/** A plain answer that is to be changed must be held as a whole. */
const MOST_CHANGED_BYTES = 64 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/** Turns the answers of one API into those of another. */
export interface AnswerTranslator {
  json(answer: Record<string, unknown>): Record<string, unknown>;
  error(status: number, answer: unknown): Record<string, unknown>;
  stream(): StreamTranslator;
}

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
  /** Headers of the answer, once the model that it names is known. */
  headersFor: (model: string | undefined) => readonly string[];
}

/**
 * One call of a provider. The answer goes to the caller chunk by chunk and no
 * faster than the caller reads.
 */
export class UpstreamCall implements Dispatcher.DispatchHandler {
  readonly reader = new ModelReader();
  #meter: UsageMeter | undefined;
  readonly #options: UpstreamOptions;
  readonly #resolve: (result: UpstreamResult) => void;
  /** Settles when the call has ended, whatever way; never rejects. */
  readonly result: Promise<UpstreamResult>;
  #controller: Dispatcher.DispatchController | undefined;
  #gone = false;
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
    let resolveResult: (result: UpstreamResult) => void = () => {};
    this.result = new Promise(resolve => {
      resolveResult = resolve;
    });
    this.#resolve = resolveResult;
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
    this.#gone = true;
    this.#controller?.abort(new Error('The caller went away'));
    this.#resolve({ kind: 'gone' });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#seen = true;
    if (this.#gone) {
      controller.abort(new Error('The caller went away'));
    }
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) {
      return;
    }
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
    } else if (/^(application\/([\w.-]+\+)?json|text\/)/.test(this.#type)) {
      this.#mode = 'hold';
    } else {
      this.#mode = 'pass';
      this.#begin(this.#length());
    }
  }

  onResponseData(
    controller: Dispatcher.DispatchController,
    chunk: Buffer,
  ): void {
    if (this.#gone) {
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
    if (this.#gone) {
      return;
    }
    try {
      this.#end();
    } catch (error) {
      this.#fail(error);
    }
  }

  onResponseError(
    _controller: Dispatcher.DispatchController,
    error: Error,
  ): void {
    if (!this.#gone) {
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
    this.#resolve({ kind: 'answered', status: this.#status });
  }

  /** The provider refused; whoever asked may try elsewhere. */
  #refused(): void {
    const error = this.#failure!;
    this.#resolve({
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
      this.#controller?.abort(failure);
      this.#resolve({ kind: 'broken', error: failure });
      return;
    }
    const { code } = error as { code?: string };
    this.#resolve({
      kind: 'failed',
      error: failure,
      unseen: !this.#seen || code === 'UND_ERR_CONNECT_TIMEOUT',
      ...(this.#status > 0 && { status: this.#status }),
    });
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

  #passEvents(controller: Dispatcher.DispatchController, chunk: Buffer): void {
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

  #write(
    controller: Dispatcher.DispatchController,
    chunk: Buffer | string,
  ): void {
    const { sink } = this.#options;
    if (!sink.write(chunk)) {
      controller.pause();
      sink.onceDrained(() => controller.resume());
    }
  }

  #hold(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { transforms, translator } = this.#options;
    this.#meter?.pass(chunk);
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    const changes = transforms.length > 0 || translator !== undefined;
    if (this.#heldBytes > (changes ? MOST_CHANGED_BYTES : HELD_BYTES)) {
      if (changes || this.#failure) {
        this.#fail(new Error('The answer is too long to be looked into'));
        controller.abort(new Error('Too long'));
        return;
      }
      this.#mode = 'pass';
      this.#begin(this.#length());
      this.#write(controller, Buffer.concat(this.#held));
      this.#held = [];
    }
  }

  #sendHeld(): void {
    const { sink, headersFor } = this.#options;
    const held =
      this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held);
    const isText = this.#type.startsWith('text/');
    const body = this.#headers['content-encoding']
      ? this.#opaque(held)
      : (isText && this.#changeText(held)) || this.#changeJson(held, isText);
    sink.send(
      this.#status,
      this.#type,
      [...this.#copied(), ...headersFor(this.reader.names[0])],
      body,
    );
  }

  /** A compressed answer was not asked for and cannot be looked into. */
  #opaque(held: Buffer): Buffer {
    if (this.#options.transforms.length > 0 || this.#options.translator) {
      throw new Error('The answer is compressed');
    }
    return held;
  }

  #changeText(held: Buffer): Buffer | undefined {
    const { transforms } = this.#options;
    if (transforms.length === 0) {
      return held;
    }
    const { text } = applyJson(transforms, { text: held.toString() });
    return Buffer.from(String(text));
  }

  #changeJson(held: Buffer, isText: boolean): Buffer {
    const { transforms, translator } = this.#options;
    const isGood = this.#status < 300;
    const { provider, isPinned } = this.#options;
    if (
      isGood &&
      held.length > LOOKED_INTO_BYTES &&
      transforms.length === 0 &&
      !translator &&
      !isPinned
    ) {
      return held;
    }
    let answer: unknown;
    try {
      answer = JSON.parse(held.toString());
    } catch {
      if (isGood && !isText) {
        throw new ApiError(
          502,
          'upstream_error',
          `The answer of provider '${provider.name}' is not JSON. Try again later.`,
        );
      }
    }
    this.reader.readValue(answer);
    if (!isGood) {
      return translator
        ? Buffer.from(JSON.stringify(translator.error(this.#status, answer)))
        : held;
    }
    if (transforms.length === 0 && !translator) {
      return held;
    }
    const fields = (answer ?? {}) as Record<string, unknown>;
    const changed = applyJson(transforms, fields);
    return Buffer.from(
      JSON.stringify(translator ? translator.json(changed) : changed),
    );
  }

  #begin(length?: string): void {
    const { sink, headersFor } = this.#options;
    const headers = [...this.#copied(), ...headersFor(this.reader.names[0])];
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

  #copied(): string[] {
    const copied: string[] = [];
    const encoding = first(this.#headers['content-encoding']);
    const after = first(this.#headers['retry-after']);
    if (encoding !== undefined) {
      copied.push('content-encoding', encoding);
    }
    if (after !== undefined) {
      copied.push('retry-after', after);
    }
    return copied;
  }
}

function applyJson(
  transforms: readonly AnswerTransform[],
  answer: Record<string, unknown>,
): Record<string, unknown> {
  return transforms.reduce(
    (value, transform) => transform.json?.(value) ?? value,
    answer,
  );
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
