import { EvaluationImportError } from './types';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value where it is an object, an empty one otherwise. */
export const recordOf = (value: unknown): Record<string, unknown> =>
  isRecord(value) ? value : {};

/** The value where it is a text that says something. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** The value where it is a number to count with. */
export const finiteOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const isAbsent = (value: unknown) => value === undefined || value === null;

/** Each of these throws with the way to the field, where its value is no such thing. */
export const must = {
  record(value: unknown, where: string): Record<string, unknown> {
    if (isRecord(value)) return value;
    throw new EvaluationImportError(`${where} must be an object`);
  },
  list(value: unknown, where: string): unknown[] {
    if (Array.isArray(value)) return value;
    throw new EvaluationImportError(`${where} must be a list`);
  },
  text(value: unknown, where: string): string {
    const text = textOf(value);
    if (text !== undefined) return text;
    throw new EvaluationImportError(`${where} must be a text`);
  },
  number(value: unknown, where: string): number {
    const number = finiteOf(value);
    if (number !== undefined) return number;
    throw new EvaluationImportError(`${where} must be a number`);
  },
};

/** Likewise, where the field may be missing or null. */
export const may = {
  record: (value: unknown, where: string) =>
    isAbsent(value) ? {} : must.record(value, where),
  list: (value: unknown, where: string) =>
    isAbsent(value) ? [] : must.list(value, where),
  text: (value: unknown, where: string) =>
    isAbsent(value) ? undefined : must.text(value, where),
  number: (value: unknown, where: string) =>
    isAbsent(value) ? undefined : must.number(value, where),
  count(value: unknown, where: string) {
    const number = may.number(value, where);
    if (number === undefined || number >= 0) return number ?? 0;
    throw new EvaluationImportError(`${where} must not be negative`);
  },
};

/** Without the entries that are undefined. */
export const known = <T extends object>(of: T): T =>
  Object.fromEntries(
    Object.entries(of).filter(([, value]) => value !== undefined),
  ) as T;

/** `1 case`, `2 cases`. */
export const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

/** The first few, in quotes, and how many more. */
export function listed(names: string[], most = 5): string {
  const shown = names.slice(0, most).map(name => `'${name}'`);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
