/* An upstream that writes down what it is asked, before it answers. Started as:
 * upstream.ts FILE PORT */
import fs from 'node:fs';
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const [file, port] = process.argv.slice(2);
const usage = { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 };

async function answer(req: http.IncomingMessage, res: http.ServerResponse) {
  const at = Date.now();
  const chunks: Buffer[] = [];
  for await (const chunk of req) {
    chunks.push(chunk);
  }
  const { model, stream, messages } = JSON.parse(
    Buffer.concat(chunks).toString(),
  );
  fs.appendFileSync(
    file,
    `${JSON.stringify({
      at,
      model,
      mark: messages[0].content,
      gateway: req.headers['x-gateway'],
    })}\n`,
  );
  const base = { id: 'c', created: 1, model };
  const message = { role: 'assistant', content: 'ok' };
  await delay(5 + Math.random() * 40);
  if (!stream) {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(
      JSON.stringify({
        ...base,
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason: 'stop' }],
        usage,
      }),
    );
    return;
  }
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let part = 0; part < 4; part++) {
    const choices = [{ index: 0, delta: message }];
    res.write(`data: ${JSON.stringify({ ...base, choices })}\n\n`);
    await delay(10);
  }
  res.write(`data: ${JSON.stringify({ ...base, choices: [], usage })}\n\n`);
  res.end('data: [DONE]\n\n');
}

http
  .createServer((req, res) => {
    answer(req, res).catch(() => res.destroy());
  })
  .listen(Number(port), '127.0.0.1');
