import { InputError, type ErrorResponseBody } from '@backstage/errors';
import express, { type RequestHandler } from 'express';

/** What body-parser says besides the message. */
interface BodyError extends Error {
  status?: number;
  limit?: number;
}

const words: Record<number, (error: BodyError) => string> = {
  413: ({ limit }) =>
    `The request body is larger than ${limit} bytes, which is the most that this route reads. Send less at one time.`,
  415: ({ message }) =>
    `The request body cannot be read: ${message}. Send JSON in UTF-8.`,
};

/** What databases and signed JSON cannot hold: NUL, and halves of a character. */
const UNKEPT = /[\0\p{Surrogate}]/u;

function holdsUnkept(value: unknown): boolean {
  if (typeof value === 'string') return UNKEPT.test(value);
  if (Array.isArray(value)) return value.some(holdsUnkept);
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(
      ([key, it]) => UNKEPT.test(key) || holdsUnkept(it),
    )
  );
}

/** UTF-8 has no other way to write what is not kept, and hardly any body has it. */
const mayHoldUnkept = (body: Buffer, encoding: string) =>
  encoding !== 'utf-8' || body.includes('\\u');

/**
 * Reads JSON bodies, and answers 413 to one that is too large and 415 to one in
 * an encoding that is not read, by itself: routers that check OpenAPI documents
 * turn every error of a body into status 400. Texts
 * that no database takes (with a NUL or half of a surrogate pair) are refused
 * with status 400, a NUL in the address too.
 *
 * @param options - `limit` in bytes, or with a unit (`1mb`); 100 KiB by default
 *
 * @public
 */
export function readJsonBody(
  options: { limit?: number | string } = {},
): RequestHandler {
  const doubtful = new WeakSet<object>();
  const read = express.json({
    limit: options.limit ?? '100kb',
    verify: (req, _res, body, encoding) => {
      if (mayHoldUnkept(body, encoding)) doubtful.add(req);
    },
  });
  return (req, res, next) => {
    if (req.originalUrl.includes('%00')) {
      next(new InputError('The address holds a NUL. Send it without.'));
      return;
    }
    read(req, res, (error?: unknown) => {
      if (!error && doubtful.has(req) && holdsUnkept(req.body)) {
        next(
          Object.assign(
            new SyntaxError(
              'A text holds a NUL or half of a surrogate pair. Send it without.',
            ),
            { status: 400, type: 'entity.parse.failed', expose: true },
          ),
        );
        return;
      }
      const { status = 400 } = (error ?? {}) as BodyError;
      const explain = words[status];
      if (!error || !explain) {
        next(error);
        return;
      }
      const body: ErrorResponseBody = {
        error: {
          name:
            status === 413
              ? 'PayloadTooLargeError'
              : 'UnsupportedMediaTypeError',
          message: explain(error as BodyError),
        },
        request: { method: req.method, url: req.originalUrl },
        response: { statusCode: status },
      };
      res.status(status).json(body);
    });
  };
}
