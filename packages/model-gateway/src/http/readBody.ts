import type { IncomingMessage } from 'node:http';
import { ApiError } from './ApiError';

const EMPTY = Buffer.alloc(0);

/** The bytes of a body, never more than `maxBytes` of them. */
export function readBody(
  req: IncomingMessage,
  maxBytes: number,
): Promise<Buffer> {
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new ApiError(
      415,
      'unsupported_content_encoding',
      'Send the body without content-encoding.',
      { headers: { connection: 'close' } },
    );
  }
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
    throw tooLarge(maxBytes);
  }
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let chunks: Buffer[] | undefined;
    let size = 0;
    let settled = false;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        // Leaves the request open, so that it can still be answered.
        settled = true;
        req.pause();
        req.removeAllListeners('data');
        reject(tooLarge(maxBytes));
      } else if (first === undefined) {
        first = chunk;
      } else {
        chunks ??= [first];
        chunks.push(chunk);
      }
    });
    req.on('end', () => {
      settled = true;
      resolve(chunks ? Buffer.concat(chunks, size) : first ?? EMPTY);
    });
    const broken = () => {
      if (!settled) {
        settled = true;
        reject(
          new ApiError(
            400,
            'bad_request',
            'The request ended before its body.',
          ),
        );
      }
    };
    req.on('error', broken);
    req.on('close', broken);
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
