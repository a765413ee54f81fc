import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Prompt, TextEngine } from '../engine/TextEngine';
import type { Log } from '../program/log';
import { chatShape, completionShape, type Shape } from './answers';
import { ApiError } from './ApiError';
import {
  readChat,
  readCompletion,
  readEmbeddings,
  type GenerationCall,
} from './calls';
import { generate, type Kitchen } from './generate';
import { Metrics } from './Metrics';
import { readJson } from './readJson';
import { Slots } from './Slots';

/** What a server is told. */
export interface GgufServerOptions {
  host: string;
  port: number;
  /** How callers name the model. */
  servedName: string;
  /** What callers have to send; without it everybody may call. */
  token?: string;
  /** Answers at a time. */
  parallel: number;
  /** Calls that may wait for their turn. */
  queue: number;
  log: Log;
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();

/** An OpenAI-compatible API over one model. It listens before the model is loaded. */
export class GgufServer {
  static async listen(options: GgufServerOptions): Promise<GgufServer> {
    const server = new GgufServer(options);
    server.#http.listen(options.port, options.host);
    await once(server.#http, 'listening');
    return server;
  }

  readonly #options: GgufServerOptions;
  readonly #http: Server;
  readonly #slots: Slots;
  readonly #metrics: Metrics;
  readonly #token?: Buffer;
  readonly #stopping = new AbortController();
  readonly #created = Math.floor(Date.now() / 1000);
  #engine?: TextEngine;
  #progress = 0;
  #isDraining = false;

  private constructor(options: GgufServerOptions) {
    this.#options = options;
    this.#token =
      options.token === undefined ? undefined : digestOf(options.token);
    this.#slots = new Slots(options.parallel, options.queue);
    this.#metrics = new Metrics({
      model: options.servedName,
      slots: this.#slots,
    });
    this.#http = createServer((request, response) => {
      this.#answer(request, response);
    });
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  /** Share of the start that is done, 0 to 1. */
  progress(share: number): void {
    this.#progress = share;
  }

  serve(engine: TextEngine): void {
    this.#engine = engine;
  }

  /**
   * Takes no more calls, waits for those that are being answered, and ends what
   * is left after that time.
   */
  async drain(graceMs: number): Promise<void> {
    this.#isDraining = true;
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeIdleConnections();
    const timer = setTimeout(() => {
      this.#stopping.abort(
        new ApiError(503, 'The server ends.', { type: 'server_error' }),
      );
      this.#http.closeAllConnections();
    }, graceMs);
    await closed;
    clearTimeout(timer);
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort(new Error('the caller left'));
    });
    const signal = AbortSignal.any([gone.signal, this.#stopping.signal]);
    try {
      await this.#route(request, response, signal);
    } catch (error) {
      if (!gone.signal.aborted) this.#refuse(response, error);
    }
  }

  async #route(
    request: IncomingMessage,
    response: ServerResponse,
    signal: AbortSignal,
  ): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://server');
    const route = `${request.method} ${pathname}`;
    if (route === 'GET /health') {
      this.#health(response);
      return;
    }
    this.#authorise(request);
    switch (route) {
      case 'GET /metrics':
        response.setHeader('content-type', 'text/plain; version=0.0.4');
        response.end(await this.#metrics.text());
        return;
      case 'GET /v1/models':
        send(response, 200, { object: 'list', data: [this.#model()] });
        return;
      case 'POST /v1/chat/completions': {
        const call = readChat(await readJson(request));
        const kitchen = this.#kitchen(call.model);
        const prompt = kitchen.engine.ofMessages(call.messages);
        const shape = chatShape(this.#options.servedName);
        await this.#generate(response, {
          kitchen,
          call,
          prompt,
          shape,
          signal,
        });
        return;
      }
      case 'POST /v1/completions': {
        const call = readCompletion(await readJson(request));
        const kitchen = this.#kitchen(call.model);
        const prompt = kitchen.engine.ofText(call.prompt);
        const shape = completionShape(this.#options.servedName);
        await this.#generate(response, {
          kitchen,
          call,
          prompt,
          shape,
          signal,
        });
        return;
      }
      case 'POST /v1/embeddings':
        await this.#embed(response, await readJson(request), signal);
        return;
      default:
        throw new ApiError(
          404,
          `There is no ${route} here; there are /v1/models, /v1/chat/completions, /v1/completions and /v1/embeddings.`,
          { code: 'unknown_url' },
        );
    }
  }

  /** @throws ApiError where the token is missing or another; takes the same time for every wrong one */
  #authorise({ headers }: IncomingMessage): void {
    if (!this.#token) return;
    const [, sent] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
    if (!timingSafeEqual(digestOf(sent ?? ''), this.#token)) {
      throw new ApiError(
        401,
        'Send the token of this server as "Authorization: Bearer …".',
        { type: 'authentication_error', code: 'invalid_api_key' },
      );
    }
  }

  #health(response: ServerResponse): void {
    const isUp = this.#engine !== undefined && !this.#isDraining;
    const loading = this.#engine ? 'ending' : 'loading';
    send(response, isUp ? 200 : 503, {
      status: isUp ? 'ok' : loading,
      progress: this.#engine ? 1 : this.#progress,
      model: this.#options.servedName,
      running: this.#slots.running,
      waiting: this.#slots.waiting,
    });
  }

  #model() {
    return {
      id: this.#options.servedName,
      object: 'model',
      created: this.#created,
      owned_by: 'modelhub',
      max_model_len: this.#engine?.contextTokens,
    };
  }

  /** @throws ApiError while the model is loaded, and for another model */
  #kitchen(model: string): Kitchen {
    if (this.#isDraining || !this.#engine) {
      throw new ApiError(
        503,
        this.#isDraining
          ? 'The server ends; call another one.'
          : 'The model is being loaded; try again in a moment.',
        { type: 'server_error', code: 'not_ready', retryAfter: 2 },
      );
    }
    const { servedName } = this.#options;
    if (model !== servedName) {
      throw new ApiError(
        404,
        `There is no model '${model}' here; this server runs '${servedName}'.`,
        { param: 'model', code: 'model_not_found' },
      );
    }
    return { engine: this.#engine, slots: this.#slots, metrics: this.#metrics };
  }

  async #generate(
    response: ServerResponse,
    work: {
      kitchen: Kitchen;
      call: GenerationCall;
      prompt: Prompt;
      shape: Shape;
      signal: AbortSignal;
    },
  ): Promise<void> {
    const { kitchen, call, prompt, shape, signal } = work;
    if (!call.isStream) {
      let text = '';
      const say = (piece: string) => {
        text += piece;
      };
      const outcome = await generate(kitchen, { prompt, call, signal, say });
      send(response, 200, shape.whole(text, outcome));
      return;
    }
    const say = async (piece: string) => {
      if (!response.headersSent) {
        begin(response);
        if (shape.begin) await event(response, shape.begin());
      }
      await event(response, shape.piece(piece));
    };
    const outcome = await generate(kitchen, { prompt, call, signal, say });
    if (!response.headersSent) begin(response);
    await event(response, shape.end(outcome.finishReason));
    if (call.withUsage) await event(response, shape.usage(outcome.usage));
    response.end('data: [DONE]\n\n');
  }

  async #embed(
    response: ServerResponse,
    body: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    const { model, inputs, isBase64 } = readEmbeddings(body);
    const { engine, slots } = this.#kitchen(model);
    if (!engine.canEmbed) {
      throw new ApiError(
        400,
        'This server was started for answers; start it with --embeddings for a model that makes embeddings.',
        { code: 'unsupported_model' },
      );
    }
    const giveBack = await slots.take(signal);
    try {
      const data: object[] = [];
      let tokens = 0;
      for (const [index, input] of inputs.entries()) {
        signal.throwIfAborted();
        const made = await engine.embed(input);
        tokens += made.tokens;
        data.push({
          object: 'embedding',
          index,
          embedding: isBase64
            ? Buffer.from(Float32Array.from(made.vector).buffer).toString(
                'base64',
              )
            : made.vector,
        });
      }
      send(response, 200, {
        object: 'list',
        model,
        data,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      });
    } finally {
      giveBack();
    }
  }

  #refuse(response: ServerResponse, error: unknown): void {
    const known =
      error instanceof ApiError
        ? error
        : new ApiError(
            500,
            'Something went wrong in this server; see its log.',
            {
              type: 'server_error',
            },
          );
    if (known.status >= 500) {
      this.#options.log('error', `A call failed: ${(error as Error).message}`);
    }
    if (response.headersSent) {
      response.end(`data: ${JSON.stringify(known)}\n\n`);
      return;
    }
    if (known.retryAfter) response.setHeader('retry-after', known.retryAfter);
    send(response, known.status, known);
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function begin(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
  });
}

/** Waits while the caller is slower than the model. */
async function event(response: ServerResponse, data: object): Promise<void> {
  if (!response.write(`data: ${JSON.stringify(data)}\n\n`)) {
    await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
}
