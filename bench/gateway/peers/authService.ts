import { sha256Hex } from '@modelhub/governance-protocol';
import http from 'node:http';
import { secretOf } from '../allowlist';
import { announce } from '../processes';

/**
 * Whom nginx asks: it knows the keys by their hashes, and of the model what a
 * header says.
 */
const keys = new Map(
  Array.from({ length: 10_000 }, (_, n) => [sha256Hex(secretOf(n)), true]),
);
const allowed = new Map(
  Array.from({ length: 10_000 }, (_, n) => [`acme/model-${n}`, true]),
);

announce(
  http.createServer((req, res) => {
    const secret = (req.headers.authorization ?? '').replace('Bearer ', '');
    const isGood =
      keys.has(sha256Hex(secret)) &&
      allowed.has(String(req.headers['x-model']));
    res.writeHead(isGood ? 204 : 403);
    res.end();
  }),
);
