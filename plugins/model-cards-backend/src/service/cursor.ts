import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';

/** Where a page ended. */
export type PagePosition = {
  value: string | number;
  id: number;
  fuzzy: boolean;
};

const fingerprint = (question: object) =>
  createHash('sha256')
    .update(JSON.stringify(question))
    .digest('base64url')
    .slice(0, 12);

/** A cursor that fits only the question it was made for. */
export function encodeCursor(position: PagePosition, question: object): string {
  return Buffer.from(
    JSON.stringify([
      position.value,
      position.id,
      position.fuzzy,
      fingerprint(question),
    ]),
  ).toString('base64url');
}

/**
 * The position that a cursor names.
 *
 * @throws InputError when it is not ours, or belongs to another question.
 */
export function decodeCursor(cursor: string, question: object): PagePosition {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    parts = undefined;
  }
  if (Array.isArray(parts)) {
    const [value, id, fuzzy, print] = parts;
    if (
      (typeof value === 'string' || typeof value === 'number') &&
      Number.isInteger(id) &&
      typeof fuzzy === 'boolean' &&
      print === fingerprint(question)
    ) {
      return { value, id, fuzzy };
    }
  }
  throw new InputError(
    'The cursor does not belong to this query; start again without a cursor',
  );
}
