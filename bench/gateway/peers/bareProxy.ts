import http from 'node:http';
import { announce } from '../processes';

/**
 * The least that a proxy in Node can do about a model: parse the body, look the
 * name up in a `Map`, and pass the body on.
 */
const allowed = new Map(
  Array.from({ length: 10_000 }, (_, n) => [`acme/model-${n}`, true]),
);
const upstream = new URL(process.env.UPSTREAM ?? '');
const agent = new http.Agent({ keepAlive: true });

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
    const call = http.request(
      {
        agent,
        host: upstream.hostname,
        port: upstream.port,
        method: 'POST',
        path: req.url,
        headers: {
          'content-type': 'application/json',
          'content-length': body.length,
        },
      },
      answer => {
        res.writeHead(answer.statusCode ?? 502, {
          'content-type': String(answer.headers['content-type']),
          'content-length': String(answer.headers['content-length']),
        });
        answer.pipe(res);
      },
    );
    call.on('error', () => res.destroy());
    call.end(body);
  });
});
announce(server);
