import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  path: string;
  authorization?: string;
  body: {
    model: string;
    messages: Array<{
      role: string;
      content: string;
      tool_calls?: Array<{ id: string; function: { name: string } }>;
      tool_call_id?: string;
    }>;
    input: string[];
    prompt: string;
    stream?: boolean;
    [name: string]: unknown;
  };
  /** The last message, or the prompt. */
  last: string;
  /** When it came. */
  at: number;
}

export interface Said {
  text?: string;
  calls?: Array<{ name: string; arguments: unknown }>;
  vectors?: number[][];
  model?: string;
  usage?: [input: number, output: number];
  status?: number;
  headers?: Record<string, string>;
  message?: string;
  /** Answers whole although a stream was asked for. */
  isWhole?: boolean;
  /** Closes the connection after the first piece. */
  isBroken?: boolean;
  /** Resolves before the answer is sent. */
  after?: Promise<unknown>;
}

/** An OpenAI-compatible server that says what it is told to. */
export async function startEndpoint(
  say: (asked: Asked, number: number) => Said | string,
) {
  const asked: Asked[] = [];
  let underWay = 0;
  const most = { underWay: 0 };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(await text(request)) as Asked['body'];
    const one: Asked = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body,
      last: body.messages?.at(-1)?.content ?? body.prompt,
      at: performance.now(),
    };
    const number = asked.push(one) - 1;
    const told = say(one, number);
    const said = typeof told === 'string' ? { text: told } : told;
    await said.after;
    if (!response.destroyed) send(response, one, said);
  };
  const server = createServer((request, response) => {
    underWay += 1;
    most.underWay = Math.max(most.underWay, underWay);
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
    most,
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

function send(response: ServerResponse, { body, path }: Asked, said: Said) {
  const json = (status: number, value: unknown) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      ...said.headers,
    });
    response.end(JSON.stringify(value));
  };
  if (said.status) {
    json(said.status, { error: { message: said.message ?? 'no' } });
    return;
  }
  const model = said.model ?? body.model;
  if (path.endsWith('/embeddings')) {
    const data = (said.vectors ?? []).map((embedding, index) => ({
      index,
      embedding,
    }));
    json(200, { model, data, usage: { prompt_tokens: 3, total_tokens: 3 } });
    return;
  }
  const calls = said.calls?.map((call, index) => ({
    index,
    id: `c${index}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }));
  const usage = said.usage && {
    prompt_tokens: said.usage[0],
    completion_tokens: said.usage[1],
  };
  const finish_reason = calls ? 'tool_calls' : 'stop';
  const content = said.text ?? '';
  if (!body.stream || said.isWhole) {
    const choice = path.endsWith('/chat/completions')
      ? { message: { content, tool_calls: calls }, finish_reason }
      : { text: content, finish_reason };
    json(200, { model, choices: [choice], usage });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const piece = (value: object) =>
    response.write(`data: ${JSON.stringify({ model, ...value })}\n\n`);
  const half = Math.ceil(content.length / 2);
  for (const part of [content.slice(0, half), content.slice(half)]) {
    if (part) {
      piece({
        choices: [
          path.endsWith('/chat/completions')
            ? { index: 0, delta: { content: part } }
            : { index: 0, text: part },
        ],
      });
    }
    if (said.isBroken) {
      response.end();
      return;
    }
  }
  for (const { function: called, ...call } of calls ?? []) {
    const { name, arguments: given } = called;
    // As servers do: the name first, then the arguments piece by piece.
    const parts = [
      { ...call, function: { name, arguments: '' } },
      ...[given.slice(0, 3), given.slice(3)].map(it => ({
        index: call.index,
        function: { arguments: it },
      })),
    ];
    for (const part of parts) {
      piece({ choices: [{ index: 0, delta: { tool_calls: [part] } }] });
    }
  }
  piece({ choices: [{ index: 0, delta: {}, finish_reason }] });
  if (usage && body.stream_options) piece({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}
