import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface AskedRequest {
  body: Record<string, unknown>;
  authorization?: string;
  /** Requests under way when it came, itself included. */
  underWay: number;
}

export interface ModelBehaviour {
  /** Before the first piece, ms. */
  firstMs?: number;
  /** Between pieces, ms. */
  gapMs?: number;
  pieces?: number;
  /** Tokens that a piece stands for in what the server counts. */
  tokensPerPiece?: number;
  /** What a request is refused with, by its number from 0 on. */
  refuse?: (
    asked: AskedRequest,
    number: number,
  ) => { status: number; message: string } | undefined;
  /** Breaks off after so many pieces. */
  breakAfter?: number;
  /** Called as each request comes. */
  onRequest?: (number: number) => void;
}

const after = (ms: number) =>
  new Promise<void>(resolve => {
    setTimeout(resolve, ms);
  });

/** An OpenAI-compatible server whose answers take known times. */
export async function startModel(behaviour: ModelBehaviour = {}) {
  const asked: AskedRequest[] = [];
  let underWay = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const one: AskedRequest = {
      body: JSON.parse(await text(request)),
      authorization: request.headers.authorization,
      underWay,
    };
    const number = asked.push(one) - 1;
    behaviour.onRequest?.(number);
    const refusal = behaviour.refuse?.(one, number);
    if (refusal) {
      response.writeHead(refusal.status, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify({ error: { message: refusal.message } }));
      return;
    }
    await stream(response, one, behaviour);
  };
  const server = createServer((request, response) => {
    underWay += 1;
    response.on('close', () => {
      underWay -= 1;
    });
    answer(request, response).catch(error => response.destroy(error));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

async function stream(
  response: ServerResponse,
  { body }: AskedRequest,
  behaviour: ModelBehaviour,
) {
  const { firstMs = 0, gapMs = 0, pieces = 4, tokensPerPiece = 1 } = behaviour;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (data: object) =>
    response.write(`data: ${JSON.stringify({ id: 'c', ...data })}\n\n`);
  for (let n = 0; n < pieces; n++) {
    if (behaviour.breakAfter === n) {
      response.destroy();
      return;
    }
    await after(n === 0 ? firstMs : gapMs);
    if (response.destroyed) return;
    send({ choices: [{ index: 0, delta: { content: `w${n} ` } }] });
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
  if (body.stream_options) {
    send({
      choices: [],
      usage: { prompt_tokens: 40, completion_tokens: pieces * tokensPerPiece },
    });
  }
  response.end('data: [DONE]\n\n');
}
