import type { JWTPayload } from 'jose';

/**
 * The groups that a token names, or `'elsewhere'` where it only says where to
 * ask for them, as Entra ID does for people in very many groups.
 */
export function groupsOf(
  payload: JWTPayload,
  claim: string,
): string[] | 'elsewhere' {
  const value = Object.hasOwn(payload, claim)
    ? payload[claim]
    : claim.split('.').reduce<unknown>(propertyOf, payload);
  if (Array.isArray(value)) {
    return value.filter((item): item is string => typeof item === 'string');
  }
  if (typeof value === 'string') {
    return [value];
  }
  const distributed = propertyOf(payload, '_claim_names');
  return propertyOf(distributed, claim) === undefined ? [] : 'elsewhere';
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
