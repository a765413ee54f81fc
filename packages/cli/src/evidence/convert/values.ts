export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value where it is an object, an empty one otherwise. */
export const recordOf = (value: unknown): Record<string, unknown> =>
  isRecord(value) ? value : {};

/** The value where it is a text that says something. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The value where it is a number to count with, 0 otherwise. */
export const numberOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : 0;
