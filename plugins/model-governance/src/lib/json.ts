/**
 * The contract types a free JSON object as one without known fields; these two
 * cross that border, in one place.
 */
export function toJsonBody(value: object): Record<string, never> {
  return value as Record<string, never>;
}

export function fromJsonBody<T extends object>(value: object): T {
  return value as T;
}
