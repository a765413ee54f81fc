import {
  isGone,
  type Live,
  type ModelReviewsApi,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useReviews } from '../lib/useReviews';

/** A list that comes in pages. */
export interface ReviewPages<Item> {
  query: Live<{ items: Item[]; nextCursor?: string }>;
  pages: ReturnType<typeof usePages>;
}

/**
 * Asks for a page of what people wrote, and again when something changed.
 * Another question begins at its first page.
 *
 * @param name - of the list, e.g. `tips`
 * @param asked - all that the question depends on
 */
export function useReviewPages<Asked extends object, Item>(
  name: string,
  asked: Asked,
  ask: (
    api: ModelReviewsApi,
    query: Asked & { cursor?: string; limit: number },
    signal: AbortSignal,
  ) => Promise<{ items: Item[]; nextCursor?: string }>,
  limit = 10,
): ReviewPages<Item> {
  const key = `${name} ${JSON.stringify(asked)}`;
  const pages = usePages(key);
  const { cursor } = pages;
  const query = useReviews(`${key} ${cursor}`, (api, signal) =>
    ask(api, { ...asked, cursor, limit }, signal),
  );
  return { query, pages };
}

/**
 * What a link leads to, alone, as a page; without items when it is gone or not
 * for the reader.
 */
export async function alone<Item>(
  item: Promise<Item>,
): Promise<{ items: Item[] }> {
  try {
    return { items: [await item] };
  } catch (error) {
    if (isGone(error)) return { items: [] };
    throw error;
  }
}
