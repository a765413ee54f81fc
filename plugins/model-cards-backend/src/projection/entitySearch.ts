import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';

const MAX_LENGTH = 200;

/** One flattened field of an entity, in lower case. */
export type SearchPair = { key: string; value: string | undefined };

/**
 * Flattens `metadata`, `spec` and ownership of an entity the way the catalog's
 * own search table does, so that its permission rules mean the same here:
 * keys and values in lower case, values over 200 characters without value, and
 * for each string in a list also the key `list.string` with the value `true`.
 *
 * @see https://github.com/backstage/backstage `plugins/catalog-backend/src/database/operations/stitcher/buildEntitySearch.ts`
 */
export function flattenForSearch(entity: Entity): SearchPair[] {
  const pairs = new Map<string, SearchPair>();

  const add = (path: string, raw: unknown) => {
    const key = path.toLowerCase();
    if (key.length > MAX_LENGTH) {
      return;
    }
    const text =
      raw === undefined || raw === null ? undefined : String(raw).toLowerCase();
    const value =
      text !== undefined && text.length <= MAX_LENGTH ? text : undefined;
    pairs.set(JSON.stringify([key, value]), { key, value });
  };

  const visit = (path: string, current: unknown): void => {
    if (Array.isArray(current)) {
      for (const item of current) {
        visit(path, item);
        if (typeof item === 'string') {
          add(`${path}.${item}`, true);
        }
      }
    } else if (typeof current === 'object' && current !== null) {
      for (const [key, value] of Object.entries(current)) {
        visit(`${path}.${key}`, value);
      }
    } else {
      add(path, current);
    }
  };

  const { etag: _, ...metadata } = entity.metadata;
  visit('metadata', metadata);
  add('metadata.namespace', metadata.namespace ?? DEFAULT_NAMESPACE);
  visit('spec', entity.spec ?? {});
  for (const { type, targetRef } of entity.relations ?? []) {
    if (type === 'ownedBy') {
      add('relations.ownedBy', targetRef);
    }
  }
  return [...pairs.values()];
}
