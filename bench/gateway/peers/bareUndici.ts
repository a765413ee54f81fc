import http from 'node:http';
import { Pool } from 'undici';
import { announce } from '../processes';

/** As `bareProxy`, with undici's `stream` to the provider. */
const allowed = new Map(
  Array.from({ length: 10_000 }, (_, n) => [`acme/model-${n}`, true]),
);
const pool = new Pool(process.env.UPSTREAM ?? '', { connections: 128 });

const server = http.createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', chunk => chunks.push(chunk));
  req.on('end', () => {
    const body = Buffer.concat(chunks);
    const { model } = JSON.parse(body.toString());
    if (!allowed.has(model)) {
      res.writeHead(403).end();
      return;
    }
    pool.stream(
      {
        method: 'POST',
        path: req.url ?? '/',
        headers: { 'content-type': 'application/json' },
        body,
      },
      ({ statusCode, headers }) => {
        res.writeHead(statusCode, {
          'content-type': String(headers['content-type']),
          'content-length': String(headers['content-length']),
        });
        return res;
      },
      error => {
        if (error) {
          res.destroy();
        }
      },
    );
  });
});
announce(server);
