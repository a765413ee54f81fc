import type { Severity } from '../types';

/**
 * A rule of the scanner.
 *
 * @public
 */
export interface Rule {
  id: string;
  severity: Severity;
  title: string;
  /** Why it matters and what to do. */
  explanation: string;
  /** The file could not be judged to its end. */
  unreadable?: true;
}

/** Gives each rule its id. */
export const define = <const T extends Record<string, Omit<Rule, 'id'>>>(
  table: T,
) =>
  Object.fromEntries(
    Object.entries(table).map(([id, rule]) => [id, { id, ...rule }]),
  ) as { [K in keyof T]: Rule };
