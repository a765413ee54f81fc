import type { IncomingMessage } from 'node:http';
import { ApiError } from './ApiError';

const MOST_BYTES = 8 * 1024 * 1024;

/** @throws ApiError with status 400 or 413 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) {
      throw new ApiError(413, `A body may have ${MOST_BYTES} bytes.`);
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new ApiError(400, 'The body is no JSON.', { code: 'invalid_json' });
  }
}
