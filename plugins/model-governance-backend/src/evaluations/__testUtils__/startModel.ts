import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

async function textOf(req: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of req) text += chunk;
  return text;
}

/** What a request asked, and of which model. */
export interface Asked {
  model: string;
  input: string;
  key?: string;
}

/** A model over real HTTP: it says what the test tells it, and can be held up. */
export async function startModel(answer: (asked: Asked) => string) {
  const asked: Asked[] = [];
  let answered = 0;
  let isHeld: (input: string) => boolean = () => false;
  let status = 200;
  const waiting: Array<() => void> = [];
  let watchers: Array<{ count: number; seen: () => void }> = [];
  const server = createServer(async (req, res) => {
    const { model, messages } = JSON.parse(await textOf(req));
    const it: Asked = {
      model,
      input: messages.at(-1).content,
      key: req.headers.authorization,
    };
    asked.push(it);
    if (isHeld(it.input)) {
      await new Promise<void>(resolve => {
        waiting.push(resolve);
        watchers = watchers.filter(({ count, seen }) => {
          if (waiting.length < count) return true;
          seen();
          return false;
        });
      });
    }
    if (res.destroyed) return;
    answered += 1;
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(
      JSON.stringify(
        status === 200
          ? {
              id: 'x',
              object: 'chat.completion',
              model,
              choices: [
                {
                  index: 0,
                  finish_reason: 'stop',
                  message: { role: 'assistant', content: answer(it) },
                },
              ],
              usage: {
                prompt_tokens: 10,
                completion_tokens: 2,
                total_tokens: 12,
              },
            }
          : { error: { message: 'No key, no answer.' } },
      ),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    answered: () => answered,
    /** These requests wait from now on. */
    hold: (which: (input: string) => boolean) => {
      isHeld = which;
    },
    release: () => {
      isHeld = () => false;
      for (const go of waiting.splice(0)) go();
    },
    refuse: (code: number) => {
      status = code;
    },
    /** Resolves when so many requests wait. */
    held: (count: number) =>
      waiting.length >= count
        ? Promise.resolve()
        : new Promise<void>(seen => watchers.push({ count, seen })),
    stop: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(resolve));
    },
  };
}

export type TestModel = Awaited<ReturnType<typeof startModel>>;
