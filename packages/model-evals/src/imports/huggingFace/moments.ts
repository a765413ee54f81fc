import { EvaluationImportError } from '../types';

/** A day or a moment, as YAML and people write it; nothing where it is absent. */
export function momentOf(value: unknown, where: string): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const moment =
    value instanceof Date
      ? value
      : new Date(
          typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
            ? value
            : Number.NaN,
        );
  if (Number.isNaN(moment.getTime())) {
    throw new EvaluationImportError(
      `${where} must be a date such as 2025-01-15`,
    );
  }
  return moment;
}

/** From the first of the moments to the last; `at` where there is none. */
export function spanOf(
  moments: Date[],
  at: Date | undefined,
  notes: string[],
): { startedAt: string; finishedAt: string } {
  const times = moments.map(it => it.getTime());
  if (times.length === 0) {
    const moment = (at ?? new Date()).toISOString();
    notes.push(
      at
        ? 'The file says no date; the one that was given is taken.'
        : 'The file says no date; now is taken for it.',
    );
    return { startedAt: moment, finishedAt: moment };
  }
  return {
    startedAt: new Date(Math.min(...times)).toISOString(),
    finishedAt: new Date(Math.max(...times)).toISOString(),
  };
}
