import { createHash } from 'node:crypto';
import http, { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DemoModels, UnknownVersionError } from './DemoModels';
import { answerTo, countTokens, embed } from './text';

const LONGEST_BODY = 32 * 1024 * 1024;
const KEPT_CALLS = 100;
/** 2026-01-01, so that answers do not depend on the day. */
const CREATED = 1_767_225_600;

interface Message {
  role: string;
  content: unknown;
}

interface Body {
  model: string;
  messages?: Message[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  input?: string | string[];
  dimensions?: number;
}

/** A call as `GET /__calls` tells it. */
export interface RecordedCall {
  path: string;
  model: string;
  stream: boolean;
  headers: http.IncomingHttpHeaders;
  /** Whether the caller went away before the end. */
  aborted: boolean;
}

const usageOf = (prompt: number, completion: number) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
});

/**
 * A small OpenAI-compatible server: it answers from the prompt alone, always in
 * the same way, and remembers who called. There is no model in it but the small
 * ones of `artifacts`, which it really runs: their answer is a label.
 *
 * @public
 */
export class DemoUpstream {
  readonly #delayMs: number;
  readonly #models: DemoModels;
  readonly #calls: RecordedCall[] = [];
  readonly #server: http.Server;

  private constructor(delayMs: number, models: DemoModels) {
    this.#delayMs = delayMs;
    this.#models = models;
    this.#server = http.createServer((req, res) => this.#answer(req, res));
  }

  /**
   * @param options - `delayMs` between the words of a streamed answer;
   * `artifacts` is a folder with weights, `<publisher>/<name>/<version>`
   * @throws Error where it cannot listen, or cannot read the weights
   */
  static async create(options: {
    host?: string;
    port: number;
    delayMs?: number;
    artifacts?: string;
  }): Promise<DemoUpstream> {
    const upstream = new DemoUpstream(
      options.delayMs ?? 15,
      options.artifacts === undefined
        ? DemoModels.none()
        : DemoModels.read(options.artifacts),
    );
    await new Promise<void>((resolve, reject) => {
      upstream.#server.once('error', reject);
      upstream.#server.listen(options.port, options.host ?? '127.0.0.1', () =>
        resolve(),
      );
    });
    return upstream;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The last calls, oldest first. */
  get calls(): readonly RecordedCall[] {
    return this.#calls;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      const path = (req.url ?? '').split('?', 1)[0];
      if (req.method === 'GET' && path === '/v1/models') {
        const ids = ['demo-chat', 'demo-embedding', ...this.#models.ids];
        send(res, 200, {
          object: 'list',
          data: ids.map(id => ({
            id,
            object: 'model',
            created: CREATED,
            owned_by: 'demo',
          })),
        });
      } else if (req.method === 'GET' && path === '/__calls') {
        send(res, 200, { items: this.#calls });
      } else if (req.method === 'POST' && path === '/v1/chat/completions') {
        const body = await readBody(req);
        await this.#chat(body, this.#record(req, res, path, body), res);
      } else if (req.method === 'POST' && path === '/v1/embeddings') {
        const body = await readBody(req);
        this.#record(req, res, path, body);
        sendEmbeddings(res, body);
      } else {
        send(res, 404, { error: { message: 'No such route', code: '404' } });
      }
    } catch (error) {
      if (res.headersSent) {
        res.destroy();
      } else if (error instanceof UnknownVersionError) {
        const { message } = error;
        send(res, 404, { error: { message, code: 'model_not_found' } });
      } else {
        send(res, 400, { error: { message: (error as Error).message } });
      }
    }
  }

  #record(req: IncomingMessage, res: ServerResponse, path: string, body: Body) {
    const call: RecordedCall = {
      path,
      model: body.model,
      stream: body.stream === true,
      headers: {
        ...req.headers,
        ...(req.headers.authorization && { authorization: 'hidden' }),
      },
      aborted: false,
    };
    res.once('close', () => {
      call.aborted = !res.writableFinished;
    });
    this.#calls.push(call);
    this.#calls.splice(0, this.#calls.length - KEPT_CALLS);
    return call;
  }

  /** A classifier reads what the user said last, and no instructions. */
  #answerOf(model: string, messages: Message[]): string {
    const classifier = this.#models.find(String(model));
    if (!classifier) {
      return answerTo(textOf(messages.at(-1)?.content));
    }
    const said = messages.filter(({ role }) => role === 'user').at(-1);
    return classifier.labelOf(textOf(said?.content));
  }

  async #chat(body: Body, call: RecordedCall, res: ServerResponse) {
    const messages = body.messages ?? [];
    const prompt = messages.map(it => textOf(it.content));
    const content = this.#answerOf(body.model, messages);
    const usage = usageOf(countTokens(prompt.join('\n')), countTokens(content));
    const id = `chatcmpl-${createHash('sha256')
      .update(prompt.join('\n'))
      .digest('hex')
      .slice(0, 24)}`;
    const base = { id, created: CREATED, model: body.model };
    if (!call.stream) {
      send(res, 200, {
        ...base,
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content },
            finish_reason: 'stop',
          },
        ],
        usage,
      });
      return;
    }
    res.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
    });
    const event = (fields: object) =>
      res.write(
        `data: ${JSON.stringify({
          ...base,
          object: 'chat.completion.chunk',
          ...fields,
        })}\n\n`,
      );
    const choice = (delta: object, finish?: string) =>
      event({ choices: [{ index: 0, delta, finish_reason: finish }] });
    choice({ role: 'assistant', content: '' });
    for (const word of content.match(/\S+\s*/g) ?? []) {
      if (res.destroyed) {
        return;
      }
      choice({ content: word });
      await delay(this.#delayMs);
    }
    choice({}, 'stop');
    if (body.stream_options?.include_usage) {
      event({ choices: [], usage });
    }
    res.end('data: [DONE]\n\n');
  }
}

function sendEmbeddings(res: ServerResponse, body: Body): void {
  const inputs = [body.input ?? ''].flat();
  const tokens = inputs.reduce((sum, text) => sum + countTokens(text), 0);
  send(res, 200, {
    object: 'list',
    model: body.model,
    data: inputs.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: embed(text, body.dimensions ?? 256),
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}

function textOf(content: unknown): string {
  if (Array.isArray(content)) {
    return content.map(part => part?.text ?? '').join('\n');
  }
  return typeof content === 'string' ? content : '';
}

async function readBody(req: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > LONGEST_BODY) {
      throw new Error('The body is too large');
    }
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}

function send(res: ServerResponse, status: number, value: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(value));
}
