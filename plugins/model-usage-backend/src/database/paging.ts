import { InputError } from '@backstage/errors';

const DEFAULT_LIMIT = 100;

/** A page of a list whose order does not change much: the cursor counts rows. */
export function pageOf(query: { cursor?: string; limit?: number }): {
  offset: number;
  limit: number;
} {
  const offset = query.cursor === undefined ? 0 : Number(query.cursor);
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new InputError(
      'The cursor is not one of this list. Send nextCursor of the page before, or none.',
    );
  }
  return { offset, limit: Number(query.limit ?? DEFAULT_LIMIT) };
}

/** @param rows - one more than the page holds, when there is a next one */
export function pageWithCursor<T>(
  rows: T[],
  { offset, limit }: { offset: number; limit: number },
): { items: T[]; nextCursor?: string } {
  return {
    items: rows.slice(0, limit),
    ...(rows.length > limit && { nextCursor: String(offset + limit) }),
  };
}
