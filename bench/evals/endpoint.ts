import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

// A model that takes a known time for each answer, as a process of its own.
const ownMs = Number(process.argv[2]);

const server = createServer(async (request, response) => {
  const { messages, model } = JSON.parse(await text(request));
  const question: string = messages.at(-1).content;
  setTimeout(() => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: 'a',
        object: 'chat.completion',
        created: 0,
        model,
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: question.slice(-3) },
            finish_reason: 'stop',
          },
        ],
        usage: { prompt_tokens: 20, completion_tokens: 2, total_tokens: 22 },
      }),
    );
  }, ownMs);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
