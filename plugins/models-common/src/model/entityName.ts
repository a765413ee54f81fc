const MAX_NAME_LENGTH = 63;

/** 32-bit FNV-1a as 8 hex digits: tells names apart, protects nothing. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}

function slug(providerId: string): string {
  return providerId
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/[-_.]*-[-_.]*/g, '-')
    .replace(/([_.])[_.]+/g, '$1')
    .replace(/^[-_.]+|[-_.]+$/g, '');
}

function withSuffix(name: string, providerId: string): string {
  const suffix = fnv1a(providerId);
  const head = name
    .slice(0, MAX_NAME_LENGTH - suffix.length - 1)
    .replace(/[-_.]+$/, '');
  return head ? `${head}-${suffix}` : `model-${suffix}`;
}

/**
 * The entity name for a provider's model id.
 *
 * @remarks
 *
 * Entity names have at most 63 characters out of letters, digits and `-_.`,
 * and their case does not count, so many provider ids do not fit. The rule:
 * fold to lower case, turn each run of other characters into one `-`, and cut
 * what is too long to 54 characters plus `-` and 8 hex digits, the 32-bit
 * FNV-1a hash of the id as the provider writes it. `spec.gatewayId` keeps the
 * real id. Two ids of one namespace may still meet in one name:
 * {@link modelEntityNamesFor} tells them apart.
 *
 * @public
 */
export function modelEntityNameFor(providerId: string): string {
  const name = slug(providerId);
  return name && name.length <= MAX_NAME_LENGTH
    ? name
    : withSuffix(name, providerId);
}

/**
 * The entity names for all model ids of one namespace. Ids that would meet in
 * one name all get the hash suffix of {@link modelEntityNameFor}, except one
 * that already is that name, so that the outcome does not depend on order.
 *
 * @public
 */
export function modelEntityNamesFor(
  providerIds: Iterable<string>,
): Map<string, string> {
  const idsByName = new Map<string, string[]>();
  for (const id of new Set(providerIds)) {
    const name = modelEntityNameFor(id);
    idsByName.set(name, [...(idsByName.get(name) ?? []), id]);
  }
  const names = new Map<string, string>();
  for (const [name, ids] of idsByName) {
    for (const id of ids) {
      names.set(
        id,
        ids.length === 1 || id === name ? name : withSuffix(name, id),
      );
    }
  }
  return names;
}
