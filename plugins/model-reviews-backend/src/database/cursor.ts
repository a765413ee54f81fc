import { InputError } from '@backstage/errors';

/** Where a page of a sorted list ends. */
export interface Position {
  /** By what the list is sorted. */
  sort: string;
  value: string | number;
  /** Tells rows with the same value apart. */
  pk: number;
}

export function encodeCursor({ sort, value, pk }: Position): string {
  return Buffer.from(JSON.stringify([sort, value, pk])).toString('base64url');
}

/** @throws InputError for one of another list */
export function decodeCursor(
  cursor: string | undefined,
  sort: string,
): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [of, value, pk] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    if (
      of === sort &&
      ['string', 'number'].includes(typeof value) &&
      Number.isSafeInteger(pk)
    ) {
      return { sort, value, pk };
    }
  } catch {
    // Not one of ours, like one of another list.
  }
  throw new InputError(
    'The cursor is not one of this list. Send nextCursor of the page before, or none.',
  );
}
