import http from 'node:http';
import { announce } from '../processes';

/** Whom nginx asks: it sees the headers, and of the model what a header says. */
const allowed = new Map(
  Array.from({ length: 10_000 }, (_, n) => [`acme/model-${n}`, true]),
);

announce(
  http.createServer((req, res) => {
    res.writeHead(allowed.has(String(req.headers['x-model'])) ? 204 : 403);
    res.end();
  }),
);
