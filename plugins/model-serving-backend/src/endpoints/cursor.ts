import { InputError } from '@backstage/errors';

/** Where a page ends. */
export const encodeCursor = (pk: number) =>
  Buffer.from(`endpoints ${pk}`).toString('base64url');

/** @throws InputError for one of another list */
export function decodeCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  const pk = Number(/^endpoints (\d{1,15})$/.exec(text)?.[1]);
  if (Number.isSafeInteger(pk)) return pk;
  throw new InputError(
    'The cursor is not one of this list. Send nextCursor of the page before, or none.',
  );
}
