import { ApiError } from './ApiError';
import type { CallerRequest } from './callerTypes';

const EMPTY = Buffer.alloc(0);

/**
 * The bytes of a body, never more than `maxBytes` of them. Waits only where they
 * did not come together with the head.
 *
 * @throws ApiError 400, 408, 413 or 415, or rejects with it
 */
export function readBody(
  req: CallerRequest,
  maxBytes: number,
): Buffer | Promise<Buffer> {
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new ApiError(
      415,
      'unsupported_content_encoding',
      'Send the body without content-encoding.',
      { headers: { connection: 'close' } },
    );
  }
  const { whole } = req;
  if (
    (whole?.length ?? Number(req.headers['content-length'] ?? 0)) > maxBytes
  ) {
    throw tooLarge(maxBytes);
  }
  return whole ?? receive(req, maxBytes);
}

function receive(req: CallerRequest, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let chunks: Buffer[] | undefined;
    let size = 0;
    req.receive({
      data: chunk => {
        size += chunk.length;
        if (size > maxBytes) {
          // Leaves the request open, so that it can still be answered.
          reject(tooLarge(maxBytes));
          return false;
        }
        if (first === undefined) {
          first = chunk;
        } else {
          chunks ??= [first];
          chunks.push(chunk);
        }
        return true;
      },
      end: () => resolve(chunks ? Buffer.concat(chunks, size) : first ?? EMPTY),
      broken: reason => reject(brokenBody(reason)),
    });
  });
}

function brokenBody(reason: 'gone' | 'invalid' | 'timeout'): ApiError {
  return reason === 'timeout'
    ? new ApiError(408, 'request_timeout', 'The request took too long.', {
        headers: { connection: 'close' },
      })
    : new ApiError(400, 'bad_request', 'The request ended before its body.', {
        headers: { connection: 'close' },
      });
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError(
    413,
    'request_too_large',
    `The body is larger than ${maxBytes} bytes, the most that this gateway takes.`,
    { headers: { connection: 'close' } },
  );
}
