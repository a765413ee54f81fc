import { randomInt } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 16;

/**
 * A new id: `ev`, the hub and 16 random characters. A DNS label, because engines
 * name things by it; the hub's own, so that nobody ends what is another's.
 */
export function newEndpointId(instance: string): string {
  const random = Array.from(
    { length: LENGTH },
    () => ALPHABET[randomInt(ALPHABET.length)],
  ).join('');
  return `ev-${instance}-${random}`;
}

/** Whether an id is one that this hub made. */
export const ownsId = (instance: string, id: string): boolean =>
  id.startsWith(`ev-${instance}-`);
