import type { ErrorResponseBody } from '@backstage/errors';
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

/**
 * Reads JSON bodies, and answers 413 to one that is too large and 415 to one in
 * an encoding that is not read. Give it to `createValidatedOpenApiRouter` as
 * middleware: that router turns every error of a body into status 400.
 *
 * @param options - `limit` in bytes, or with a unit (`1mb`); 100 KiB by default
 *
 * @public
 */
export function readJsonBody(
  options: { limit?: number | string } = {},
): RequestHandler {
  const read = express.json({ limit: options.limit ?? '100kb' });
  return (req, res, next) =>
    read(req, res, (error?: unknown) => {
      const { status = 400 } = (error ?? {}) as BodyError;
      const explain = words[status];
      if (!error || !explain) {
        next(error);
        return;
      }
      const body: ErrorResponseBody = {
        error: {
          name: status === 413 ? 'PayloadTooLargeError' : 'UnsupportedMediaTypeError',
          message: explain(error as BodyError),
        },
        request: { method: req.method, url: req.originalUrl },
        response: { statusCode: status },
      };
      res.status(status).json(body);
    });
}
