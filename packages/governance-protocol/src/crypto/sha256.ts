import { createHash } from 'node:crypto';

/**
 * SHA-256 in lower-case hex. Text is hashed as UTF-8.
 *
 * @public
 */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
