import http from 'node:http';
import { announce } from '../processes';

const ANSWER = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_767_225_600,
    model: 'chat',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'In short: it works.' },
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 12, completion_tokens: 6, total_tokens: 18 },
  }),
);
const HEADERS = {
  'content-type': 'application/json',
  'content-length': ANSWER.length,
};

/** The provider of all peers: reads the request and always says the same. */
const server = http.createServer((req, res) => {
  req.resume();
  req.on('end', () => {
    res.writeHead(200, HEADERS);
    res.end(ANSWER);
  });
});
server.keepAliveTimeout = 120_000;
announce(server);
